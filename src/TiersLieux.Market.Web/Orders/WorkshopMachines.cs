using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A machine as those who look after it see it.</summary>
/// <param name="Down">The breakdown it has now; null while it works.</param>
/// <param name="Hit">Members' bookings that fall into the breakdown.</param>
/// <param name="NextWork">When production begins on it next; null when none is planned.</param>
public sealed record WorkshopMachine(Guid Id, string Code, string Name, string? Make, string Mark, string Workshop, string Place, Closure? Down, IReadOnlyList<HitBooking> Hit, DateTime? NextWork);

/// <summary>A booking that somebody must be told about.</summary>
public sealed record HitBooking(string Reference, Interval Time);

/// <summary>The machines of the workshops that somebody acts for, and of the places that somebody manages.</summary>
public sealed class WorkshopMachines(IDbContextFactory<MarketDbContext> databases, TimeProvider clock)
{
    public async Task<IReadOnlyList<WorkshopMachine>> OfAsync(Actor actor, bool english, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, Mine(db, actor), english, cancellation);
    }

    /// <summary>By its code, or null for who does not look after it.</summary>
    public async Task<WorkshopMachine?> FindAsync(string code, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await ReadAsync(db, Mine(db, actor).Where(r => r.Code == code), english: false, cancellation)).SingleOrDefault();
    }

    private static IQueryable<Resource> Mine(MarketDbContext db, Actor actor)
    {
        var organisations = actor.Organisations();
        var places = actor.Roles.Where(r => r is { Role: Role.PlaceManager, Scope: RoleScope.Place, ScopeId: not null }).Select(r => r.ScopeId!.Value).ToArray();
        var all = actor.IsAdministrator || actor.Roles.Any(r => r is { Role: Role.PlaceManager, Scope: RoleScope.Consortium });
        return db.Set<Resource>().AsNoTracking().Where(r => r.Kind == ResourceKind.Machine && r.WorkshopId != null
            && (all || places.Contains(r.PlaceId) || db.Set<Workshop>().Any(w => w.Id == r.WorkshopId && organisations.Contains(w.OrganisationId))));
    }

    private async Task<IReadOnlyList<WorkshopMachine>> ReadAsync(MarketDbContext db, IQueryable<Resource> mine, bool english, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        var machines = await mine.OrderBy(r => r.WorkshopId).ThenBy(r => r.Name).ThenBy(r => r.Code).ToListAsync(cancellation);
        var ids = machines.Select(m => m.Id).ToArray();
        var workshopIds = machines.Select(m => m.WorkshopId!.Value).Distinct().ToArray();
        var workshops = await db.Set<Workshop>().AsNoTracking().Where(w => workshopIds.Contains(w.Id))
            .Join(db.Set<Place>(), w => w.PlaceId, p => p.Id, (w, p) => new { w.Id, w.Name, Place = p.Address.City }).ToDictionaryAsync(w => w.Id, cancellation);
        var down = (await db.Set<Closure>().AsNoTracking().Where(c => c.ResourceId != null && ids.Contains(c.ResourceId.Value) && c.Start <= now && c.End > now).ToListAsync(cancellation))
            .GroupBy(c => c.ResourceId!.Value).ToDictionary(c => c.Key, c => c.MaxBy(one => one.End));
        var work = await db.Set<Occupation>().Where(o => ids.Contains(o.ResourceId) && o.Kind == OccupationKind.Reservation && o.End > now)
            .GroupBy(o => o.ResourceId).Select(g => new { g.Key, Start = g.Min(o => o.Start) }).ToDictionaryAsync(g => g.Key, g => g.Start, cancellation);
        var broken = down.Keys.ToArray();
        var bookings = broken.Length == 0 ? [] : await db.Set<Booking>().AsNoTracking()
            .Where(b => broken.Contains(b.ResourceId) && b.End > now && (b.State == BookingState.Held || b.State == BookingState.Booked)).OrderBy(b => b.Start).ToListAsync(cancellation);
        return [.. machines.Select(m =>
        {
            var workshop = workshops[m.WorkshopId!.Value];
            var closure = down.GetValueOrDefault(m.Id);
            return new WorkshopMachine(
                m.Id, m.Code, english && m.EnglishName is { Length: > 0 } name ? name : m.Name, m.Make.Length == 0 ? null : $"{m.Make} {m.Model}", m.Mark, workshop.Name, workshop.Place, closure,
                closure is null ? [] : [.. bookings.Where(b => b.ResourceId == m.Id && b.Start < closure.End).Select(b => new HitBooking(b.Reference, b.Time))],
                work.TryGetValue(m.Id, out var next) ? next : null);
        })];
    }
}
