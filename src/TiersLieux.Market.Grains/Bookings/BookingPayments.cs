using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>The payment of a held booking, from its page to the invoice, or back to the payer.</summary>
public sealed class BookingPayments(
    IMarketWriter writer, IDbContextFactory<MarketDbContext> databases, IGrainFactory grains, ActorDirectory actors, SaleDocuments documents, TimeProvider clock) : IBookingPayments
{
    /// <summary>The hold outlives the page, so that a payment made in its last second still finds its time.</summary>
    private static readonly TimeSpan AfterPage = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(90);

    /// <summary>Opens the payment page of a held booking, or the one already open, and keeps the time until it closes.</summary>
    public async Task<Outcome<string>> OpenAsync(Guid bookingId, Guid actorId, CancellationToken cancellation = default)
    {
        var actor = await actors.FindAsync(actorId, cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var booking = await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == bookingId, cancellation);
        if (booking is null) return Outcome<string>.Refused(Reasons.Unknown);
        if (actor.IsAnonymous) return Outcome<string>.Refused(Reasons.SignIn);
        if (actor.PersonId != booking.PersonId && !actor.ActsFor(booking.OrganisationId)) return Outcome<string>.Refused(Reasons.NotYours);
        if (booking.State == BookingState.Cancelled) return Outcome<string>.Refused(BookingReasons.HoldExpired);
        if (booking.State != BookingState.Held) return Outcome<string>.Refused(BookingReasons.NothingToPay);

        if (await OpenPaymentAsync(booking, cancellation) is not { } payment) return Outcome<string>.Refused(BookingReasons.HoldExpired);
        var kept = await grains.GetGrain<IMachineGrain>(booking.ResourceId).KeepBooking(bookingId, payment.ExpiresAt + AfterPage);
        return kept.IsDone ? await grains.GetGrain<IPaymentGrain>(payment.Id).Open() : Outcome<string>.Refused(kept.Refusal!);
    }

    public async Task SucceededAsync(Payment payment, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var resource = await db.Set<Booking>().Where(b => b.Id == payment.SubjectId).Select(b => b.ResourceId).FirstAsync(cancellation);
        var outcome = await grains.GetGrain<IMachineGrain>(resource).BookingPaid(payment.SubjectId);
        KillPoints.Pass(KillPoints.BookingPaid);
        // Invoiced in either case: what is given back needs a document to take back.
        await grains.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db, cancellation)).IssueBooking(payment.SubjectId, payment.Id);
        if (!outcome.IsDone)
            await grains.GetGrain<IPaymentGrain>(payment.Id).RefundAll(outcome.Refusal!.Code);
    }

    /// <summary>The page that is open, or a new one; null when the time has been kept unpaid for long enough.</summary>
    private Task<Payment?> OpenPaymentAsync(Booking booking, CancellationToken cancellation) => writer.WriteAsync<Payment?>(async (db, c) =>
    {
        var now = clock.UtcNow();
        var open = await db.Set<Payment>()
            .Where(p => p.Subject == PaymentSubject.Booking && p.SubjectId == booking.Id && p.ExpiresAt > now.AddMinutes(1)
                && (p.State == PaymentState.Created || p.State == PaymentState.Started || p.State == PaymentState.Processing))
            .OrderBy(p => p.Id)
            .FirstOrDefaultAsync(c);
        if (open is not null) return open;
        if (now > booking.CreatedAt + LongestHold) return null;
        var payment = Payment.Create(PaymentSubject.Booking, booking.Id, PaymentPurpose.Booking, booking.InclTax, CheckoutLifetime.Expiry(now, now), now);
        db.Add(payment);
        return payment;
    }, cancellation);
}

/// <summary>Gives back what was paid for a cancelled booking, and closes a page that nobody should pay any more.</summary>
public sealed class BookingRefundHandler(IGrainFactory grains, IDbContextFactory<MarketDbContext> databases) : IOutboxHandler
{
    private async Task<bool> IsOpenAsync(Guid paymentId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<Payment>().AnyAsync(p => p.Id == paymentId && (p.State == PaymentState.Created || p.State == PaymentState.Started), cancellation);
    }

    public string Kind => MachineGrain.BookingRefund;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var bookingId = Guid.Parse(message.Payload);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var payments = await db.Set<Payment>().AsNoTracking()
            .Where(p => p.Subject == PaymentSubject.Booking && p.SubjectId == bookingId)
            .ToListAsync(cancellation);
        foreach (var payment in payments)
        {
            var grain = grains.GetGrain<IPaymentGrain>(payment.Id);
            if (payment.State is PaymentState.Succeeded) await grain.RefundAll("booking-cancelled");
            // Where it turns out to have been paid meanwhile, the payment's own message finds the booking cancelled and gives it back.
            else if (payment.State is PaymentState.Created or PaymentState.Started && !await grain.Close() && await IsOpenAsync(payment.Id, cancellation))
                throw new PaymentProviderUnavailableException("The payment page of a cancelled booking is still open.");
        }
    }
}
