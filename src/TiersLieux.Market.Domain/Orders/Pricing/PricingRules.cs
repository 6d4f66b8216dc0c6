using System.Collections.Frozen;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>A material as a workshop or the network sells it.</summary>
/// <param name="UnitPrice">Euros before tax per unit of the material (m², m, g…).</param>
/// <param name="MarginPercent">What the workshop adds for buying and storing it.</param>
/// <param name="LeadTime">From order until it is in the workshop; zero when in stock.</param>
public sealed record MaterialPrice(decimal UnitPrice, decimal MarginPercent, TimeSpan LeadTime);

/// <summary>Everything a price is made with besides the workshops' own rates.</summary>
public sealed record PricingRules(TransportTable Transport, EmissionFactors Emissions)
{
    /// <summary>The consortium's, the circle's and the project's fees; all apply.</summary>
    public IReadOnlyList<FeeRule> Fees { get; init; } = [];

    /// <summary>Material prices of the network by code, for workshops that publish none of their own.</summary>
    public IReadOnlyDictionary<string, MaterialPrice> Materials { get; init; } = FrozenDictionary<string, MaterialPrice>.Empty;

    /// <summary>Percent.</summary>
    public decimal TransportVatRate { get; init; } = 20m;
}
