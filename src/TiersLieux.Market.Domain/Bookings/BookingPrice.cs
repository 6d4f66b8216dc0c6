using System.Globalization;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>The price of a stretch of time, explained. The lines add up to <see cref="ExclTax"/>.</summary>
/// <param name="VatRate">Percent.</param>
public sealed record BookingPrice(IReadOnlyList<PriceLine> Lines, decimal VatRate, Money ExclTax, Money Tax)
{
    /// <summary>Percent; what a place's time is taxed with when its organisation is taxable.</summary>
    private const decimal StandardRate = 20m;

    public Money InclTax => ExclTax + Tax;

    /// <summary>
    /// Time in whole steps at the audience's rate, raised to the minimum charge, and the start-up fee once per booking.
    /// </summary>
    /// <param name="day">Paris date of the start: VAT and membership are those of that day.</param>
    public static (BookingPrice? Price, Reason? Refusal) Of(Tariff tariff, Audience audience, TimeSpan length, int seats, VatRegime seller, DateOnly day)
    {
        var (vat, refusal) = VatTable.French.For(seller, SupplyKind.Services, StandardRate, day);
        if (vat is null) return (null, refusal);

        var steps = Steps(length, tariff.StepMinutes);
        var time = Time(Rate(tariff, audience), steps, tariff.StepMinutes) * seats;
        var lines = new List<PriceLine> { new(TimeLabel(tariff, audience, steps, seats), time) };
        if (time < tariff.MinimumCharge)
        {
            lines.Add(new PriceLine(
                new Text($"Complément jusqu'au minimum de {Fr(tariff.MinimumCharge)}", $"Up to the minimum charge of {En(tariff.MinimumCharge)}"),
                tariff.MinimumCharge - time));
        }

        if (!tariff.StartUpFee.IsZero) lines.Add(new PriceLine(new Text("Mise en route", "Start-up"), tariff.StartUpFee));
        var exclTax = lines.Aggregate(Money.Zero, (sum, line) => sum + line.ExclTax);
        return (new BookingPrice(lines, vat.RatePercent, exclTax, exclTax * (vat.RatePercent / 100m)), null);
    }

    private static Money Rate(Tariff tariff, Audience audience) => audience switch
    {
        Audience.Member => tariff.MemberPerHour,
        Audience.Professional => tariff.ProfessionalPerHour,
        _ => tariff.PublicPerHour,
    };

    /// <summary>Steps begun.</summary>
    private static int Steps(TimeSpan length, int stepMinutes)
    {
        var step = TimeSpan.FromMinutes(Math.Max(1, stepMinutes)).Ticks;
        return (int)((length.Ticks + step - 1) / step);
    }

    /// <summary>
    /// A step that divides the hour is a fraction of its price, so that an hour costs exactly what the tariff says;
    /// one that does not (18 minutes) has a price of its own, in whole cents.
    /// </summary>
    private static Money Time(Money perHour, int steps, int stepMinutes) => DividesHour(stepMinutes)
        ? perHour * (steps * stepMinutes / 60m)
        : StepPrice(perHour, stepMinutes) * steps;

    private static bool DividesHour(int stepMinutes) => stepMinutes < 1 || 60 % stepMinutes == 0;

    private static Money StepPrice(Money perHour, int stepMinutes) => perHour * (stepMinutes / 60m);

    private static Text TimeLabel(Tariff tariff, Audience audience, int steps, int seats)
    {
        var (french, english) = audience switch
        {
            Audience.Member => ("tarif membre", "member rate"),
            Audience.Professional => ("tarif professionnel", "professional rate"),
            _ => ("tarif public", "public rate"),
        };
        var rate = Rate(tariff, audience);
        var (frenchRate, englishRate) = DividesHour(tariff.StepMinutes)
            ? ($"{Length(steps * tariff.StepMinutes)} à {Fr(rate)} l'heure", $"{Length(steps * tariff.StepMinutes)} at {En(rate)} an hour")
            : ($"{steps} pas de {tariff.StepMinutes} min à {Fr(StepPrice(rate, tariff.StepMinutes))}",
                $"{steps} steps of {tariff.StepMinutes} min at {En(StepPrice(rate, tariff.StepMinutes))}");
        return seats == 1
            ? new Text($"{frenchRate}, {french}", $"{englishRate}, {english}")
            : new Text($"{seats} places, {frenchRate}, {french}", $"{seats} seats, {englishRate}, {english}");
    }

    private static string Length(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest} min",
        (var hours, 0) => $"{hours} h",
        var (hours, rest) => string.Create(CultureInfo.InvariantCulture, $"{hours} h {rest:00}"),
    };

    private static string Fr(Money amount) => $"{amount.Amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',')} €";

    private static string En(Money amount) => $"€{amount.Amount.ToString("0.00", CultureInfo.InvariantCulture)}";
}
