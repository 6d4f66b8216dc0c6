using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>What one trip costs for a load up to a weight: a flat part and a part per km. Euros before tax.</summary>
public sealed record TransportBand(decimal UpToKg, decimal Flat, decimal PerKm);

/// <summary>Transport between places and to the customer, by weight and km. Bands go from light to heavy; a load beyond the last takes several trips.</summary>
public sealed record TransportTable(IReadOnlyList<TransportBand> Bands)
{
    /// <summary>A table under which transport costs nothing.</summary>
    public static TransportTable Free { get; } = new([new TransportBand(decimal.MaxValue, 0, 0)]);

    /// <param name="km">Km by road, as <see cref="RoundKm"/> gives them.</param>
    public Money Cost(decimal weightKg, decimal km)
    {
        foreach (var band in Bands)
        {
            if (weightKg <= band.UpToKg) return Money.FromEuros(band.Flat + band.PerKm * km);
        }

        var heaviest = Bands[^1];
        return Money.FromEuros(Math.Ceiling(weightKg / heaviest.UpToKg) * (heaviest.Flat + heaviest.PerKm * km));
    }

    /// <summary>Km as they are shown and priced: one decimal.</summary>
    public static decimal RoundKm(double km) => Math.Round((decimal)km, 1, MidpointRounding.AwayFromZero);
}

/// <summary>An emission factor with where it comes from.</summary>
public sealed record EmissionFactor(decimal KgCo2, string Source, DateOnly AsOf);

/// <summary>Factors of the CO2 estimate.</summary>
/// <param name="PerTonneKm">kg CO2e per tonne carried one km.</param>
/// <param name="PerKilowattHour">kg CO2e per kWh a machine draws.</param>
public sealed record EmissionFactors(EmissionFactor PerTonneKm, EmissionFactor PerKilowattHour)
{
    /// <summary>kg CO2e of a load on its way.</summary>
    public decimal OfTransport(decimal weightKg, decimal km) => weightKg / 1000m * km * PerTonneKm.KgCo2;

    /// <summary>kg CO2e of a machine at work.</summary>
    public decimal OfWork(decimal kilowatts, decimal hours) => kilowatts * hours * PerKilowattHour.KgCo2;
}
