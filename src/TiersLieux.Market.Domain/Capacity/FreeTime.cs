using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>When a resource can be used at all, before anybody has.</summary>
/// <param name="Place">Hours of the place it stands in.</param>
/// <param name="Resource">Its own hours; <see cref="WeeklyHours.Always"/> when it follows the place.</param>
public sealed record AvailabilityCalendar(WeeklyHours Place, WeeklyHours Resource)
{
    /// <summary>Whether public holidays are ordinary days here.</summary>
    public bool OpenOnHolidays { get; init; }

    /// <summary>Exceptional closures of the place or the resource, in any order.</summary>
    public IReadOnlyList<Interval> Closures { get; init; } = [];

    /// <summary>Time kept free between two uses, for cleaning or setting back.</summary>
    public TimeSpan Buffer { get; init; }
}

/// <summary>A stretch in which a resource is open and not taken, UTC.</summary>
/// <param name="ContinuesAfterClosing">
/// Nobody uses the resource between this stretch and the next one: it is only closed, so work suspended at the end can stay in place.
/// </param>
public readonly record struct FreeInterval(DateTime Start, DateTime End, bool ContinuesAfterClosing = false)
{
    public Interval Time => new(Start, End);
}

/// <summary>Free time = hours of the place and of the resource, minus holidays, closures, and what is taken with its buffers.</summary>
public static class FreeTime
{
    /// <summary>The free stretches of a resource within [from, to): sorted and disjoint.</summary>
    /// <param name="occupations">Holds, reservations, bookings, maintenance: everything that takes its time; in any order.</param>
    public static IReadOnlyList<FreeInterval> Of(AvailabilityCalendar calendar, IEnumerable<Interval> occupations, DateTime from, DateTime to)
    {
        if (to <= from) return [];
        var (first, last) = (ParisTime.DateOf(from), ParisTime.DateOf(to).AddDays(1));
        var hours = calendar.Place.Intersect(calendar.Resource);
        var window = hours.Open(first, last)
            .Select(open => new Interval(Later(open.Start, from), Earlier(open.End, to)))
            .Where(open => !open.IsEmpty);
        var closed = calendar.OpenOnHolidays ? calendar.Closures : calendar.Closures.Concat(Holidays(first, last));
        var taken = Merge(occupations.Select(use => Widen(use, calendar.Buffer)));
        return Link(Subtract(Subtract(window, Merge(closed)), taken), taken);
    }

    /// <summary>
    /// The free stretches cut so that each Paris week (from Monday) offers no more than it has left, the earliest kept:
    /// how a place keeps some of a machine's hours for its members.
    /// </summary>
    /// <param name="left">Time left in the week that begins on that Monday.</param>
    public static IReadOnlyList<FreeInterval> LimitPerWeek(IReadOnlyList<FreeInterval> free, Func<DateOnly, TimeSpan> left)
    {
        var kept = new List<FreeInterval>(free.Count);
        var week = DateOnly.MinValue;
        var (rest, weekEnd) = (TimeSpan.Zero, DateTime.MinValue);
        foreach (var stretch in free)
        {
            var start = stretch.Start;
            while (start < stretch.End)
            {
                if (start >= weekEnd)
                {
                    var date = ParisTime.DateOf(start);
                    week = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
                    weekEnd = ParisTime.ToUtc(week.AddDays(7), TimeOnly.MinValue);
                    rest = left(week);
                }

                var end = Earlier(stretch.End, weekEnd);
                var length = end - start;
                var whole = length <= rest;
                if (!whole) length = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
                if (length > TimeSpan.Zero) kept.Add(new FreeInterval(start, start + length, whole && end == stretch.End && stretch.ContinuesAfterClosing));
                else if (kept.Count > 0) kept[^1] = kept[^1] with { ContinuesAfterClosing = false };
                rest -= length;
                start = end;
            }
        }

        return kept;
    }

    /// <summary>The same time as sorted, disjoint stretches that do not touch; empty ones vanish.</summary>
    public static IReadOnlyList<Interval> Merge(IEnumerable<Interval> intervals)
    {
        var merged = new List<Interval>();
        foreach (var next in intervals.Where(interval => !interval.IsEmpty).OrderBy(interval => interval.Start))
        {
            if (merged.Count > 0 && next.Start <= merged[^1].End) merged[^1] = new Interval(merged[^1].Start, Later(merged[^1].End, next.End));
            else merged.Add(next);
        }

        return merged;
    }

    /// <summary>What is left of free time when more of it is taken.</summary>
    public static IReadOnlyList<FreeInterval> Without(IReadOnlyList<FreeInterval> free, IEnumerable<Interval> uses)
    {
        var taken = Merge(uses);
        if (taken.Count == 0) return free;
        var left = new List<FreeInterval>(free.Count + taken.Count);
        foreach (var stretch in free)
            left.AddRange(Subtract([stretch.Time], taken).Select(part => new FreeInterval(part.Start, part.End, stretch.ContinuesAfterClosing && part.End == stretch.End)));
        var next = 0;
        for (var i = 0; i < left.Count; i++)
        {
            while (next < taken.Count && taken[next].End <= left[i].End) next++;
            // Also when a whole stretch is taken: work that waits over it would be in somebody's way.
            if (next < taken.Count && (i + 1 == left.Count || taken[next].Start < left[i + 1].Start)) left[i] = left[i] with { ContinuesAfterClosing = false };
        }

        return left;
    }

    /// <summary>What is in the first and not in the second. Both sorted and disjoint; one sweep.</summary>
    public static IEnumerable<Interval> Subtract(IEnumerable<Interval> from, IReadOnlyList<Interval> taken)
    {
        var next = 0;
        foreach (var whole in from)
        {
            var start = whole.Start;
            while (next < taken.Count && taken[next].End <= start) next++;
            for (var i = next; i < taken.Count && taken[i].Start < whole.End; i++)
            {
                if (start < taken[i].Start) yield return new Interval(start, taken[i].Start);
                start = Later(start, taken[i].End);
            }

            if (start < whole.End) yield return new Interval(start, whole.End);
        }
    }

    private static List<FreeInterval> Link(IEnumerable<Interval> free, IReadOnlyList<Interval> taken)
    {
        var linked = new List<FreeInterval>();
        var next = 0;
        foreach (var stretch in free)
        {
            if (linked.Count > 0)
            {
                var before = linked[^1];
                while (next < taken.Count && taken[next].End <= before.End) next++;
                var used = next < taken.Count && taken[next].Start < stretch.Start;
                linked[^1] = before with { ContinuesAfterClosing = !used };
            }

            linked.Add(new FreeInterval(stretch.Start, stretch.End));
        }

        return linked;
    }

    private static IEnumerable<Interval> Holidays(DateOnly from, DateOnly to)
    {
        for (var year = from.Year; year <= to.Year; year++)
        {
            foreach (var holiday in FrenchHolidays.Of(year))
            {
                if (holiday.Date < from || holiday.Date >= to) continue;
                yield return new Interval(ParisTime.ToUtc(holiday.Date, TimeOnly.MinValue), ParisTime.ToUtc(holiday.Date.AddDays(1), TimeOnly.MinValue));
            }
        }
    }

    private static Interval Widen(Interval use, TimeSpan buffer) => use.IsEmpty ? use : new Interval(use.Start - buffer, use.End + buffer);

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
