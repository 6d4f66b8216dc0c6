using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>What so many minutes cost one audience.</summary>
public sealed record AudiencePrice(Audience Audience, BookingPrice Price);

/// <summary>Free time of a resource and what it costs.</summary>
/// <param name="Minutes">The length that the starts and prices are for.</param>
/// <param name="Free">Sorted and disjoint: at least one seat is free at any moment.</param>
/// <param name="Starts">Every start from which that length can be booked now.</param>
/// <param name="Yours">Which price the asking person pays; null for a visitor.</param>
public sealed record FreeTimeAnswer(
    Guid ResourceId,
    string Resource,
    Guid PlaceId,
    int Minutes,
    int MinMinutes,
    int MaxMinutes,
    int Seats,
    IReadOnlyList<Interval> Free,
    IReadOnlyList<DateTime> Starts,
    IReadOnlyList<AudiencePrice> Prices,
    Audience? Yours);

public enum BusyKind
{
    /// <summary>The asking person's own booking.</summary>
    Yours,
    Booked,

    /// <summary>Kept while somebody pays or decides.</summary>
    Held,
    Production,
    Maintenance,
}

/// <summary>A block of a calendar. Whose it is shows on one's own only.</summary>
/// <param name="BookingId">Of one's own booking; null on everybody else's.</param>
public sealed record BusyBlock(DateTime Start, DateTime End, BusyKind Kind, int Seat, Guid? BookingId, string? Reference);

/// <summary>One resource's row in a calendar of a day or a week.</summary>
/// <param name="Open">When it may be in use at all.</param>
public sealed record ResourceTimeline(
    Guid ResourceId, string Resource, Guid PlaceId, string Place, int Seats, IReadOnlyList<Interval> Open, IReadOnlyList<BusyBlock> Busy);

/// <summary>A booking with the names a person reads.</summary>
public sealed record NamedBooking(BookingView Booking, string Resource, string Place);

/// <summary>A booking as the place's manager sees it.</summary>
public sealed record PlaceBooking(BookingView Booking, string Resource, string Person);
