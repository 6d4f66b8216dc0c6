using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Capacity;

public partial interface IMachineGrain
{
    /// <summary>
    /// Books time, or holds it for the payment when it is to be paid by card. The same booking id again gives the booking as it now is.
    /// Refused with a code of <see cref="Domain.Bookings.BookingReasons"/>; <c>slot-taken</c> and <c>place-closed</c> come with alternatives.
    /// </summary>
    Task<BookingOutcome> Book(BookTime command);

    /// <summary>Keeps a held booking until a later deadline. Refused with <c>hold-expired</c> when its time has gone.</summary>
    Task<Outcome> KeepBooking(Guid bookingId, DateTime until);

    /// <summary>
    /// The price has arrived: the hold becomes a booking, its time claimed anew where it ran out and is still free. Refused with <c>hold-expired</c>
    /// when it is gone or the booking was cancelled: what was paid must be given back. Asking again changes nothing.
    /// </summary>
    Task<BookingOutcome> BookingPaid(Guid bookingId);

    /// <summary>Another time on the same resource, checked like a new booking; refused, it keeps the old one.</summary>
    Task<BookingOutcome> MoveBooking(MoveTime command);

    /// <summary>
    /// Gives the time back. Members until 24 h before the start, the place's manager until it is used. What was paid is due back.
    /// </summary>
    Task<BookingOutcome> CancelBooking(Guid bookingId, Guid actorId);

    /// <summary>From 15 minutes before the start until the end; the place's manager at any time before the end.</summary>
    Task<BookingOutcome> CheckIn(Guid bookingId, Guid actorId);

    Task<BookingOutcome> CheckOut(Guid bookingId, Guid actorId);

    /// <summary>Cancels the held bookings that were not paid in time. Returns how many.</summary>
    Task<int> ExpireBookings();
}
