using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Bookings;

/// <summary>Prices worked out by hand.</summary>
public sealed class BookingPriceTests
{
    private static readonly DateOnly Day = new(2026, 6, 2);

    /// <summary>12 / 24 / 18 EUR an hour by quarters, at least 6 EUR.</summary>
    private static readonly Tariff Quarters = new(new Money(1200), new Money(2400), new Money(1800), 15, new Money(600), Money.Zero);

    /// <summary>5 EUR for each 18 minutes begun (16.67 an hour), at least 6 EUR.</summary>
    private static readonly Tariff Eighteen = new(new Money(1667), new Money(1667), new Money(1667), 18, new Money(600), Money.Zero);

    [Theory]
    [InlineData(Audience.Member, 60, 1200)]
    [InlineData(Audience.Member, 45, 900)]
    [InlineData(Audience.Member, 135, 2700)]
    [InlineData(Audience.Member, 15, 600)] // 3.00 raised to the minimum charge.
    [InlineData(Audience.Member, 30, 600)] // Exactly the minimum.
    [InlineData(Audience.Professional, 60, 2400)]
    [InlineData(Audience.Public, 90, 2700)]
    public void Time_is_billed_in_whole_quarters_at_the_rate_of_the_audience(Audience audience, int minutes, long cents) =>
        Assert.Equal(new Money(cents), Of(Quarters, audience, minutes).ExclTax);

    [Theory]
    [InlineData(15, 600)] // One step: 5.00, raised to 6.00.
    [InlineData(18, 600)]
    [InlineData(30, 1000)] // Two steps begun.
    [InlineData(45, 1500)]
    [InlineData(60, 2000)] // 3.33 steps: four.
    [InlineData(90, 2500)] // Five exactly.
    [InlineData(180, 5000)] // Ten: no cent of rounding creeps in.
    public void A_step_of_eighteen_minutes_costs_five_euros_each_time(int minutes, long cents) =>
        Assert.Equal(new Money(cents), Of(Eighteen, Audience.Member, minutes).ExclTax);

    [Theory]
    [InlineData(250, 15, 60, 250)] // An hour costs its price, though a quarter of it is 62.5 cents.
    [InlineData(250, 15, 15, 63)]
    [InlineData(250, 15, 45, 188)] // 187.5, away from zero.
    [InlineData(300, 60, 90, 600)] // By the hour: the second one has begun.
    public void Odd_rates_are_rounded_once(long perHour, int step, int minutes, long cents) =>
        Assert.Equal(new Money(cents), Of(new Tariff(new Money(perHour), Money.Zero, Money.Zero, step, Money.Zero, Money.Zero), Audience.Member, minutes).ExclTax);

    [Fact]
    public void The_lines_explain_the_price_and_add_up()
    {
        var tariff = Quarters with { StartUpFee = new Money(250) };
        var price = Of(tariff, Audience.Member, 15);
        Assert.Equal([new Money(300), new Money(300), new Money(250)], price.Lines.Select(line => line.ExclTax));
        Assert.Equal("15 min à 12,00 € l'heure, tarif membre", price.Lines[0].Label.French);
        Assert.Equal("Up to the minimum charge of €6.00", price.Lines[1].Label.English);
        Assert.Equal("Mise en route", price.Lines[2].Label.French);
        Assert.Equal(new Money(850), price.ExclTax);
        Assert.Equal("2 pas de 18 min à 5,00 €, tarif public", Of(Eighteen, Audience.Public, 30).Lines.Single().Label.French);
        Assert.Equal("2 h 15 at €24.00 an hour, professional rate", Of(Quarters, Audience.Professional, 135).Lines.Single().Label.English);
    }

    [Fact]
    public void Each_seat_pays_its_time_and_the_start_up_is_paid_once()
    {
        var price = BookingPrice.Of(Quarters with { StartUpFee = new Money(250) }, Audience.Member, TimeSpan.FromHours(1), 3, VatRegime.Normal, Day).Price!;
        Assert.Equal(new Money(3 * 1200 + 250), price.ExclTax);
        Assert.StartsWith("3 places", price.Lines[0].Label.French, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VatRegime.Normal, 20, 240)]
    [InlineData(VatRegime.NormalOnDebits, 20, 240)]
    [InlineData(VatRegime.Franchise, 0, 0)]
    [InlineData(VatRegime.ExemptAssociation, 0, 0)]
    public void Vat_follows_the_regime_of_the_place(VatRegime seller, int rate, long tax)
    {
        var price = BookingPrice.Of(Quarters, Audience.Member, TimeSpan.FromHours(1), 1, seller, Day).Price!;
        Assert.Equal((rate, new Money(tax), new Money(1200 + tax)), (price.VatRate, price.Tax, price.InclTax));
    }

    [Fact]
    public void The_audience_follows_membership_then_the_organisation()
    {
        Assert.Equal(Audience.Member, BookingSamples.Member().AudienceOn(Day));
        Assert.Equal(Audience.Professional, (BookingSamples.Visitor with { IsBusiness = true }).AudienceOn(Day));
        Assert.Equal(Audience.Public, BookingSamples.Visitor.AudienceOn(Day));
        Assert.True(BookingSamples.Member().HasAccountOn(Day));
        Assert.False((BookingSamples.Visitor with { IsBusiness = true }).HasAccountOn(Day));
        Assert.True((BookingSamples.Visitor with { HasApprovedTerms = true }).HasAccountOn(Day));
    }

    private static BookingPrice Of(Tariff tariff, Audience audience, int minutes) =>
        BookingPrice.Of(tariff, audience, TimeSpan.FromMinutes(minutes), 1, VatRegime.Normal, Day).Price!;
}
