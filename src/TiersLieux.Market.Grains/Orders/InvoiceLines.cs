using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>One amount of an order as its documents show it, before VAT.</summary>
/// <param name="Line">The order line, or null for what concerns the whole order.</param>
internal sealed record OrderAmount(int? Line, string Description, decimal Quantity, string Unit, Money ExclTax, decimal VatRate, bool IsService);

/// <summary>
/// Transport and fees are accessory: they follow the goods. The customer reads products and transport, not the consortium's inner cost: fees at a line's own VAT rate are spread over the lines of that rate
/// in proportion (largest remainder), so that the amounts per rate stay exactly those of the price.
/// </summary>
internal static class InvoiceLines
{
    public static IReadOnlyList<OrderAmount> Of(IReadOnlyList<QuoteLine> lines, Plan plan)
    {
        var shares = lines.ToDictionary(
            l => l.Line,
            l => plan.Price.Lines.Where(p => p.Kind == PriceLineKind.Share && p.Line == l.Line).Sum(p => p.Amount.Cents));
        var accessoryIsService = lines.All(l => l.IsService);
        var loose = new List<OrderAmount>();
        foreach (var fees in plan.Price.Lines.Where(p => p.Kind == PriceLineKind.Fee).GroupBy(p => p.VatRate))
        {
            var total = fees.Sum(f => f.Amount.Cents);
            var bearing = lines.Where(l => l.VatRate == fees.Key).ToList();
            if (bearing.Count == 0)
            {
                loose.Add(new OrderAmount(null, "Frais de gestion du consortium", 1, "forfait", new Money(total), fees.Key, accessoryIsService));
                continue;
            }

            var parts = Rounding.Allocate(total, [.. bearing.Select(l => (decimal)shares[l.Line])]);
            for (var i = 0; i < bearing.Count; i++) shares[bearing[i].Line] += parts[i];
        }

        loose.AddRange(plan.Price.Lines.Where(p => p.Kind == PriceLineKind.Transport).GroupBy(p => p.VatRate)
            .Select(t => new OrderAmount(null, "Transport entre les ateliers et livraison", 1, "forfait", new Money(t.Sum(p => p.Amount.Cents)), t.Key, accessoryIsService)));
        return
        [
            .. lines.Select(l => new OrderAmount(l.Line, l.Title, l.Quantity, l.Unit, new Money(shares[l.Line]), l.VatRate, l.IsService)),
            .. loose.Where(a => !a.ExclTax.IsZero),
        ];
    }
}
