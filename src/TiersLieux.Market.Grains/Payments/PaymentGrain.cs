using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Payments;

/// <summary>Where the market's own pages are, as the payer's browser reaches them.</summary>
public sealed class PublicAddress
{
    public Uri Root { get; set; } = new("http://127.0.0.1:5080");
}

public sealed class PaymentGrain(
    IMarketWriter writer,
    IDbContextFactory<MarketDbContext> databases,
    IPaymentGateway gateway,
    IOptions<PublicAddress> address,
    SaleDocuments documents,
    OutboxRelay relay,
    TimeProvider clock) : Grain, IPaymentGrain
{
    private Guid PaymentId => this.GetPrimaryKey();

    public async Task<Outcome<string>> Open()
    {
        var payment = await ReadAsync();
        if (payment.CheckoutUrl is { } known && payment.State is PaymentState.Started) return Outcome<string>.Done(known);
        if (payment.State is not (PaymentState.Created or PaymentState.Started))
            return Outcome<string>.Refused(new Reason("payment-under-way", "Un paiement est déjà en cours. Attendez sa réponse, la page se mettra à jour.", "A payment is already under way. Wait for its outcome, the page will follow."));

        var result = await gateway.StartCheckout(await RequestAsync(payment));
        KillPoints.Pass(KillPoints.CheckoutOpenedAtProvider);
        switch (result)
        {
            case GatewayResult<CheckoutPage>.Done(var page):
                await ChangeAsync((_, p) => p.Start(page.SessionId, page.Url));
                KillPoints.Pass(KillPoints.CheckoutStored);
                return Outcome<string>.Done(page.Url);
            case GatewayResult<CheckoutPage>.Declined(var reason, _):
                return Outcome<string>.Refused(reason);
            case GatewayResult<CheckoutPage>.Refused(var reason, _):
                // It will be refused whenever it is asked (its page would close too soon, for one): nobody can pay it, the next one is another.
                await ChangeAsync((_, p) => p.Cancel());
                return Outcome<string>.Refused(reason);
            case GatewayResult<CheckoutPage>.Unavailable(var reason, _, _):
                return Outcome<string>.Refused(reason);
            default:
                throw new InvalidOperationException("A gateway result that is none.");
        }
    }

    public async Task Refresh()
    {
        if ((await ReadAsync()).CheckoutSessionId is null) await Open(); // The stored key finds the page that we were killed before storing.
        if ((await ReadAsync()).CheckoutSessionId is not { } session) throw new PaymentProviderUnavailableException("The payment's page is not known yet.");
        switch (await gateway.ReadCheckout(session))
        {
            case GatewayResult<CheckoutFacts>.Done(var facts):
                await RecordAsync(facts);
                return;
            case GatewayResult<CheckoutFacts>.Unavailable(var reason, _, _):
                throw new PaymentProviderUnavailableException(reason.English);
            default:
                return;
        }
    }

    public async Task<bool> Close()
    {
        var payment = await ReadAsync();
        if (payment.State is PaymentState.Cancelled or PaymentState.Failed && payment.CheckoutSessionId is null) return true;
        if (payment.State is PaymentState.Succeeded or PaymentState.Refunding) return false;
        if (payment.CheckoutSessionId is null)
        {
            // The provider may know of a page that we never heard of: the stored key finds it again. Where it refuses, there is none, and never was one
            // whose address we gave to anybody.
            switch (await gateway.StartCheckout(await RequestAsync(payment)))
            {
                case GatewayResult<CheckoutPage>.Done(var page):
                    await ChangeAsync((_, p) => p.Start(page.SessionId, page.Url));
                    payment = await ReadAsync();
                    break;
                case GatewayResult<CheckoutPage>.Refused:
                    await ChangeAsync((_, p) => p.Cancel());
                    return true;
                default:
                    return false;
            }
        }

        if (await gateway.CloseCheckout(payment.CheckoutSessionId!) is not GatewayResult<CheckoutFacts>.Done(var facts)) return false;
        await RecordAsync(facts);
        return facts.State is CheckoutState.Expired or CheckoutState.Failed;
    }

    public async Task RefundAll(string motive)
    {
        await ChangeAsync((db, payment) =>
        {
            if (payment.Refundable.IsZero) return;
            if (payment.BeginRefund(payment.Refundable, motive, clock.UtcNow()) is not RefundResult.Begun begun) return;
            db.Add(begun.Refund);
            db.Add(new OutboxMessage(RefundHandler.MessageKind, begun.Refund.Id.ToString("N"), $"{payment.Id} {begun.Refund.Id}", clock.UtcNow()));
            db.Add(new AuditEntry(clock.UtcNow(), Guid.Empty, "système", "payment", payment.Id, "refund", null, begun.Refund.Amount.ToString()));
        });
        KillPoints.Pass(KillPoints.RefundRecorded);
        relay.Wake();
    }

    public async Task SendRefund(Guid refundId)
    {
        await using var db = await databases.CreateDbContextAsync();
        var refund = await db.Set<Refund>().AsNoTracking().FirstAsync(r => r.Id == refundId);
        if (refund.State == RefundState.Created) await GiveBackAsync(refund);
        // Also when an earlier attempt ended between the provider's answer and the books: they enter it once.
        await GrainFactory.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db)).RecordRefund(refundId);
    }

    /// <summary>Has the provider make a refund and stores its answer; throws when it must be tried again.</summary>
    private async Task GiveBackAsync(Refund refund)
    {
        switch (await gateway.Refund(new RefundRequest(refund.Operation, refund.Id, refund.ChargeId, refund.Amount)))
        {
            case GatewayResult<RefundFacts>.Done(var facts):
                KillPoints.Pass(KillPoints.RefundMadeAtProvider);
                await writer.WriteAsync(async (write, c) =>
                {
                    var payment = await write.Set<Payment>().FirstAsync(p => p.Id == PaymentId, c);
                    var row = await write.Set<Refund>().FirstAsync(r => r.Id == refund.Id, c);
                    payment.RecordRefund(row, facts, clock.UtcNow());
                });
                KillPoints.Pass(KillPoints.RefundStored);
                return;
            case GatewayResult<RefundFacts>.Refused(var reason, _):
                await writer.WriteAsync(async (write, c) => (await write.Set<Refund>().FirstAsync(r => r.Id == refund.Id, c)).PutOff(reason.Code, refund.Operation.Value, clock.UtcNow()));
                throw new PaymentProviderUnavailableException(reason.English);
            case GatewayResult<RefundFacts>.Unavailable(var reason, _, _):
                throw new PaymentProviderUnavailableException(reason.English);
            default:
                throw new PaymentProviderUnavailableException("The refund was declined.");
        }
    }

    private async Task RecordAsync(CheckoutFacts facts)
    {
        var change = await writer.WriteAsync(async (db, c) =>
        {
            var payment = await db.Set<Payment>().FirstAsync(p => p.Id == PaymentId, c);
            var before = payment.State;
            StateChange change = facts switch
            {
                { State: CheckoutState.Paid, Charge: { } charge } => payment.Succeed(charge, clock.UtcNow()),
                { State: CheckoutState.Processing, PaymentIntentId: { } intent } => payment.Process(intent),
                { State: CheckoutState.Failed } => payment.Fail(facts.FailureCode),
                { State: CheckoutState.Expired } => payment.Cancel(),
                _ => payment.Start(facts.SessionId, payment.CheckoutUrl ?? ""),
            };
            if (change is StateChange.Refused(var reason))
                throw new InvalidOperationException($"Payment {PaymentId} stands otherwise at the provider: {reason.English}");
            if (change is StateChange.Changed)
                db.Add(new AuditEntry(clock.UtcNow(), Guid.Empty, "système", "payment", payment.Id, "state", before.ToString(), payment.State.ToString()));
            // Whoever waits for the money is told by the relay too, in case we are killed before telling them ourselves.
            if (payment.State == PaymentState.Succeeded && before != PaymentState.Succeeded)
                db.Add(new OutboxMessage(PaymentSucceededHandler.MessageKind, payment.Id.ToString("N"), payment.Id.ToString(), clock.UtcNow()));
            return change;
        });
        if (change is StateChange.Changed && facts.State == CheckoutState.Paid)
        {
            KillPoints.Pass(KillPoints.PaymentSucceeded);
            relay.Wake();
        }
    }

    private async Task<CheckoutRequest> RequestAsync(Payment payment)
    {
        await using var db = await databases.CreateDbContextAsync();
        return payment.Subject == PaymentSubject.Booking ? await BookingRequestAsync(db, payment) : await OrderRequestAsync(db, payment);
    }

    private async Task<CheckoutRequest> OrderRequestAsync(MarketDbContext db, Payment payment)
    {
        var order = await db.Set<Order>().AsNoTracking().FirstAsync(o => o.Id == payment.SubjectId);
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == order.PersonId);
        var label = payment.Purpose == PaymentPurpose.Deposit ? $"Acompte de la commande {order.Number}" : $"Solde de la commande {order.Number}";
        return new CheckoutRequest(
            payment.Operation, payment.Id, order.Number, [new CheckoutLine(label, payment.Amount)], person.Email,
            new Uri(address.Value.Root, $"/commandes/{order.Number}?paiement=ok"), new Uri(address.Value.Root, $"/commandes/{order.Number}?paiement=annule"), payment.ExpiresAt, Language: person.Language);
    }

    private async Task<CheckoutRequest> BookingRequestAsync(MarketDbContext db, Payment payment)
    {
        var booking = await db.Set<Booking>().AsNoTracking().FirstAsync(b => b.Id == payment.SubjectId);
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == booking.PersonId);
        return new CheckoutRequest(
            payment.Operation, payment.Id, booking.Reference, [new CheckoutLine($"Réservation {booking.Reference}", payment.Amount)], person.Email,
            new Uri(address.Value.Root, $"/reservations/{booking.Reference}?paiement=ok"), new Uri(address.Value.Root, $"/reservations/{booking.Reference}?paiement=annule"), payment.ExpiresAt, Language: person.Language);
    }

    private async Task<Payment> ReadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == PaymentId);
    }

    private Task ChangeAsync(Action<MarketDbContext, Payment> change) => writer.WriteAsync(async (db, c) => change(db, await db.Set<Payment>().FirstAsync(p => p.Id == PaymentId, c)));
}

/// <summary>The provider did not settle it; the relay tries again.</summary>
public sealed class PaymentProviderUnavailableException(string message) : Exception(message);
