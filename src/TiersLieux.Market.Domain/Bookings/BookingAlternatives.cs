using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>Another slot that a person could book instead.</summary>
/// <param name="Km">Great circle from the place first asked for.</param>
public sealed record BookingAlternative(Bookable What, Interval Time, double Km);

/// <summary>What to propose instead of a slot that is taken: other times of the resource, and equal resources nearby.</summary>
public static class BookingAlternatives
{
    private const int OtherTimes = 3;
    private const int OtherResources = 3;

    /// <summary>How far around the wish another time is looked for.</summary>
    public static TimeSpan Around { get; } = TimeSpan.FromDays(7);

    /// <param name="equals">Resources of the same type; the wanted one among them does no harm.</param>
    /// <param name="taken">All that takes time of any of these resources within <see cref="Around"/> the wish; expired holds left out.</param>
    public static IReadOnlyList<BookingAlternative> Of(
        BookingWish wish, Bookable wanted, IReadOnlyList<Bookable> equals, ILookup<Guid, Occupation> taken, DateTime now, BookingPolicy policy)
    {
        var otherTimes = Slots(wish, wanted, taken, now, policy, OtherTimes).Select(time => new BookingAlternative(wanted, time, 0));
        var otherResources = equals
            .Where(other => other.Resource.Id != wanted.Resource.Id)
            .SelectMany(other => Slots(wish, other, taken, now, policy, 1)
                .Select(time => new BookingAlternative(other, time, wanted.Place.Position.GreatCircleKm(other.Place.Position))))
            .OrderBy(alternative => alternative.Km)
            .ThenBy(alternative => (alternative.Time.Start - wish.Time.Start).Duration())
            .ThenBy(alternative => alternative.What.Resource.Code, StringComparer.Ordinal)
            .Take(OtherResources);
        return [.. otherTimes, .. otherResources];
    }

    private static List<Interval> Slots(BookingWish wish, Bookable what, ILookup<Guid, Occupation> taken, DateTime now, BookingPolicy policy, int count)
    {
        var (length, from) = (wish.Time.Length, wish.Time.Start - Around);
        if (from < now) from = now;
        IReadOnlyList<Occupation> occupations = [.. what.Uses.SelectMany(id => taken[id])];
        var slots = new List<Interval>(count);
        foreach (var start in BookingGrid.Starts(BookingSlots.Free(what, occupations, from, wish.Time.End + Around), length)
            .Distinct()
            .OrderBy(start => (start - wish.Time.Start).Duration())
            .ThenBy(start => start))
        {
            if (slots.Count == count) break;
            var slot = new Interval(start, start + length);
            if (!slots.Exists(slot.Overlaps) && BookingSlots.Fits(wish with { Time = slot }, what, occupations, now, policy)) slots.Add(slot);
        }

        return slots;
    }
}
