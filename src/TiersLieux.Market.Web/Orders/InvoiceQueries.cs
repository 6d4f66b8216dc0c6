using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Reads issued documents, for their two parties and for the treasurer.</summary>
public sealed class InvoiceQueries(IDbContextFactory<MarketDbContext> databases)
{
    /// <summary>
    /// The document of that number that the person may see. Numbers are unique per seller only; of two sellers' documents the
    /// person sees at most those of own organisations, the consortium's first.
    /// </summary>
    public async Task<Invoice?> FindAsync(string number, Actor actor, CancellationToken cancellation = default)
    {
        if (actor.IsAnonymous) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Set<Invoice>().AsNoTracking().Where(i => i.Number == number).OrderBy(i => i.IssuedAt).ToListAsync(cancellation);
        if (actor.SeesAllMoney()) return found.FirstOrDefault();
        var mine = actor.Organisations();
        return found.Find(i => mine.Contains(i.BuyerId) || mine.Contains(i.SellerId));
    }
}
