using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>How long one booking of a resource may last.</summary>
public sealed record BookingLength(TimeSpan Minimum, TimeSpan Maximum);

/// <summary>
/// Members book from any quarter of an hour for a multiple of it. The grid is the same in UTC as in Paris, whose offset is whole hours.
/// </summary>
public static class BookingGrid
{
    public static TimeSpan Step { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Why this slot cannot be booked on this resource whoever asks, or null when it can.</summary>
    public static Reason? Check(Interval slot, BookingLength length, IReadOnlyList<FreeInterval> free)
    {
        if (slot.IsEmpty)
        {
            return new Reason("slot-empty", "La fin doit venir après le début. Choisissez une heure de fin plus tardive.",
                "The end must come after the start. Choose a later end.") { Field = "end" };
        }

        if (slot.Start.Ticks % Step.Ticks != 0 || slot.End.Ticks % Step.Ticks != 0)
        {
            return new Reason("slot-off-grid", "Une réservation commence et finit à un quart d'heure rond : 9:00, 9:15, 9:30 ou 9:45.",
                "A booking starts and ends on a quarter of an hour: 9:00, 9:15, 9:30 or 9:45.") { Field = "start" };
        }

        if (slot.Length < length.Minimum)
        {
            return new Reason("slot-too-short", $"Cette ressource se réserve pour {Say(length.Minimum)} au moins. Allongez le créneau.",
                $"This resource is booked for at least {Say(length.Minimum)}. Make the slot longer.") { Field = "end" };
        }

        if (slot.Length > length.Maximum)
        {
            return new Reason("slot-too-long", $"Cette ressource se réserve pour {Say(length.Maximum)} au plus. Raccourcissez le créneau ou faites-en plusieurs.",
                $"This resource is booked for at most {Say(length.Maximum)}. Make the slot shorter or book several.") { Field = "end" };
        }

        return IsFree(slot, free)
            ? null
            : new Reason("slot-taken", "Ce créneau n'est pas libre. Choisissez l'un des créneaux proposés.",
                "This slot is not free. Choose one of those proposed.") { Field = "start" };
    }

    /// <summary>Whether the whole slot lies in one free stretch. The stretches are sorted.</summary>
    public static bool IsFree(Interval slot, IReadOnlyList<FreeInterval> free)
    {
        var (low, high) = (0, free.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (free[middle].End < slot.End) low = middle + 1;
            else high = middle;
        }

        return low < free.Count && free[low].Time.Contains(slot);
    }

    /// <summary>Every start on the grid from which a booking of this length fits.</summary>
    public static IEnumerable<DateTime> Starts(IReadOnlyList<FreeInterval> free, TimeSpan length)
    {
        foreach (var stretch in free)
        {
            for (var start = Ceiling(stretch.Start); start + length <= stretch.End; start += Step) yield return start;
        }
    }

    /// <summary>
    /// Free slots as long as the wanted one and nearest to it, none overlapping another, nearest first (the earlier on a tie).
    /// </summary>
    /// <param name="notBefore">Nothing that starts earlier is proposed.</param>
    public static IReadOnlyList<Interval> Nearest(Interval wanted, IReadOnlyList<FreeInterval> free, DateTime notBefore, int count)
    {
        var nearest = new List<Interval>(count);
        foreach (var start in Starts(free, wanted.Length)
            .Where(start => start >= notBefore)
            .OrderBy(start => (start - wanted.Start).Duration())
            .ThenBy(start => start))
        {
            if (nearest.Count == count) break;
            var slot = new Interval(start, start + wanted.Length);
            if (!nearest.Exists(slot.Overlaps)) nearest.Add(slot);
        }

        return nearest;
    }

    private static DateTime Ceiling(DateTime instant)
    {
        var beyond = instant.Ticks % Step.Ticks;
        return beyond == 0 ? instant : instant.AddTicks(Step.Ticks - beyond);
    }

    private static string Say(TimeSpan time) => (int)time.TotalHours switch
    {
        0 => FormattableString.Invariant($"{time.Minutes} min"),
        var hours when time.Minutes == 0 => FormattableString.Invariant($"{hours} h"),
        var hours => FormattableString.Invariant($"{hours} h {time.Minutes:00}"),
    };
}
