using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>The money of an order: deposit, invoices, balance, and the workshops' shares.</summary>
public sealed partial class OrderGrain
{
    /// <summary>Capacity outlives the payment page by this much, for a payment in its last second.</summary>
    private static readonly TimeSpan AfterPage = TimeSpan.FromMinutes(2);

    /// <summary>No new payment page for a deposit is opened later than this after the order.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(90);

    private static readonly TimeSpan RetrySettling = TimeSpan.FromMinutes(10);

    public async Task<Outcome<string>> Pay(Guid personId)
    {
        await Continue();
        var (order, actor) = (await ReadAsync(), await actors.FindAsync(personId));
        if (order is null) return Outcome<string>.Refused(Reasons.Unknown);
        if (!IsCustomer(order, actor)) return Outcome<string>.Refused(Reasons.NotYours);
        if (order.State is not (OrderState.AwaitingDeposit or OrderState.AwaitingBalance)) return Outcome<string>.Refused(NothingDue);

        var due = order.State == OrderState.AwaitingDeposit ? order.Deposit : await BalanceDueAsync();
        if (due.Cents <= 0) return Outcome<string>.Refused(NothingDue);
        var page = await OpenPageAsync(order, due);
        // A payment recorded long ago, while the provider could not be reached, is refused by now and gone: the second is made for this moment.
        return page.IsDone || page.Refusal!.Code == HeldLongEnough.Code ? page : await OpenPageAsync(order, due);
    }

    private async Task<Outcome<string>> OpenPageAsync(Order order, Money due)
    {
        if (await OpenPaymentAsync(order, due) is not { } payment) return Outcome<string>.Refused(HeldLongEnough);
        KillPoints.Pass(KillPoints.PaymentRecorded);
        if (order.State == OrderState.AwaitingDeposit) await ExtendHoldsAsync(order, payment.ExpiresAt + AfterPage);
        return await GrainFactory.GetGrain<IPaymentGrain>(payment.Id).Open();
    }

    public async Task PaymentSucceeded(Guid paymentId)
    {
        var order = await ReadAsync() ?? throw new InvalidOperationException($"Payment {paymentId} names order {OrderId}, which does not exist.");
        await using var db = await databases.CreateDbContextAsync();
        var payment = await db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == paymentId);
        var books = GrainFactory.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db));

        if (payment.Purpose == PaymentPurpose.Balance)
        {
            await books.RecordBalance(OrderId, paymentId);
        }
        else if (order.State != OrderState.Cancelled && await IsTheDepositAsync(books, order, paymentId))
        {
            await books.RecordDeposit(OrderId, paymentId);
            KillPoints.Pass(KillPoints.DepositInvoiced);
            if (await books.FirstDeposit(OrderId) != paymentId)
            {
                // Another came in the same moment, in another program, and was first.
                await RefundLateAsync(books, payment);
                return;
            }

            await ChangeAsync((d, o) =>
            {
                if (o.State != OrderState.AwaitingDeposit) return;
                o.DepositPaid(clock.UtcNow());
                Tell(d, o, "deposit-paid", new Text("Acompte reçu", "Deposit received"), "");
                Audit(d, o, Actor.System, "deposit-paid", null, payment.Amount.ToString());
            });
            KillPoints.Pass(KillPoints.DepositPaid);
        }
        else
        {
            await RefundLateAsync(books, payment);
            return;
        }

        await Continue();
    }

    /// <summary>The deposit of an order is the first that was invoiced; while none is, the one that comes when it is awaited.</summary>
    private async Task<bool> IsTheDepositAsync(IBooksGrain books, Order order, Guid paymentId) =>
        await books.FirstDeposit(OrderId) is { } first ? first == paymentId : order.State == OrderState.AwaitingDeposit;

    /// <summary>Money that came when its order had fallen, or a second time: never kept without an order. Every step may be done again.</summary>
    private async Task RefundLateAsync(IBooksGrain books, Payment payment)
    {
        await books.RecordDeposit(OrderId, payment.Id);
        await GrainFactory.GetGrain<IPaymentGrain>(payment.Id).RefundAll("order-fallen");
        await ChangeAsync((d, o) =>
        {
            if (d.Set<OrderEvent>().Any(e => e.OrderId == o.Id && e.Kind == "refunded")) return;
            Tell(d, o, "refunded", new Text("Paiement arrivé trop tard : il vous est remboursé", "Payment arrived too late: it is refunded to you"), "");
        });
    }

    private async Task<Money> BalanceDueAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var invoice = await SaleDocuments.FinalInvoiceAsync(db, OrderId);
        if (invoice is null) return Money.Zero;
        var paid = await db.Set<Payment>().AsNoTracking()
            .Where(p => p.SubjectId == OrderId && p.Purpose == PaymentPurpose.Balance && (p.State == PaymentState.Succeeded || p.State == PaymentState.Processing))
            .ToListAsync();
        return paid.Aggregate(invoice.Payable, (left, p) => left - p.Amount);
    }

    /// <summary>
    /// The payment whose page is still open long enough, or a new one; the order's hold is stretched to outlive the page. Null when the order's capacity has
    /// been kept for long enough already: without an end, one who never pays could keep it from all others.
    /// </summary>
    private Task<Payment?> OpenPaymentAsync(Order order, Money due) => writer.WriteAsync<Payment?>(async (db, c) =>
    {
        var now = clock.UtcNow();
        var purpose = order.State == OrderState.AwaitingDeposit ? PaymentPurpose.Deposit : PaymentPurpose.Balance;
        var payment = await db.Set<Payment>()
            .Where(p => p.Subject == PaymentSubject.Order && p.SubjectId == OrderId && p.Purpose == purpose && p.ExpiresAt > now.AddMinutes(1)
                && (p.State == PaymentState.Created || p.State == PaymentState.Started || p.State == PaymentState.Processing))
            .OrderBy(p => p.Id)
            .FirstOrDefaultAsync(c);
        if (payment is not null && payment.Amount == due) return payment;
        if (order.State == OrderState.AwaitingDeposit && now > order.CreatedAt + LongestHold) return null;

        var wanted = order.State == OrderState.AwaitingDeposit ? order.HeldUntil!.Value : now.AddHours(1);
        payment = Payment.Create(PaymentSubject.Order, OrderId, purpose, due, CheckoutLifetime.Expiry(now, wanted), now);
        db.Add(payment);
        var row = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, c);
        row.ExtendHold(payment.ExpiresAt + AfterPage);
        return payment;
    });

    /// <summary>Closes every open payment page of the order; false when one of them was paid or is being paid.</summary>
    private async Task<bool> ClosePaymentsAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var payments = await db.Set<Payment>().AsNoTracking().Where(p => p.Subject == PaymentSubject.Order && p.SubjectId == OrderId).ToListAsync();
        foreach (var payment in payments.Where(p => p.State is not (PaymentState.Cancelled or PaymentState.Failed or PaymentState.Refunded)))
        {
            if (!await GrainFactory.GetGrain<IPaymentGrain>(payment.Id).Close()) return false;
        }

        return true;
    }

    /// <summary>Receipt signed: the final invoice, then each workshop's self-billed invoice.</summary>
    private async Task<bool> InvoiceAsync(Order order)
    {
        await using var db = await databases.CreateDbContextAsync();
        var books = GrainFactory.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db));
        await books.IssueFinal(OrderId);
        KillPoints.Pass(KillPoints.FinalInvoiced);
        foreach (var workOrder in order.LiveWorkOrders.OrderBy(w => w.Number, StringComparer.Ordinal))
        {
            await books.IssueSelfBilled(OrderId, workOrder.Id);
            KillPoints.Pass(KillPoints.OneWorkshopInvoiced);
        }

        var due = await BalanceDueAsync();
        await ChangeAsync((d, o) =>
        {
            if (o.State != OrderState.Received) return;
            o.Invoiced();
            Tell(d, o, "invoiced", new Text("Facture émise", "Invoice issued"), "");
            if (due.IsZero) o.BalancePaid(clock.UtcNow());
        });
        return true;
    }

    /// <summary>Transfers each workshop's self-billed invoice from the order's charges; done when all are with the workshops.</summary>
    private async Task<bool> SettleAsync(Order order)
    {
        await RecordTransfersAsync(order);
        KillPoints.Pass(KillPoints.TransferRecorded);
        relay.Wake();
        var complete = await ChangeAsync((db, o) =>
        {
            var now = clock.UtcNow();
            var invoices = db.Set<Invoice>().Where(i => i.OrderId == o.Id && i.Kind == DocumentKind.SelfBilled).Select(i => new { i.Id, i.InclTax }).ToList();
            var transfers = db.Set<WorkshopTransfer>().Where(t => t.OrderId == o.Id).ToList();
            var all = invoices.TrueForAll(i => transfers
                .Where(t => t.State == TransferState.Paid && db.Entry(t).Property<Guid>("InvoiceId").CurrentValue == i.Id)
                .Sum(t => t.Amount.Cents) == i.InclTax.Cents);
            if (o.State != OrderState.Settling) return false;
            if (all)
            {
                o.Settled();
                Tell(db, o, "completed", new Text("Tout le monde est payé", "Everybody is paid"), "");
            }
            else
            {
                o.LookAgain(now + RetrySettling);
            }

            return all;
        });
        return complete;
    }

    private Task RecordTransfersAsync(Order order) => writer.WriteAsync(async (db, c) =>
    {
        var now = clock.UtcNow();
        // The order's version decides between two programs that settle it at the same time: the later one reads the transfers of the first.
        var row = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == order.Id, c);
        if (row.State != OrderState.Settling) return;
        row.LookAgain(now + RetrySettling);
        var transfers = await db.Set<WorkshopTransfer>().Where(t => t.OrderId == order.Id).ToListAsync(c);
        var covered = transfers.Where(t => t.State != TransferState.Abandoned).Select(t => db.Entry(t).Property<Guid>("InvoiceId").CurrentValue).ToHashSet();
        var payments = await db.Set<Payment>().AsNoTracking().Where(p => p.Subject == PaymentSubject.Order && p.SubjectId == order.Id).OrderBy(p => p.Id).ToListAsync(c);
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(i => i.OrderId == order.Id && i.Kind == DocumentKind.SelfBilled).OrderBy(i => i.Id).ToListAsync(c);
        foreach (var invoice in invoices.Where(i => !covered.Contains(i.Id)))
        {
            var account = await db.Set<ConnectedAccount>().AsNoTracking().FirstOrDefaultAsync(a => a.OrganisationId == invoice.SellerId, c);
            if (account is not { CanReceive: true }) continue; // Its share waits until the workshop has finished its registration.
            var charges = payments.Select(p => SourceCharge.Of(p, transfers)).OfType<SourceCharge>().ToList();
            if (ShareSplit.Of(invoice.InclTax, charges) is not ShareSplitResult.Split split) continue;
            foreach (var part in split.Parts)
            {
                var transfer = WorkshopTransfer.Create(order.Id, order.Number, invoice.SellerId, account.StripeId!, part, now);
                transfers.Add(transfer);
                db.Add(transfer).Property("InvoiceId").CurrentValue = invoice.Id;
                db.Add(new OutboxMessage(TransferHandler.MessageKind, transfer.Id.ToString("N"), transfer.Id.ToString(), now));
            }
        }
    });

    private static Reason HeldLongEnough { get; } = new(
        "hold-over", "Les créneaux ont été gardés assez longtemps : ils sont rendus. Demandez un nouveau devis, cela prend un instant.",
        "The slots were kept long enough: they are given back. Ask for a new quote, it takes a moment.");

    private static Reason NothingDue { get; } = new("nothing-due", "Il n'y a rien à payer pour l'instant sur cette commande.", "There is nothing to pay on this order for now.");
}
