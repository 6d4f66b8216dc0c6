namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>A unit price in euros before tax that holds from a quantity upwards.</summary>
public sealed record QuantityBreak(decimal From, decimal UnitPrice);

/// <summary>The fixed price of an artisan's own offer, with its quantity breaks in any order. The whole quantity takes the price of its break.</summary>
public sealed record QuantityPrices(IReadOnlyList<QuantityBreak> Breaks)
{
    /// <summary>The unit price for this quantity, or null when it is below the smallest one sold.</summary>
    public decimal? UnitPrice(decimal quantity) =>
        Breaks.Where(step => step.From <= quantity).OrderBy(step => step.From).LastOrDefault()?.UnitPrice;

    public decimal SmallestQuantity => Breaks.Count == 0 ? 0 : Breaks.Min(step => step.From);
}
