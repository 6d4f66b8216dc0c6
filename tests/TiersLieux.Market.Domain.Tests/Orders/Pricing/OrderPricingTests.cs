using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Orders.Pricing;

public sealed class OrderPricingTests
{
    private static readonly Guid Workshop = Guid.Parse("01930000-0000-7000-8000-000000000001");
    private static readonly Guid Circle = Guid.Parse("01930000-0000-7000-8000-0000000000c1");

    private static readonly PricingRules Rules = new(
        new TransportTable([new TransportBand(30, 9, 0.1m), new TransportBand(1000, 35, 0.85m)]),
        new EmissionFactors(new EmissionFactor(0.2m, "test", new DateOnly(2026, 1, 1)), new EmissionFactor(0.05m, "test", new DateOnly(2026, 1, 1))))
    {
        Fees = [new FeeRule.Percent("c", new Text("Consortium", "Consortium"), Circle, 20, 10), new FeeRule.Flat("s", new Text("Solidarité", "Solidarity"), Circle, 0, 2)],
    };

    [Fact]
    public void The_price_is_shares_transport_and_fees_with_tax_per_rate()
    {
        var share = WorkshopShare.Of(Workshop, [new ShareItem.FixedPrice(1, 3, 33.335m), new ShareItem.FixedPrice(2, 1, 10)], 0);
        var price = OrderPricing.Of([new PricedLine(1, 3, 1, 20), new PricedLine(2, 1, 1, 5.5m)], [share],
            [new CarriedLoad(new Text("A", "A"), new Text("B", "B"), 4, 12.3m, Rules.Transport.Cost(4, 12.3m))], Rules);

        // 100.01 + 10.00 shares, 10.23 transport, 11.00 + 2.00 fees.
        Assert.Equal(new Money(13324), price.ExclTax);
        Assert.Equal([(0m, 200L, 0L), (5.5m, 1000L, 55L), (20m, 12124L, 2425L)], price.Vat.Select(vat => (vat.Rate, vat.Base.Cents, vat.Tax.Cents)));
        Assert.Equal(new Money(15804), price.InclTax);
        Assert.Equal(price.ExclTax, price.Sum(PriceLineKind.Share) + price.Sum(PriceLineKind.Transport) + price.Sum(PriceLineKind.Fee));
        Assert.Contains(price.Lines, line => line.Explanation.French == "Transport A – B : 4 kg sur 12,3 km");
    }

    [Fact]
    public void Tax_is_counted_on_the_sum_of_a_rate()
    {
        // Three times 0.33 at 20 %: 0.07 each would make 0.21, the sum 0.99 gives 0.20.
        var vat = Assert.Single(VatAmount.Of([(20m, new Money(33)), (20m, new Money(33)), (20m, new Money(33))]));
        Assert.Equal(20, vat.Tax.Cents);
    }

    [Theory]
    [InlineData(30, 10, 1000)]
    [InlineData(30.001, 10, 4350)]
    [InlineData(1000, 0, 3500)]
    [InlineData(1000.5, 10, 8700)]
    public void Transport_is_a_table_by_weight_and_km(double kg, double km, long cents) =>
        Assert.Equal(cents, Rules.Transport.Cost((decimal)kg, (decimal)km).Cents);

    [Fact]
    public void Co2_is_tonne_km_and_kilowatt_hours()
    {
        Assert.Equal(2m, Rules.Emissions.OfTransport(100, 100));
        Assert.Equal(0.3m, Rules.Emissions.OfWork(1.5m, 4));
    }
}
