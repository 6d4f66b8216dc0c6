using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>What a price needs to know of an order line.</summary>
/// <param name="VatRate">Percent.</param>
public sealed record PricedLine(int Line, decimal Quantity, decimal UnitWeightKg, decimal VatRate);

/// <summary>One load carried between two places.</summary>
public sealed record CarriedLoad(Text From, Text To, decimal WeightKg, decimal Km, Money Cost);

/// <summary>Price to the customer = shares of the workshops + transport + fees.</summary>
public static class OrderPricing
{
    public static Price Of(IReadOnlyList<PricedLine> lines, IReadOnlyList<WorkshopShare> shares, IReadOnlyList<CarriedLoad> transport, PricingRules rules)
    {
        var rates = lines.ToDictionary(line => line.Line, line => line.VatRate);
        var priced = new List<PriceLine>();
        foreach (var share in shares)
        {
            priced.AddRange(share.Lines.Select(part =>
                new PriceLine(PriceLineKind.Share, part.Line, share.Workshop, part.Explanation, part.Amount, rates[part.Line])));
        }

        priced.AddRange(transport.Select(load => new PriceLine(PriceLineKind.Transport, null, null, Explain(load), load.Cost, rules.TransportVatRate)));

        var feeBase = new FeeBase(
            shares.Aggregate(Money.Zero, (sum, share) => sum + share.Total),
            lines.Sum(line => line.Quantity),
            lines.Sum(line => line.Quantity * line.UnitWeightKg));
        foreach (var fee in rules.Fees.Select(rule => rule.Charge(feeBase)))
            priced.Add(new PriceLine(PriceLineKind.Fee, null, fee.Rule.Beneficiary, fee.Explanation, fee.Amount, fee.Rule.VatRate));
        return Price.Of(priced);
    }

    private static Text Explain(CarriedLoad load) => new(
        $"Transport {load.From.French} – {load.To.French} : {Wording.Fr(load.WeightKg)} kg sur {Wording.Fr(load.Km, "0.0")} km",
        $"Transport {load.From.English} – {load.To.English}: {Wording.En(load.WeightKg)} kg over {Wording.En(load.Km, "0.0")} km");
}
