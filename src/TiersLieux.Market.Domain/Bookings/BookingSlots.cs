using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>What is left of a resource's time. Occupations are those that count: expired holds left out.</summary>
public static class BookingSlots
{
    /// <summary>Stretches in which one and the same seat is free; sorted by start. With several seats they may overlap.</summary>
    public static IReadOnlyList<FreeInterval> Free(Bookable what, IEnumerable<Occupation> taken, DateTime from, DateTime to)
    {
        var perSeat = taken.ToLookup(o => o.Seat, o => o.Time);
        return what.Resource.Seats == 1
            ? FreeTime.Of(what.Calendar, perSeat[1], from, to)
            : [.. Enumerable.Range(1, what.Resource.Seats)
                .SelectMany(seat => FreeTime.Of(what.Calendar, perSeat[seat], from, to))
                .Distinct()
                .OrderBy(stretch => stretch.Start)
                .ThenBy(stretch => stretch.End)];
    }

    /// <summary>Numbers of the seats that are free all along the slot, lowest first. Opening hours are another matter.</summary>
    public static IReadOnlyList<int> FreeSeats(int seats, IEnumerable<Occupation> taken, Interval slot)
    {
        var gone = taken.Where(o => o.Time.Overlaps(slot)).Select(o => o.Seat).ToHashSet();
        return [.. Enumerable.Range(1, seats).Where(seat => !gone.Contains(seat))];
    }

    /// <summary>Whether the rules that hold for everybody and other people's bookings leave room for the wish.</summary>
    public static bool Fits(BookingWish wish, Bookable what, IEnumerable<Occupation> taken, DateTime now, BookingPolicy policy) =>
        BookingRules.CheckSlot(wish, what, now, policy) is null && FreeSeats(what.Resource.Seats, taken, wish.Time).Count >= wish.Seats;
}
