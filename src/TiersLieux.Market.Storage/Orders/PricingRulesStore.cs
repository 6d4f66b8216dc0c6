using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Storage.Orders;

/// <summary>The pricing rules of a day, from the dated rows that the consortium keeps.</summary>
public static class PricingRulesStore
{
    /// <summary>The rules for consortium sales outside any circle: the fees of the consortium alone.</summary>
    public static Task<PricingRules> LoadAsync(MarketDbContext db, DateOnly on, CancellationToken cancellation) => LoadAsync(db, on, [], cancellation);

    /// <param name="circles">Circles of the offers in the order; their fees apply too.</param>
    /// <exception cref="InvalidOperationException">There is no transport table or emission factor for the day: the seed is not loaded.</exception>
    public static async Task<PricingRules> LoadAsync(MarketDbContext db, DateOnly on, IReadOnlyCollection<Guid> circles, CancellationToken cancellation)
    {
        var bands = await db.Set<TransportRow>().AsNoTracking()
            .Where(t => t.ValidFrom == db.Set<TransportRow>().Where(x => x.ValidFrom <= on).Max(x => x.ValidFrom))
            .ToListAsync(cancellation);
        if (bands.Count == 0) throw Missing("transport table", on);

        var fees = await db.Set<FeeRow>().AsNoTracking().Where(f => f.ValidFrom <= on && f.Sale == FeeSale.Consortium).ToListAsync(cancellation);
        var prices = await db.Set<MaterialPriceRow>().AsNoTracking().Where(m => m.ValidFrom <= on).ToListAsync(cancellation);
        var factors = await db.Set<EmissionRow>().AsNoTracking().Where(e => e.ValidFrom <= on && e.IsDefault).ToListAsync(cancellation);

        return new PricingRules(
            new TransportTable([.. bands.OrderBy(b => b.UpToKg).Select(b => new TransportBand(b.UpToKg, b.Flat.Amount, b.CentsPerKm / 100m))]),
            new EmissionFactors(Factor(factors, EmissionUnit.TonneKm, on), Factor(factors, EmissionUnit.KilowattHour, on)))
        {
            TransportVatRate = bands[0].VatRate,
            Fees =
            [
                .. fees.GroupBy(f => f.Code, StringComparer.Ordinal)
                    .Select(versions => versions.MaxBy(f => f.ValidFrom)!)
                    .Where(f => f.IsActive && (f.Scope == FeeScope.Consortium || (f.CircleId is { } circle && circles.Contains(circle))))
                    .OrderBy(f => f.Scope).ThenBy(f => f.Code, StringComparer.Ordinal)
                    .Select(f => f.ToRule()),
            ],
            Materials = prices.GroupBy(p => p.Material, StringComparer.Ordinal).ToFrozenDictionary(
                g => g.Key, g => new MaterialPrice(g.MaxBy(p => p.ValidFrom)!.UnitPrice.Amount, 0, TimeSpan.Zero), StringComparer.Ordinal),
        };
    }

    private static EmissionFactor Factor(List<EmissionRow> factors, EmissionUnit unit, DateOnly on)
    {
        var row = factors.Where(f => f.Unit == unit).MaxBy(f => f.ValidFrom) ?? throw Missing($"emission factor per {unit}", on);
        return new EmissionFactor(row.KgCo2, row.Source, new DateOnly(row.Year, 12, 31));
    }

    private static InvalidOperationException Missing(string what, DateOnly on) =>
        new($"There is no {what} valid on {on:yyyy-MM-dd}: load the seed tables or add one.");
}
