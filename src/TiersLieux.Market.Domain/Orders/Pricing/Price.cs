using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

public enum PriceLineKind
{
    /// <summary>What a workshop gets for an order line.</summary>
    Share,
    Transport,
    Fee,
}

/// <summary>One line of a price and how it came about.</summary>
/// <param name="Line">The order line it belongs to; null for what concerns the whole order.</param>
/// <param name="Beneficiary">Workshop or organisation that gets it; null for transport.</param>
/// <param name="Amount">Before tax.</param>
/// <param name="VatRate">Percent.</param>
public sealed record PriceLine(PriceLineKind Kind, int? Line, Guid? Beneficiary, Text Explanation, Money Amount, decimal VatRate);

/// <summary>Tax of all lines under one rate.</summary>
/// <param name="Rate">Percent.</param>
public sealed record VatAmount(decimal Rate, Money Base, Money Tax)
{
    /// <summary>Tax is counted on the sum per rate (EN 16931, BR-CO-17), never line by line. Ordered by rate.</summary>
    public static IReadOnlyList<VatAmount> Of(IEnumerable<(decimal Rate, Money Amount)> lines) =>
        [.. lines.GroupBy(line => line.Rate).OrderBy(group => group.Key).Select(group =>
        {
            var sum = group.Aggregate(Money.Zero, (total, line) => total + line.Amount);
            return new VatAmount(group.Key, sum, sum * (group.Key / 100m));
        })];
}

/// <summary>A price with its explanation. The lines add up to <see cref="ExclTax"/>, the rates to <see cref="Tax"/>.</summary>
public sealed record Price(IReadOnlyList<PriceLine> Lines, IReadOnlyList<VatAmount> Vat, Money ExclTax, Money Tax)
{
    public Money InclTax => ExclTax + Tax;

    public static Price Of(IReadOnlyList<PriceLine> lines)
    {
        var vat = VatAmount.Of(lines.Select(line => (line.VatRate, line.Amount)));
        return new Price(lines, vat,
            lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount),
            vat.Aggregate(Money.Zero, (sum, rate) => sum + rate.Tax));
    }

    public Money Sum(PriceLineKind kind) => Lines.Where(line => line.Kind == kind).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
}
