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
    /// The document of that number that the person may see. Numbers are unique per seller only: self-billed invoices of two workshops may share one.
    /// </summary>
    /// <param name="sellerSiren">Whose; without it the oldest one.</param>
    public async Task<Invoice?> FindAsync(string number, string? sellerSiren, Actor actor, CancellationToken cancellation = default)
    {
        if (actor.IsAnonymous) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Set<Invoice>().AsNoTracking().Where(i => i.Number == number).OrderBy(i => i.IssuedAt).ToListAsync(cancellation);
        if (!string.IsNullOrEmpty(sellerSiren)) found = found.FindAll(i => string.Equals(i.Seller.Siren, sellerSiren, StringComparison.Ordinal));
        if (actor.SeesAllMoney()) return found.Count > 0 ? found[0] : null;
        var mine = actor.Organisations();
        return found.Find(i => mine.Contains(i.BuyerId) || mine.Contains(i.SellerId));
    }
}
