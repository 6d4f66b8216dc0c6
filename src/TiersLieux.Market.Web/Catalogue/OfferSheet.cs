using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>An offer with all that its page shows, whatever its state.</summary>
/// <param name="Makers">Workshops that can do at least one of its steps.</param>
public sealed record OfferSheet(
    Offer Offer, Organisation Seller, Place? Place, Circle? Circle, Resource? Resource, IReadOnlyList<OfferMaker> Makers, CatalogueNames Names);

/// <summary>A workshop that can take part.</summary>
/// <param name="Processes">Those of the offer's steps that it can do.</param>
public sealed record OfferMaker(string Name, string PlaceCode, string City, IReadOnlyList<string> Processes);

/// <summary>Reads an offer for its page.</summary>
public sealed class OfferSheetReader(IDbContextFactory<MarketDbContext> databases, OfferCatalogue catalogue)
{
    public async Task<OfferSheet?> FindAsync(string code, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var offer = await db.Set<Offer>().AsNoTracking().FirstOrDefaultAsync(o => o.Code == code, cancellation);
        return offer is null ? null : await ReadAsync(db, offer, cancellation);
    }

    public async Task<OfferSheet?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var offer = await db.Set<Offer>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancellation);
        return offer is null ? null : await ReadAsync(db, offer, cancellation);
    }

    private async Task<OfferSheet> ReadAsync(MarketDbContext db, Offer offer, CancellationToken cancellation)
    {
        var workshop = offer.WorkshopId is { } only ? await db.Set<Workshop>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == only, cancellation) : null;
        var placeId = offer.PlaceId ?? workshop?.PlaceId;
        return new OfferSheet(
            offer,
            await db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == offer.SellerOrganisationId, cancellation),
            placeId is { } place ? await db.Set<Place>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == place, cancellation) : null,
            offer.CircleId is { } circle ? await db.Set<Circle>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == circle, cancellation) : null,
            offer.ResourceId is { } resource ? await db.Set<Resource>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == resource, cancellation) : null,
            offer.IsRouted ? await MakersAsync(db, offer, cancellation) : [],
            (await catalogue.GetAsync(cancellation)).Names);
    }

    private static async Task<IReadOnlyList<OfferMaker>> MakersAsync(MarketDbContext db, Offer offer, CancellationToken cancellation)
    {
        var steps = offer.Routing.Select(o => o.Process).Distinct(StringComparer.Ordinal).ToList();
        var machines = (await db.Set<Resource>().AsNoTracking().Where(r => r.Kind == ResourceKind.Machine && r.WorkshopId != null).ToListAsync(cancellation)).ToLookup(r => r.WorkshopId);
        var places = await db.Set<Place>().AsNoTracking().Where(p => p.Status == PlaceStatus.Active).ToDictionaryAsync(p => p.Id, cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().ToListAsync(cancellation);
        return [.. workshops
            .Where(w => offer.WorkshopId is null || offer.WorkshopId == w.Id)
            .Select(w => (Workshop: w, Place: places.GetValueOrDefault(w.PlaceId), Can: steps.FindAll(step => machines[w.Id].Any(m => m.Capabilities.Any(c => c.Process == step)))))
            .Where(w => w.Place is not null && w.Can.Count > 0)
            .OrderByDescending(w => w.Can.Count)
            .ThenBy(w => w.Workshop.Name, StringComparer.CurrentCultureIgnoreCase)
            .Select(w => new OfferMaker(w.Workshop.Name, w.Place!.Code, w.Place.Address.City, w.Can))];
    }
}
