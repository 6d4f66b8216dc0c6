using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>What members can book and when it is free, for several resources at once.</summary>
public sealed class BookingCalendar(IDbContextFactory<MarketDbContext> databases, BookingDesk desk, BookingPolicy policy, TimeProvider clock)
{
    public BookingPolicy Policy => policy;

    /// <summary>Everything members can book, by place then name.</summary>
    public async Task<IReadOnlyList<Bookable>> OfferedAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await BookingDesk.BookablesAsync(db, r => r.IsPooled))
            .Where(what => what.IsOffered)
            .OrderBy(what => what.Place.Name, StringComparer.InvariantCultureIgnoreCase)
            .ThenBy(what => what.Resource.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    /// <param name="codeOrId">The resource's code, as pages show it, or its id.</param>
    public async Task<Bookable?> FindAsync(string codeOrId, CancellationToken cancellation = default)
    {
        if (Guid.TryParse(codeOrId, out var id)) return await desk.BookableAsync(id);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await BookingDesk.BookablesAsync(db, r => r.Code == codeOrId)).SingleOrDefault();
    }

    /// <summary>The codes of resources, by id: what their pages are called.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> CodesAsync(IEnumerable<Guid> resourceIds, CancellationToken cancellation = default)
    {
        var ids = resourceIds.Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<Resource>().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Code, cancellation);
    }

    /// <summary>Stretches in which a seat is free, per resource, sorted; what is past or too near is cut off.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Interval>>> FreeAsync(
        IReadOnlyCollection<Bookable> resources, DateTime from, DateTime to, CancellationToken cancellation = default)
    {
        var now = clock.UtcNow();
        var first = from < now + policy.Notice ? now + policy.Notice : from;
        if (first >= to) return resources.ToDictionary(what => what.Resource.Id, _ => (IReadOnlyList<Interval>)[]);
        var ids = resources.SelectMany(what => what.Uses).Distinct().ToList();
        var margin = resources.Select(what => what.Buffer).DefaultIfEmpty(TimeSpan.Zero).Max();
        var (early, late) = (first - margin, to + margin);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var taken = (await db.Set<Occupation>().AsNoTracking().Where(o => ids.Contains(o.ResourceId) && o.End > early && o.Start < late).ToListAsync(cancellation))
            .Where(o => !o.IsExpired(now))
            .ToLookup(o => o.ResourceId);
        return resources.ToDictionary(
            what => what.Resource.Id,
            what => FreeTime.Merge(BookingSlots.Free(what, what.Uses.SelectMany(id => taken[id]), first, to).Select(free => free.Time)));
    }

    /// <summary>Starts on the quarter of an hour from which a booking so long fits and the rules that hold for everybody allow it.</summary>
    public IEnumerable<DateTime> Starts(Bookable what, IReadOnlyList<Interval> free, TimeSpan length)
    {
        var now = clock.UtcNow();
        return BookingGrid.Starts([.. free.Select(stretch => new FreeInterval(stretch.Start, stretch.End))], length)
            .Where(start => BookingRules.CheckSlot(new BookingWish(new Interval(start, start + length)), what, now, policy) is null);
    }

    /// <summary>The lengths that can be booked, in minutes on the grid, with steps that grow so that the list stays short.</summary>
    public static IReadOnlyList<int> Lengths(Resource resource)
    {
        var shortest = Shortest(resource);
        return [.. Enumerable.Range(1, resource.MaxMinutes / 15)
            .Select(quarters => quarters * 15)
            .Where(minutes => minutes >= shortest && (minutes <= 120 || minutes % 30 == 0) && (minutes <= 240 || minutes % 60 == 0) && (minutes <= 720 || minutes % 240 == 0))];
    }

    /// <summary>The length asked for where it can be booked, else the nearest that can.</summary>
    public static int NearestLength(Resource resource, int? minutes)
    {
        var wanted = (minutes ?? 60) / 15 * 15;
        return Math.Clamp(wanted, Shortest(resource), Math.Max(Shortest(resource), resource.MaxMinutes / 15 * 15));
    }

    private static int Shortest(Resource resource) => Math.Max(15, (resource.MinMinutes + 14) / 15 * 15);
}
