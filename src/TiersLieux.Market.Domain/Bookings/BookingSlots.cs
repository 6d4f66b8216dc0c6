using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>What is left of a resource's time. Occupations are those that count: expired holds left out.</summary>
public static class BookingSlots
{
    /// <summary>Stretches in which one and the same seat is free; sorted by start. With several seats they may overlap.</summary>
    public static IReadOnlyList<FreeInterval> Free(Bookable what, IEnumerable<Occupation> taken, DateTime from, DateTime to)
    {
        var perSeat = Taken(what, taken).ToLookup(use => use.Seat, use => use.Time);
        return what.Resource.Seats == 1
            ? FreeTime.Of(what.Calendar, perSeat[1], from, to)
            : [.. Enumerable.Range(1, what.Resource.Seats)
                .SelectMany(seat => FreeTime.Of(what.Calendar, perSeat[seat], from, to))
                .Distinct()
                .OrderBy(stretch => stretch.Start)
                .ThenBy(stretch => stretch.End)];
    }

    /// <summary>Numbers of the seats that are free all along the slot and its buffers, lowest first. Opening hours are another matter.</summary>
    /// <param name="taken">Occupations of <see cref="Bookable.Uses"/>.</param>
    public static IReadOnlyList<int> FreeSeats(Bookable what, IEnumerable<Occupation> taken, Interval slot)
    {
        var wide = new Interval(slot.Start - what.Buffer, slot.End + what.Buffer);
        var gone = Taken(what, taken).Where(use => use.Time.Overlaps(wide)).Select(use => use.Seat).ToHashSet();
        return [.. Enumerable.Range(1, what.Resource.Seats).Where(seat => !gone.Contains(seat))];
    }

    /// <summary>What takes which seat; the use of a related resource takes them all.</summary>
    private static IEnumerable<(int Seat, Interval Time)> Taken(Bookable what, IEnumerable<Occupation> taken) => taken.SelectMany(o =>
        o.ResourceId == what.Resource.Id
            ? [(o.Seat, o.Time)]
            : what.Related.Contains(o.ResourceId) ? Enumerable.Range(1, what.Resource.Seats).Select(seat => (seat, o.Time)) : []);

    /// <summary>Whether the rules that hold for everybody and other people's bookings leave room for the wish.</summary>
    public static bool Fits(BookingWish wish, Bookable what, IEnumerable<Occupation> taken, DateTime now, BookingPolicy policy) =>
        BookingRules.CheckSlot(wish, what, now, policy) is null && FreeSeats(what, taken, wish.Time).Count >= wish.Seats;
}
