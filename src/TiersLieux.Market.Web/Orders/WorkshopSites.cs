using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A workshop as a plan shows it: its name and where it stands.</summary>
public sealed record WorkshopSite(Guid Id, string Name, Guid OrganisationId, Guid PlaceId, string City, double Latitude, double Longitude);

/// <summary>The names and positions that plans refer to by id.</summary>
public sealed record WorkshopSites(IReadOnlyDictionary<Guid, WorkshopSite> Workshops, IReadOnlyDictionary<Guid, string> Machines, IReadOnlyDictionary<string, string> Processes)
{
    public static async Task<WorkshopSites> OfAsync(MarketDbContext db, IReadOnlyCollection<Guid> workshops, IReadOnlyCollection<Guid> machines, bool english, CancellationToken cancellation)
    {
        var sites = await db.Set<Workshop>().AsNoTracking().Where(w => workshops.Contains(w.Id))
            .Join(db.Set<Place>(), w => w.PlaceId, p => p.Id, (w, p) => new WorkshopSite(w.Id, w.Name, w.OrganisationId, w.PlaceId, p.Address.City, p.Latitude, p.Longitude))
            .ToDictionaryAsync(s => s.Id, cancellation);
        var names = await db.Set<Resource>().AsNoTracking().Where(r => machines.Contains(r.Id))
            .Select(r => new { r.Id, r.Name, r.EnglishName }).ToListAsync(cancellation);
        var processes = await db.Set<Domain.Catalogue.Process>().AsNoTracking().ToListAsync(cancellation);
        return new WorkshopSites(
            sites,
            names.ToDictionary(r => r.Id, r => english && !string.IsNullOrEmpty(r.EnglishName) ? r.EnglishName : r.Name),
            processes.ToDictionary(p => p.Code, p => english ? p.Name.English : p.Name.French, StringComparer.Ordinal));
    }

    public static Task<WorkshopSites> OfAsync(MarketDbContext db, IEnumerable<Plan> plans, bool english, CancellationToken cancellation)
    {
        var operations = plans.SelectMany(p => p.Lots).SelectMany(l => l.Operations).ToList();
        return OfAsync(db, operations.Select(o => o.Workshop).ToHashSet(), operations.Select(o => o.Machine).ToHashSet(), english, cancellation);
    }

    public string Name(Guid workshop) => Workshops.TryGetValue(workshop, out var site) ? site.Name : "";

    public string Machine(Guid machine) => Machines.GetValueOrDefault(machine, "");

    public string Process(string code) => Processes.GetValueOrDefault(code, code);
}
