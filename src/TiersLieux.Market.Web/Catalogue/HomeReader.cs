using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Components.Drawings;
using TiersLieux.Market.Web.Pages;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>The home page's figures and choices, from the database.</summary>
internal sealed class HomeReader(IDbContextFactory<MarketDbContext> databases, OfferCatalogue catalogue, NetworkReader network, Hosting.MarketSettings settings) : IHomeData
{
    private const int MostProcesses = 12;
    private const int MostWork = 4;

    public async Task<HomeModel> ReadAsync(DateOnly today, CancellationToken cancellation)
    {
        var now = await catalogue.GetAsync(cancellation);
        var places = await network.PlacesAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return new HomeModel(
            await db.Set<Workshop>().CountAsync(cancellation),
            await db.Set<Resource>().CountAsync(r => r.Kind == ResourceKind.Machine, cancellation),
            places.Count(p => p.Place.Status == PlaceStatus.Referenced),
            [.. places.Select(PlacePoints.Of)],
            [.. now.Search.Find(new OfferQuery()).Facets.Processes
                .Where(p => now.Names.Processes.GetValueOrDefault(p.Value) is { ParentCode: null } && ProcessMarks.For(p.Value).Name is not ("assembly" or "quality" or "packaging"))
                .Take(MostProcesses).Select(p => (p.Value, p.Count))],
            await WorkAsync(db, today, cancellation),
            Choice(now),
            settings.LoadDemo && await db.Set<Person>().AnyAsync(p => p.Email == DemoAccounts.Buyer, cancellation) ? DemoAccounts.All : []);
    }

    /// <summary>One of each: something to order of wood, of cloth or plastic, a machine, a training.</summary>
    private static List<HomeOffer> Choice(CatalogueSnapshot now)
    {
        var offers = now.Offers.Values.OrderByDescending(o => o.Processes.Count).ThenBy(o => o.Code, StringComparer.Ordinal).ToList();
        var goods = offers.Where(o => o.Kind == OfferKind.Good).DistinctBy(o => ProcessMarks.For(o.Mark).Family).Take(5);
        var others = new[] { OfferKind.Machine, OfferKind.Training, OfferKind.Space }.Select(kind => offers.Find(o => o.Kind == kind)).OfType<CatalogueOffer>();
        return [.. goods.Concat(others).Take(8).Select(o => new HomeOffer(
            o.Title, o.Href, OfferWords.Where(o), o.Mark, [.. o.Processes.Select(p => ProcessMarks.For(p).Name).Where(m => m != o.Mark).Distinct(StringComparer.Ordinal)],
            o.Price, OfferWords.PriceNote(o), o.Soonest))];
    }

    private static async Task<List<HomeWork>> WorkAsync(MarketDbContext db, DateOnly today, CancellationToken cancellation)
    {
        var (from, until) = (ParisTime.ToUtc(today.AddDays(-1), TimeOnly.MinValue), ParisTime.ToUtc(today.AddDays(7), TimeOnly.MinValue));
        var work = await db.Set<WorkOrder>().AsNoTracking()
            .Where(w => (w.State == WorkOrderState.Accepted || w.State == WorkOrderState.InProgress) && w.Start < until && w.End > from)
            .OrderBy(w => w.End).Take(MostWork).ToListAsync(cancellation);
        if (work.Count == 0) return [];
        var orderIds = work.Select(w => w.OrderId).ToArray();
        var workshopIds = work.Select(w => w.WorkshopId).ToArray();
        var orders = await db.Set<Order>().AsNoTracking().Where(o => orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().Where(w => workshopIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellation);
        var placeIds = workshops.Values.Select(w => w.PlaceId).ToArray();
        var places = await db.Set<Place>().AsNoTracking().Where(p => placeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        return work.ConvertAll(w =>
        {
            var first = w.Operations.MinBy(o => o.Start)!;
            var line = orders[w.OrderId].Lines.FirstOrDefault(l => l.Line == first.Line);
            var workshop = workshops[w.WorkshopId];
            return new HomeWork(
                w.Quantity, line?.Title ?? "", workshop.Name, places[workshop.PlaceId].Address.City, first.Process,
                ParisTime.DateOf(w.End), w.Quantity == 0 ? 0 : Math.Clamp(w.QuantityDone / w.Quantity, 0, 1));
        });
    }
}
