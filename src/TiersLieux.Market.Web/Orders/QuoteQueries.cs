using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A quote with the names its plans refer to, and where it is delivered.</summary>
public sealed record QuoteView(Quote Quote, WorkshopSites Sites, Commune? Delivery);

/// <summary>Reads quotes, each for those it was made for.</summary>
public sealed class QuoteQueries(IDbContextFactory<MarketDbContext> databases)
{
    /// <param name="reference">
    /// Its number, for the people it was made for; or its id, which also opens a quote made for a visitor: numbers can be guessed, ids cannot.
    /// </param>
    public async Task<QuoteView?> FindAsync(string reference, Actor actor, bool english, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var byId = Guid.TryParse(reference, out var id);
        var quote = byId
            ? await db.Set<Quote>().AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancellation)
            : await db.Set<Quote>().AsNoTracking().FirstOrDefaultAsync(q => q.Number == reference, cancellation);
        if (quote is null || !Sees(quote, actor, byId)) return null;
        var delivery = await db.Set<Commune>().AsNoTracking().FirstOrDefaultAsync(c => c.Insee == quote.DeliverToInsee, cancellation);
        return new QuoteView(quote, await WorkshopSites.OfAsync(db, quote.Plans, english, cancellation), delivery);
    }

    /// <summary>The names that a quote's plans refer to.</summary>
    public async Task<WorkshopSites> SitesAsync(Quote quote, bool english, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await WorkshopSites.OfAsync(db, quote.Plans, english, cancellation);
    }

    /// <summary>Titles of published offers by their id as written; what is no id, or no longer offered, is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TitlesAsync(IEnumerable<string> offerIds, bool english, CancellationToken cancellation = default)
    {
        var written = offerIds.Distinct(StringComparer.OrdinalIgnoreCase).Where(id => Guid.TryParse(id, out _)).ToLookup(id => Guid.Parse(id));
        var ids = written.Select(w => w.Key).ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => ids.Contains(o.Id) && o.State == OfferState.Published).ToListAsync(cancellation);
        return offers.SelectMany(o => written[o.Id], (o, id) => (id, Title: english ? o.Title.English : o.Title.French)).ToDictionary(o => o.id, o => o.Title, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Where a quote is shown: by number to whom it was made for, by id to a visitor.</summary>
    public static string PathOf(Quote quote) => quote.PersonId is null ? $"/devis/{quote.Id}" : $"/devis/{quote.Number}";

    private static bool Sees(Quote quote, Actor actor, bool byId)
    {
        if (actor.IsAdministrator) return true;
        if (quote.PersonId is not { } owner) return byId;
        return owner == actor.PersonId || (quote.OrganisationId is { } organisation && actor.Organisations().Contains(organisation));
    }
}
