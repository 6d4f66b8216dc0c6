using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

public enum BookingState
{
    /// <summary>Kept five minutes while the card is paid.</summary>
    Held,
    Booked,
    CheckedIn,
    CheckedOut,
    Billed,
    Cancelled,
    NoShow,
}

public enum BookingSettlement
{
    Card,

    /// <summary>On the organisation's monthly account.</summary>
    Account,
}

/// <summary>One line of the explained price.</summary>
public sealed record PriceLine(Text Label, Money ExclTax);

/// <summary>A member's time on a machine, a seat or a session; the tariff is frozen at booking.</summary>
public sealed class Booking
{
    private Booking() { }

    public Booking(
        Guid id, string reference, Guid resourceId, Guid placeId, int seat, int seats, Interval time, Guid personId, Guid organisationId,
        BookingSettlement settlement, IReadOnlyList<PriceLine> price, decimal vatRate, Money exclTax, Money tax, DateTime now, DateTime? heldUntil)
    {
        Id = id;
        Reference = reference;
        ResourceId = resourceId;
        PlaceId = placeId;
        Seat = seat;
        Seats = seats;
        Start = time.Start;
        End = time.End;
        PersonId = personId;
        OrganisationId = organisationId;
        Settlement = settlement;
        Price = price;
        VatRate = vatRate;
        ExclTax = exclTax;
        Tax = tax;
        CreatedAt = now;
        HeldUntil = heldUntil;
        State = heldUntil is null ? BookingState.Booked : BookingState.Held;
    }

    public Guid Id { get; private set; }

    /// <summary>RES-2026-000123.</summary>
    public string Reference { get; private set; } = "";

    public Guid ResourceId { get; private set; }

    public Guid PlaceId { get; private set; }

    /// <summary>Its lowest seat; the occupations name them all.</summary>
    public int Seat { get; private set; }

    /// <summary>How many seats it takes.</summary>
    public int Seats { get; private set; }

    public DateTime Start { get; private set; }

    public DateTime End { get; private set; }

    public Interval Time => new(Start, End);

    public Guid PersonId { get; private set; }

    public Guid OrganisationId { get; private set; }

    public BookingState State { get; private set; }

    public BookingSettlement Settlement { get; private set; }

    public IReadOnlyList<PriceLine> Price { get; private set; } = [];

    public decimal VatRate { get; private set; }

    public Money ExclTax { get; private set; }

    public Money Tax { get; private set; }

    public Money InclTax => ExclTax + Tax;

    public DateTime CreatedAt { get; private set; }

    public DateTime? HeldUntil { get; private set; }

    public DateTime? CheckedInAt { get; private set; }

    public DateTime? CheckedOutAt { get; private set; }

    /// <summary>The invoice that bills it, once issued.</summary>
    public Guid? InvoiceId { get; private set; }

    public int Version { get; private set; }

    public bool TakesTime => State is not (BookingState.Cancelled or BookingState.NoShow);

    /// <summary>Its hold has run out without being paid; what it held may be claimed by anybody.</summary>
    public bool IsExpired(DateTime now) => State == BookingState.Held && HeldUntil <= now;

    /// <summary>Keeps a hold until a later deadline, while a payment is under way.</summary>
    public void Keep(DateTime until)
    {
        if (State == BookingState.Held && HeldUntil < until) HeldUntil = until;
    }

    /// <param name="seat">The lowest of the seats it now has for good.</param>
    public void Paid(int seat)
    {
        if (State != BookingState.Held) return;
        Seat = seat;
        State = BookingState.Booked;
        HeldUntil = null;
    }

    /// <summary>Why it cannot be moved any more, or null.</summary>
    public Reason? CheckMovable() => State is BookingState.Held or BookingState.Booked ? null : Started();

    public void Move(Interval time, int seat, IReadOnlyList<PriceLine> price, Money exclTax, Money tax)
    {
        Start = time.Start;
        End = time.End;
        Seat = seat;
        Price = price;
        ExclTax = exclTax;
        Tax = tax;
    }

    public Reason? Cancel()
    {
        if (State == BookingState.Cancelled) return null;
        if (State is not (BookingState.Held or BookingState.Booked)) return Started();
        if (InvoiceId is not null && Settlement == BookingSettlement.Account)
            return new Reason("already-invoiced", "Cette réservation est déjà facturée sur le compte. Demandez un avoir au trésorier.", "This booking is invoiced on the account already. Ask the treasurer for a credit note.");
        State = BookingState.Cancelled;
        HeldUntil = null;
        return null;
    }

    public Reason? CheckIn(DateTime now)
    {
        if (State == BookingState.CheckedIn) return null;
        if (State == BookingState.Held)
            return new Reason("not-paid", "Cette réservation n'est pas encore payée. Payez-la, puis signalez votre arrivée.", "This booking is not paid yet. Pay it, then check in.");
        if (State != BookingState.Booked) return Started();
        State = BookingState.CheckedIn;
        CheckedInAt = now;
        return null;
    }

    public Reason? CheckOut(DateTime now)
    {
        if (State is BookingState.CheckedOut or BookingState.Billed) return null;
        if (State != BookingState.CheckedIn)
            return new Reason("not-checked-in", "Signalez d'abord votre arrivée.", "Check in first.");
        // One paid by card has its invoice since it was paid.
        State = InvoiceId is null ? BookingState.CheckedOut : BookingState.Billed;
        CheckedOutAt = now;
        return null;
    }

    public void Billed(Guid invoiceId)
    {
        InvoiceId = invoiceId;
        if (State == BookingState.CheckedOut) State = BookingState.Billed;
    }

    private static Reason Started() => new(
        "booking-moved-on",
        "Cette réservation ne peut plus être changée : elle a commencé, est terminée ou annulée.",
        "This booking can no longer be changed: it has started, ended or been cancelled.");
}
