using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Payments;

/// <summary>Tells the order or booking that its payment has arrived.</summary>
public sealed class PaymentSucceededHandler(IGrainFactory grains, IDbContextFactory<MarketDbContext> databases, IBookingPayments bookings) : IOutboxHandler
{
    public const string MessageKind = "payment-succeeded";

    public string Kind => MessageKind;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var id = Guid.Parse(message.Payload);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var payment = await db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == id, cancellation);
        if (payment.Subject == PaymentSubject.Booking) await bookings.SucceededAsync(payment, cancellation);
        else await grains.GetGrain<IOrderGrain>(payment.SubjectId).PaymentSucceeded(id);
    }
}

/// <summary>What a paid booking leads to; Bookings implements it.</summary>
public interface IBookingPayments
{
    Task SucceededAsync(Payment payment, CancellationToken cancellation);
}

/// <summary>Sends a workshop's share to the provider under its stored key, then posts it.</summary>
public sealed class TransferHandler(
    IGrainFactory grains, IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, IPaymentGateway gateway, SaleDocuments documents, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "transfer";

    public string Kind => MessageKind;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var id = Guid.Parse(message.Payload);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var transfer = await db.Set<WorkshopTransfer>().AsNoTracking().FirstAsync(t => t.Id == id, cancellation);
        if (transfer.State == TransferState.Created) await SendAsync(transfer, cancellation);
        await grains.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db)).RecordTransfer(id);
        await grains.GetGrain<IOrderGrain>(transfer.OrderId).Continue();
    }

    private async Task SendAsync(WorkshopTransfer transfer, CancellationToken cancellation)
    {
        var request = new TransferRequest(transfer.Operation, transfer.Id, transfer.AccountId, transfer.Amount, transfer.SourceChargeId, transfer.TransferGroup);
        switch (await gateway.Transfer(request, cancellation))
        {
            case GatewayResult<TransferFacts>.Done(var facts):
                KillPoints.Pass(KillPoints.TransferMadeAtProvider);
                await ChangeAsync(transfer.Id, t => t.Complete(facts.TransferId, clock.UtcNow()));
                KillPoints.Pass(KillPoints.TransferStored);
                return;
            case GatewayResult<TransferFacts>.Refused(var reason, _):
                await ChangeAsync(transfer.Id, t => t.PutOff(reason.Code, transfer.Operation.Value, clock.UtcNow()));
                throw new PaymentProviderUnavailableException(reason.English);
            case GatewayResult<TransferFacts>.Unavailable(var reason, _, _):
                throw new PaymentProviderUnavailableException(reason.English);
            default:
                throw new PaymentProviderUnavailableException("The transfer was declined.");
        }
    }

    private Task ChangeAsync(Guid id, Action<WorkshopTransfer> change) =>
        writer.WriteAsync(async (db, c) => change(await db.Set<WorkshopTransfer>().FirstAsync(t => t.Id == id, c)));
}

/// <summary>Sends a refund to the provider.</summary>
public sealed class RefundHandler(IGrainFactory grains) : IOutboxHandler
{
    public const string MessageKind = "refund";

    public string Kind => MessageKind;

    public Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var parts = message.Payload.Split(' ');
        return grains.GetGrain<IPaymentGrain>(Guid.Parse(parts[0])).SendRefund(Guid.Parse(parts[1]));
    }
}

/// <summary>
/// Handles a stored webhook. What it says may be late or stale, so it is only a hint which object to read again at the provider.
/// </summary>
public sealed class StripeEventHandler(IGrainFactory grains, IDbContextFactory<MarketDbContext> databases, PayoutDesk payouts, AccountDesk accounts) : IOutboxHandler
{
    public const string MessageKind = "stripe-event";

    public string Kind => MessageKind;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var stored = await db.Set<InboxMessage>().AsNoTracking().FirstAsync(m => m.Id == Guid.Parse(message.Payload), cancellation);
        using var document = JsonDocument.Parse(stored.Payload);
        var data = document.RootElement.GetProperty("data").GetProperty("object");
        var id = data.TryGetProperty("id", out var element) ? element.GetString() ?? "" : "";
        switch (stored.Type)
        {
            case var type when type.StartsWith("checkout.session.", StringComparison.Ordinal) || type.StartsWith("payment_intent.", StringComparison.Ordinal):
                if (await FindPaymentAsync(db, id, data, cancellation) is { } payment) await grains.GetGrain<IPaymentGrain>(payment).Refresh();
                break;
            case var type when type.StartsWith("payout.", StringComparison.Ordinal):
                var account = document.RootElement.TryGetProperty("account", out var connected) ? connected.GetString() : null;
                if (account is null) await payouts.ReadAsync(id, cancellation);
                break;
            case "account.updated":
                await accounts.ReadAsync(id, cancellation);
                break;
            default:
                break; // Kept in the inbox; nothing in the market follows from it.
        }
    }

    /// <summary>By the provider's id; or, where we were killed before storing that, by our own id in the metadata.</summary>
    private static async Task<Guid?> FindPaymentAsync(MarketDbContext db, string id, JsonElement data, CancellationToken cancellation)
    {
        var known = await db.Set<Payment>().Where(p => p.CheckoutSessionId == id || p.PaymentIntentId == id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancellation);
        if (known is not null) return known;
        if (!data.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("payment", out var ours) || !Guid.TryParse(ours.GetString(), out var payment)) return null;
        return await db.Set<Payment>().AnyAsync(p => p.Id == payment, cancellation) ? payment : null;
    }
}
