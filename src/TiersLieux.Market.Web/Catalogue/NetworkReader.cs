using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>A place in a list or on the map.</summary>
/// <param name="Processes">What its machines can do, codes.</param>
/// <param name="Mark">Of its most frequent process, for the map; null without machines.</param>
public sealed record PlaceSummary(Place Place, string? Circle, IReadOnlyList<string> Processes, string? Mark, int Machines, IReadOnlyList<string> Workshops);

/// <summary>A place with all that its page shows.</summary>
public sealed record PlaceSheet(Place Place, Circle? Circle, Organisation? Organisation, IReadOnlyList<Workshop> Workshops, IReadOnlyList<Resource> Resources);

/// <summary>A machine and how far it is.</summary>
/// <param name="Km">By road, estimated; null when nobody asked from where.</param>
public sealed record MachineFound(Resource Machine, Place Place, Workshop? Workshop, decimal? Km);

/// <summary>Reads places and machines.</summary>
public sealed class NetworkReader(IDbContextFactory<MarketDbContext> databases)
{
    /// <summary>All places, those that take part first, then by name.</summary>
    public async Task<IReadOnlyList<PlaceSummary>> PlacesAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var places = await db.Set<Place>().AsNoTracking().ToListAsync(cancellation);
        var circles = await db.Set<Circle>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Code, cancellation);
        var workshops = (await db.Set<Workshop>().AsNoTracking().ToListAsync(cancellation)).ToLookup(w => w.PlaceId);
        var resources = (await db.Set<Resource>().AsNoTracking().Where(r => r.Kind == ResourceKind.Machine).ToListAsync(cancellation)).ToLookup(r => r.PlaceId);
        return [.. places
            .Select(place => new PlaceSummary(
                place,
                place.CircleId is { } circle ? circles.GetValueOrDefault(circle) : null,
                [.. resources[place.Id].SelectMany(r => r.Capabilities).Select(c => c.Process).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                MarkOf(resources[place.Id]),
                resources[place.Id].Count(),
                [.. workshops[place.Id].Select(w => w.Name)]))
            .OrderByDescending(p => p.Place.Status)
            .ThenBy(p => p.Place.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>The mark that most of the machines wear.</summary>
    public static string? MarkOf(IEnumerable<Resource> resources) => resources
        .Where(r => r is { Kind: ResourceKind.Machine, Mark.Length: > 0 })
        .GroupBy(r => r.Mark, StringComparer.Ordinal)
        .OrderByDescending(g => g.Count())
        .ThenBy(g => g.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    public async Task<PlaceSheet?> PlaceAsync(string code, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<Place>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == code, cancellation) is not { } place) return null;
        return new PlaceSheet(
            place,
            place.CircleId is { } circle ? await db.Set<Circle>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == circle, cancellation) : null,
            place.OrganisationId is { } organisation ? await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == organisation, cancellation) : null,
            await db.Set<Workshop>().AsNoTracking().Where(w => w.PlaceId == place.Id).OrderBy(w => w.Name).ToListAsync(cancellation),
            await db.Set<Resource>().AsNoTracking().Where(r => r.PlaceId == place.Id).OrderBy(r => r.Kind).ThenBy(r => r.Code).ToListAsync(cancellation));
    }

    /// <summary>Machines that do the process, or one below it; the nearest first where a commune is given.</summary>
    /// <param name="processes">Codes that count; null, all machines.</param>
    public async Task<IReadOnlyList<MachineFound>> MachinesAsync(IReadOnlySet<string>? processes, Commune? near, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var places = await db.Set<Place>().AsNoTracking().ToDictionaryAsync(p => p.Id, cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().ToDictionaryAsync(w => w.Id, cancellation);
        var machines = await db.Set<Resource>().AsNoTracking().Where(r => r.Kind == ResourceKind.Machine).ToListAsync(cancellation);
        return [.. machines
            .Where(m => processes is null || m.Capabilities.Any(c => processes.Contains(c.Process)))
            .Select(m => (Machine: m, Place: places[m.PlaceId]))
            .Select(m => new MachineFound(
                m.Machine, m.Place, m.Machine.WorkshopId is { } workshop ? workshops.GetValueOrDefault(workshop) : null,
                near is null ? null : Math.Round((decimal)near.Position.RoadKm(m.Place.Position), 1)))
            .OrderBy(m => m.Km ?? 0)
            .ThenBy(m => m.Machine.Code, StringComparer.Ordinal)];
    }

    /// <summary>A commune by its official code, else by a postal code.</summary>
    public async Task<Commune?> CommuneAsync(string code, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await CommuneSearch.FindAsync(db, code, null, null, cancellation) ?? await CommuneSearch.FindAsync(db, null, code, null, cancellation);
    }
}
