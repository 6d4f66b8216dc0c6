using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Web.Components.Drawings;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>Draws a resource's day: free stretches lead to booking, one's own to the booking, everybody else's say no more than that they are taken.</summary>
internal static class DayRows
{
    public static IReadOnlyList<DayBlock> Blocks(Bookable what, DateOnly day, IReadOnlyList<Interval> free, ResourceTimeline timeline, TimeSpan length, Interval? selected, Lang l)
    {
        var whole = Whole(day);
        var shortest = TimeSpan.FromMinutes(what.Resource.MinMinutes);
        var blocks = new List<DayBlock>();
        foreach (var stretch in Clip(free, whole).Where(stretch => stretch.Length >= shortest))
        {
            var start = stretch.Start;
            if (selected is { } chosen && stretch.Overlaps(chosen))
            {
                if (start < chosen.Start) blocks.Add(Free(what, start, chosen.Start, length));
                blocks.Add(Block(Later(chosen.Start, start), Earlier(chosen.End, stretch.End), DayBlockKind.Selected));
                start = Earlier(chosen.End, stretch.End);
            }

            if (start < stretch.End) blocks.Add(Free(what, start, stretch.End, length));
        }

        var mine = timeline.Busy.Where(busy => busy.Kind == BusyKind.Yours).ToList();
        blocks.AddRange(mine.SelectMany(busy => Clip([new Interval(busy.Start, busy.End)], whole)
            .Select(time => Block(time.Start, time.End, DayBlockKind.Mine, l.T("à moi", "mine"), $"/reservations/{busy.Reference}"))));
        if (what.Resource.Seats == 1)
        {
            blocks.AddRange(timeline.Busy.Where(busy => busy.Kind != BusyKind.Yours).SelectMany(busy => Clip([new Interval(busy.Start, busy.End)], whole)
                .Select(time => Block(time.Start, time.End, busy.Kind == BusyKind.Maintenance ? DayBlockKind.Maintenance : DayBlockKind.Busy))));
        }
        else
        {
            // Several seats: taken is when not one is left.
            var full = FreeTime.Subtract(FreeTime.Merge(timeline.Busy.Select(busy => new Interval(busy.Start, busy.End))), free);
            blocks.AddRange(Clip(full, whole).Select(time => Block(time.Start, time.End, DayBlockKind.Busy, l.T("complet", "full"))));
        }

        return blocks;
    }

    /// <summary>The hours to draw: those in which anything of these is open, whole, at least eight to eighteen. What is lent is out at night, too: it does not count.</summary>
    public static (int From, int To) Hours(IEnumerable<Bookable> resources, IEnumerable<ResourceTimeline> rows, IEnumerable<DateOnly> days)
    {
        var (from, to) = (8, 18);
        var lent = resources.Where(what => what.IsLent).Select(what => what.Resource.Id).ToHashSet();
        var open = rows.Where(row => !lent.Contains(row.ResourceId)).SelectMany(row => row.Open).ToList();
        foreach (var day in days)
        {
            foreach (var stretch in Clip(open, Whole(day)))
            {
                var end = ParisTime.ToLocal(stretch.End);
                from = Math.Min(from, ParisTime.ToLocal(stretch.Start).Hour);
                to = Math.Max(to, end.TimeOfDay == TimeSpan.Zero ? 24 : end.Minute == 0 ? end.Hour : end.Hour + 1);
            }
        }

        return (from, to);
    }

    public static Interval Whole(DateOnly day) => new(ParisTime.ToUtc(day, TimeOnly.MinValue), ParisTime.ToUtc(day.AddDays(1), TimeOnly.MinValue));

    private static DayBlock Free(Bookable what, DateTime start, DateTime end, TimeSpan length)
    {
        var first = start.Ticks % BookingGrid.Step.Ticks == 0 ? start : new DateTime(start.Ticks - start.Ticks % BookingGrid.Step.Ticks, DateTimeKind.Utc) + BookingGrid.Step;
        // What is lent may be out at any hour, but is handed over while somebody is there: its page knows the starts.
        var href = what.IsLent
            ? $"/reserver/{Uri.EscapeDataString(what.Resource.Code)}?jour={BookingWords.Iso(ParisTime.DateOf(start))}"
            : BookingWords.Href(what.Resource.Code, first, length);
        return Block(start, end, DayBlockKind.Free, null, href);
    }

    private static DayBlock Block(DateTime start, DateTime end, DayBlockKind kind, string? label = null, string? href = null) =>
        new(TimeOnly.FromDateTime(ParisTime.ToLocal(start)), TimeOnly.FromDateTime(ParisTime.ToLocal(end)), kind, label, href);

    private static IEnumerable<Interval> Clip(IEnumerable<Interval> stretches, Interval whole) => stretches
        .Select(stretch => new Interval(Later(stretch.Start, whole.Start), Earlier(stretch.End, whole.End)))
        .Where(stretch => !stretch.IsEmpty);

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
