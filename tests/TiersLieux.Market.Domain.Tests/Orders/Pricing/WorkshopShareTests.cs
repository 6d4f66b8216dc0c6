using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Orders.Pricing;

public sealed class WorkshopShareTests
{
    private static readonly Guid Workshop = Guid.Parse("01930000-0000-7000-8000-000000000001");
    private static readonly Text Laser = new("Découpe laser", "Laser cutting");

    [Fact]
    public void Time_costs_machine_rate_and_attended_labour()
    {
        // 200 min at 38 + 24 × 0.5 = 50 €/h: 166.67 €.
        var share = WorkshopShare.Of(Workshop, [new ShareItem.Work(1, Laser, 40, 200, 38, 24, 0.5m)], 0);
        Assert.Equal(new Money(16667), share.Total);
        Assert.Equal("Découpe laser, 40 pièces : 3 h 20 min à 50,00 €/h", share.Lines[0].Explanation.French);
        Assert.Equal("Laser cutting, 40 pieces: 3 h 20 min at €50.00/h", share.Lines[0].Explanation.English);
    }

    [Fact]
    public void Material_carries_its_margin()
    {
        var share = WorkshopShare.Of(Workshop, [new ShareItem.Material(1, "plywood-10", 12.5m, new MaterialPrice(18.40m, 15, TimeSpan.Zero))], 0);
        Assert.Equal(new Money(26450), share.Total);
    }

    [Fact]
    public void The_minimum_order_is_reached_and_spread_over_the_lines()
    {
        var share = WorkshopShare.Of(Workshop, [new ShareItem.FixedPrice(1, 1, 10), new ShareItem.FixedPrice(2, 1, 20)], 40.01m);
        Assert.Equal(new Money(4001), share.Total);
        Assert.Equal([334L, 667L], share.Lines.Where(line => line.IsMinimum).Select(line => line.Amount.Cents));
        Assert.Equal(new Money(1334), share.OfLine(1));
        Assert.Equal(new Money(3000), WorkshopShare.Of(Workshop, [new ShareItem.FixedPrice(1, 3, 10)], 30).Total);
    }

    [Fact]
    public void Lines_always_add_up_to_a_total_that_is_rounded_once()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var items = Enumerable.Range(0, random.Next(1, 9))
                .Select(ShareItem (k) => new ShareItem.Work(k % 3, Laser, 1, random.Next(1, 9999) / 7m, random.Next(0, 90), random.Next(0, 40), random.Next(0, 4) / 4m))
                .ToList();
            var minimum = random.Next(0, 2) * random.Next(0, 500);
            var share = WorkshopShare.Of(Workshop, items, minimum);
            Assert.Equal(share.Total.Cents, share.Lines.Sum(line => line.Amount.Cents));
            Assert.Equal(Math.Max(Rounding.ToCents(items.Sum(item => item.Euros)), minimum * 100L), share.Total.Cents);
        }
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(1, 12.0)]
    [InlineData(9.9, 12.0)]
    [InlineData(10, 10.5)]
    [InlineData(5000, 9.0)]
    public void A_fixed_price_has_quantity_breaks(double quantity, double? price)
    {
        var prices = new QuantityPrices([new QuantityBreak(100, 9), new QuantityBreak(1, 12), new QuantityBreak(10, 10.5m)]);
        Assert.Equal((decimal?)price, prices.UnitPrice((decimal)quantity));
        Assert.Equal(1, prices.SmallestQuantity);
    }
}
