using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>How much of its people's time a workshop has promised to production in a week.</summary>
/// <param name="From">The Monday, or today for the week that has begun.</param>
/// <param name="PromisedMinutes">Attended work that is held or reserved.</param>
/// <param name="CapacityMinutes">Attended work that it can give.</param>
public sealed record WeekLoad(string Workshop, DateOnly From, int PromisedMinutes, int CapacityMinutes);

/// <summary>The load of the coming weeks, of the workshops of somebody's organisations.</summary>
public sealed class WorkshopLoads(IDbContextFactory<MarketDbContext> databases)
{
    public const int Weeks = 6;

    public async Task<IReadOnlyList<WeekLoad>> OfAsync(Actor actor, DateOnly today, CancellationToken cancellation = default)
    {
        var mine = actor.Organisations();
        var end = today.AddDays(7 * Weeks - ((int)today.DayOfWeek + 6) % 7);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().Where(w => mine.Contains(w.OrganisationId)).OrderBy(w => w.Name).ToListAsync(cancellation);
        var ids = workshops.Select(w => w.Id).ToArray();
        var days = (await db.Set<WorkshopDay>().AsNoTracking().Where(d => ids.Contains(d.WorkshopId) && d.Day >= today && d.Day < end).ToListAsync(cancellation))
            .ToDictionary(d => (d.WorkshopId, d.Day));
        return [.. workshops.SelectMany(w => ByWeek(w, today, end, days))];
    }

    private static IEnumerable<WeekLoad> ByWeek(Workshop workshop, DateOnly today, DateOnly end, Dictionary<(Guid, DateOnly), WorkshopDay> days)
    {
        for (var from = today; from < end;)
        {
            var next = from.AddDays(7 - ((int)from.DayOfWeek + 6) % 7);
            var (promised, capacity) = (0, 0);
            for (var date = from; date < next; date = date.AddDays(1))
            {
                // A day that has begun to be promised keeps the capacity it had then.
                var known = days.GetValueOrDefault((workshop.Id, date));
                promised += known?.PromisedMinutes ?? 0;
                capacity += known?.CapacityMinutes ?? workshop.PeopleMinutesOn(date);
            }

            yield return new WeekLoad(workshop.Name, from, promised, capacity);
            from = next;
        }
    }
}
