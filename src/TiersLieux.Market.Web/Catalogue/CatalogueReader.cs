using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>Reads the published offers with all that cards, filters and words of the search need.</summary>
internal sealed class CatalogueReader
{
    private readonly CatalogueNames _names;
    private readonly Dictionary<Guid, Circle> _circles;
    private readonly Dictionary<Guid, Place> _places;
    private readonly Dictionary<Guid, Organisation> _organisations;
    private readonly Dictionary<Guid, Resource> _resources;
    private readonly Dictionary<Guid, Workshop> _workshops;
    private readonly IReadOnlyDictionary<Guid, OfferIndication> _indications;
    private readonly DateOnly _today;

    private CatalogueReader(
        CatalogueNames names, Dictionary<Guid, Circle> circles, Dictionary<Guid, Place> places, Dictionary<Guid, Organisation> organisations,
        Dictionary<Guid, Resource> resources, Dictionary<Guid, Workshop> workshops, IReadOnlyDictionary<Guid, OfferIndication> indications, DateOnly today)
    {
        _names = names;
        _circles = circles;
        _places = places;
        _organisations = organisations;
        _resources = resources;
        _workshops = workshops;
        _indications = indications;
        _today = today;
    }

    public static async Task<CatalogueSnapshot> ReadAsync(MarketDbContext db, IReadOnlyDictionary<Guid, OfferIndication> indications, DateOnly today, CancellationToken cancellation)
    {
        var circles = await db.Set<Circle>().AsNoTracking().ToDictionaryAsync(c => c.Id, cancellation);
        var places = await db.Set<Place>().AsNoTracking().ToDictionaryAsync(p => p.Id, cancellation);
        var names = new CatalogueNames(
            await db.Set<Process>().AsNoTracking().ToDictionaryAsync(p => p.Code, StringComparer.Ordinal, cancellation),
            await db.Set<Filiere>().AsNoTracking().ToDictionaryAsync(f => f.Code, f => f.Name, StringComparer.Ordinal, cancellation),
            circles.Values.ToDictionary(c => c.Code, c => c.Name, StringComparer.Ordinal),
            places.Values.ToDictionary(p => p.Code, p => p.Name, StringComparer.Ordinal),
            await db.Set<Material>().AsNoTracking().ToDictionaryAsync(m => m.Code, StringComparer.Ordinal, cancellation));
        var reader = new CatalogueReader(
            names, circles, places,
            await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, cancellation),
            await db.Set<Resource>().AsNoTracking().ToDictionaryAsync(r => r.Id, cancellation),
            await db.Set<Workshop>().AsNoTracking().ToDictionaryAsync(w => w.Id, cancellation),
            indications, today);
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => o.State == OfferState.Published).ToListAsync(cancellation);
        var shown = offers.ConvertAll(o => (Offer: o, Shown: reader.Show(o)));
        return new CatalogueSnapshot(shown.ToDictionary(o => o.Shown.Id, o => o.Shown), new OfferSearch(shown.Select(o => reader.Describe(o.Offer, o.Shown))), names);
    }

    private CatalogueOffer Show(Offer offer)
    {
        var resource = offer.ResourceId is { } id ? _resources.GetValueOrDefault(id) : null;
        var workshop = offer.WorkshopId is { } workshopId ? _workshops.GetValueOrDefault(workshopId) : null;
        var place = (offer.PlaceId ?? workshop?.PlaceId ?? resource?.PlaceId) is { } placeId ? _places.GetValueOrDefault(placeId) : null;
        var indication = _indications.GetValueOrDefault(offer.Id);
        return new CatalogueOffer(
            offer.Id, offer.Code, offer.Kind, offer.Title, offer.Description, offer.Mark, [.. ProcessesOf(offer, resource)],
            _organisations.GetValueOrDefault(offer.SellerOrganisationId)?.Name ?? "",
            place is null ? null : new CataloguePlace(place.Code, place.Name, place.Address.City),
            offer.CircleId is { } circle ? _circles.GetValueOrDefault(circle)?.Code : null,
            offer.Filiere, offer.Unit,
            resource is null ? null : new BookedResource(resource.Id, resource.Code),
            offer.Prices.Count > 0 ? offer.Prices[0].UnitPrice : offer.IsRouted ? indication?.UnitPrice : resource?.Tariff?.MemberPerHour,
            offer.Prices.Count > 0 ? null : indication?.Quantity,
            offer.LeadDays, indication?.Date);
    }

    /// <summary>Of the routing; else what the machine can do; else the processes that its mark stands for.</summary>
    private IEnumerable<string> ProcessesOf(Offer offer, Resource? resource)
    {
        if (offer.IsRouted) return offer.Routing.Select(o => o.Process).Distinct(StringComparer.Ordinal);
        if (resource is { Capabilities.Count: > 0 }) return resource.Capabilities.Select(c => c.Process).Distinct(StringComparer.Ordinal);
        return _names.Processes.Values
            .Where(p => p.Mark == offer.Mark && (p.ParentCode is null || _names.Processes.GetValueOrDefault(p.ParentCode)?.Mark != p.Mark))
            .Select(p => p.Code)
            .Order(StringComparer.Ordinal);
    }

    private OfferDocument Describe(Offer offer, CatalogueOffer shown)
    {
        var processes = shown.Processes.SelectMany(_names.WithParents).Distinct(StringComparer.Ordinal).ToList();
        var trades = processes.Select(_names.Process).ToList();
        if (offer.Filiere is { } filiere) trades.Add(_names.Filiere(filiere));
        trades.Add(CatalogueNames.Kind(offer.Kind));
        var body = new List<Text> { offer.Description };
        if (offer.Origin is { } origin) body.Add(origin);
        if (shown.Circle is { } circle) body.Add(_names.Circle(circle));
        body.AddRange(offer.Routing.Select(o => o.Material).OfType<string>().Select(_names.Material));
        return new OfferDocument(
            offer.Id, offer.Kind, Both([offer.Title]), Both(trades), $"{Both(body)} {shown.Seller} {shown.Place?.Name} {shown.Place?.City}",
            processes, shown.Circle, shown.Place?.Code, offer.Filiere, shown.Price, offer.LeadDays ?? DaysUntil(shown.Soonest));
    }

    private int? DaysUntil(DateOnly? date) => date is { } day ? Math.Max(0, day.DayNumber - _today.DayNumber) : null;

    private static string Both(IEnumerable<Text> texts) => string.Join(' ', texts.Select(t => $"{t.French} {t.English}"));
}
