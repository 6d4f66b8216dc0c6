using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>Books time on the resource whose grain is asked.</summary>
/// <param name="BookingId">Chosen by the caller and kept for a retry, which then finds the booking instead of making another.</param>
/// <param name="PersonId">Who asks and who will come.</param>
/// <param name="OrganisationId">Null: the person's own.</param>
[GenerateSerializer, Immutable]
public sealed record BookTime(
    [property: Id(0)] Guid BookingId,
    [property: Id(1)] Guid PersonId,
    [property: Id(2)] DateTime Start,
    [property: Id(3)] DateTime End,
    [property: Id(4)] int Seats,
    [property: Id(5)] BookingSettlement Settlement,
    [property: Id(6)] Guid? OrganisationId = null);

/// <param name="ActorId">Who asks: the booking's person, somebody of its organisation, or the place's manager.</param>
[GenerateSerializer, Immutable]
public sealed record MoveTime(
    [property: Id(0)] Guid BookingId,
    [property: Id(1)] Guid ActorId,
    [property: Id(2)] DateTime Start,
    [property: Id(3)] DateTime End);

/// <summary>One line of a booking's price, excl. VAT.</summary>
[GenerateSerializer, Immutable]
public sealed record BookingPriceLine([property: Id(0)] string French, [property: Id(1)] string English, [property: Id(2)] long Cents);

/// <summary>A booking as its people see it; amounts in euro cents, instants UTC.</summary>
[GenerateSerializer, Immutable]
public sealed record BookingView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Reference,
    [property: Id(2)] Guid ResourceId,
    [property: Id(3)] Guid PlaceId,
    [property: Id(4)] int Seat,
    [property: Id(5)] int Seats,
    [property: Id(6)] DateTime Start,
    [property: Id(7)] DateTime End,
    [property: Id(8)] Guid PersonId,
    [property: Id(9)] Guid OrganisationId,
    [property: Id(10)] BookingState State,
    [property: Id(11)] BookingSettlement Settlement,
    [property: Id(12)] IReadOnlyList<BookingPriceLine> Price,
    [property: Id(13)] decimal VatRate,
    [property: Id(14)] long ExclTaxCents,
    [property: Id(15)] long TaxCents,
    [property: Id(16)] DateTime? HeldUntil,
    [property: Id(17)] Guid? InvoiceId)
{
    public long InclTaxCents => ExclTaxCents + TaxCents;

    internal static BookingView Of(Booking booking) => new(
        booking.Id, booking.Reference, booking.ResourceId, booking.PlaceId, booking.Seat, booking.Seats, booking.Start, booking.End, booking.PersonId,
        booking.OrganisationId, booking.State, booking.Settlement, booking.Price.Select(line => new BookingPriceLine(line.Label.French, line.Label.English, line.ExclTax.Cents)).ToList(),
        booking.VatRate, booking.ExclTax.Cents, booking.Tax.Cents, booking.HeldUntil, booking.InvoiceId);
}

/// <summary>A slot proposed instead of a refused one.</summary>
/// <param name="Km">From the place first asked for.</param>
[GenerateSerializer, Immutable]
public sealed record AlternativeView(
    [property: Id(0)] Guid ResourceId,
    [property: Id(1)] string Resource,
    [property: Id(2)] Guid PlaceId,
    [property: Id(3)] string Place,
    [property: Id(4)] double Km,
    [property: Id(5)] DateTime Start,
    [property: Id(6)] DateTime End);

/// <summary>The booking as it now is, or why not and what could be booked instead.</summary>
/// <param name="Alternatives">Filled when the slot is taken or the place closed, nearest first; same resource, then equal ones.</param>
[GenerateSerializer, Immutable]
public sealed record BookingOutcome(
    [property: Id(0)] BookingView? Booking,
    [property: Id(1)] Refusal? Refusal,
    [property: Id(2)] IReadOnlyList<AlternativeView> Alternatives)
{
    public bool IsDone => Refusal is null;
}
