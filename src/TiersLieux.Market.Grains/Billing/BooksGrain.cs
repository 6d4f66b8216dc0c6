using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Billing;

public sealed partial class BooksGrain(
    IMarketWriter writer, IDbContextFactory<MarketDbContext> databases, SaleDocuments documents, ActorDirectory actors, IEnumerable<IStatementReader> statementReaders,
    TimeProvider clock) : Grain, IBooksGrain
{
    private const int Attempts = 5;

    private Guid EntityId => this.GetPrimaryKey();

    private DateOnly Today => ParisTime.DateOf(clock.UtcNow());

    public async Task<Guid?> FirstDeposit(Guid orderId)
    {
        await using var db = await databases.CreateDbContextAsync();
        var key = await db.Set<Invoice>().Where(i => i.OrderId == orderId && i.Kind == DocumentKind.Deposit)
            .OrderBy(i => i.Year).ThenBy(i => i.Sequence).Select(i => EF.Property<string>(i, Storage.Model.OperationKey.Name)).FirstOrDefaultAsync();
        return key is null ? null : Guid.Parse(key.AsSpan(DepositPrefix.Length));
    }

    public Task RecordDeposit(Guid orderId, Guid paymentId) => BookAsync(async register =>
    {
        var payment = await register.Db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == paymentId);
        var order = await register.Db.Set<Order>().AsNoTracking().FirstAsync(o => o.Id == orderId);
        if (await register.FindInvoiceAsync(DepositKey(paymentId)) is not { } invoice)
        {
            invoice = await register.IssueAsync(DepositKey(paymentId), await documents.DepositDraftAsync(register.Db, order, Today, default), EntityId);
            await register.PostAsync($"document:{invoice.Id:N}", PostingEvents.Document(invoice));
            MailOutbox.Invoice(register.Db, invoice, clock.UtcNow());
        }

        await PostPaymentAsync(register, invoice, payment, Money.Zero);
    });

    public Task RecordRefund(Guid refundId) => BookAsync(async register =>
    {
        var refund = await register.Db.Set<Refund>().AsNoTracking().FirstAsync(r => r.Id == refundId);
        if (refund.State is not (RefundState.Pending or RefundState.Succeeded)) return; // It failed: the customer has nothing back.
        var payment = await register.Db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == refund.PaymentId);
        var original = payment.Subject == PaymentSubject.Booking ? BookingKey(payment.SubjectId) : DepositKey(payment.Id);
        // Whoever took the money is about to issue it, or will be when asked again: until then this waits.
        if (await register.FindInvoiceAsync(original) is not { } invoice) throw new InvalidOperationException($"The document that refund {refundId} takes back is not issued yet.");
        var key = $"credit:{refund.Id:N}";
        if (await register.FindInvoiceAsync(key) is not null) return;
        var note = await register.IssueAsync(key, Documents.Credit(invoice, Today), EntityId);
        await register.PostAsync($"document:{note.Id:N}", PostingEvents.Document(note, originalPaid: true));
        await register.PostAsync($"refund:{refund.Id:N}", PostingEvents.Refund(note, new Movement(refund.Amount, Today, refund.StripeId ?? refund.IdempotencyKey, refund.Id)));
        MailOutbox.Invoice(register.Db, note, clock.UtcNow());
    });

    public Task IssueFinal(Guid orderId) => BookAsync(async register =>
    {
        var key = $"final:{orderId:N}";
        if (await register.FindInvoiceAsync(key) is not null) return;
        var order = await register.Db.Set<Order>().AsNoTracking().FirstAsync(o => o.Id == orderId);
        var invoice = await register.IssueAsync(key, await documents.FinalDraftAsync(register.Db, order, Today, default), EntityId);
        await register.PostAsync($"document:{invoice.Id:N}", PostingEvents.Document(invoice));
        MailOutbox.Invoice(register.Db, invoice, clock.UtcNow());
    });

    public Task IssueSelfBilled(Guid orderId, Guid workOrderId) => BookAsync(async register =>
    {
        var key = $"self-billed:{workOrderId:N}";
        if (await register.FindInvoiceAsync(key) is not null) return;
        var order = await register.Db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Id == orderId);
        var work = order.WorkOrders.First(w => w.Id == workOrderId);
        if (work.Share.IsZero) return;
        var invoice = await register.IssueAsync(key, await documents.SelfBilledDraftAsync(register.Db, order, work, Today, default), EntityId);
        await register.PostAsync($"document:{invoice.Id:N}", PostingEvents.Document(invoice));
        MailOutbox.Invoice(register.Db, invoice, clock.UtcNow());
    });

    public async Task RecordBalance(Guid orderId, Guid paymentId)
    {
        await BookAsync(async register =>
        {
            var invoice = await SaleDocuments.FinalInvoiceAsync(register.Db, orderId) ?? throw new InvalidOperationException($"Order {orderId} has a balance payment and no final invoice.");
            var payment = await register.Db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == paymentId);
            var before = await PaidAsync(register.Db, orderId, paymentId);
            await PostPaymentAsync(register, invoice, payment, before);
            var order = await register.Db.Set<Order>().FirstAsync(o => o.Id == orderId);
            if (order.State != OrderState.AwaitingBalance || before + payment.Amount < invoice.Payable) return;
            order.BalancePaid(clock.UtcNow());
            register.Db.Add(new OrderEvent(Guid.CreateVersion7(), orderId, clock.UtcNow(), "balance-paid", new Text("Solde reçu", "Balance received"), ""));
        });
        KillPoints.Pass(KillPoints.BalancePaid);
    }

    public Task RecordTransfer(Guid transferId) => BookAsync(async register =>
    {
        var transfer = await register.Db.Set<WorkshopTransfer>().FirstAsync(t => t.Id == transferId);
        if (transfer.State != TransferState.Paid) return;
        var invoiceId = register.Db.Entry(transfer).Property<Guid>("InvoiceId").CurrentValue;
        var invoice = await register.Db.Set<Invoice>().AsNoTracking().FirstAsync(i => i.Id == invoiceId);
        var earlier = await register.Db.Set<WorkshopTransfer>().AsNoTracking()
            .Where(t => EF.Property<Guid>(t, "InvoiceId") == invoiceId && t.State == TransferState.Paid && t.Id.CompareTo(transferId) < 0).ToListAsync();
        await register.PostAsync(
            $"transfer:{transferId:N}",
            PostingEvents.Transfer(invoice, new Movement(transfer.Amount, DateOf(transfer.SettledAt), transfer.StripeId!, transfer.Id), earlier.Aggregate(Money.Zero, (sum, t) => sum + t.Amount)));
    });

    public Task RecordPayout(Guid payoutId) => BookAsync(async register =>
    {
        var payout = await register.Db.Set<Payout>().AsNoTracking().FirstAsync(p => p.Id == payoutId);
        if (payout.State is PayoutState.Failed or PayoutState.Cancelled) return; // It left the balance when it was made, days before it arrives.
        await register.PostAsync($"payout:{payoutId:N}", PostingEvents.PayoutLeft(EntityId, new Movement(payout.Amount, ParisTime.DateOf(payout.CreatedAt), payout.StripeId, payout.Id)));
    });

    public async Task IssueBooking(Guid bookingId, Guid? paymentId)
    {
        await BookAsync(async register =>
        {
            var booking = await register.Db.Set<Booking>().FirstAsync(b => b.Id == bookingId);
            var key = BookingKey(bookingId);
            var payment = paymentId is { } id ? await register.Db.Set<Payment>().AsNoTracking().FirstAsync(p => p.Id == id) : null;
            if (await register.FindInvoiceAsync(key) is not { } invoice)
            {
                var resource = await register.Db.Set<Resource>().AsNoTracking().FirstAsync(r => r.Id == booking.ResourceId);
                invoice = await register.IssueAsync(key, await documents.BookingDraftAsync(register.Db, booking, resource.Name, payment is not null, Today, default), EntityId);
                await register.PostAsync($"document:{invoice.Id:N}", PostingEvents.Document(invoice, isBooking: true, axes: new Axes { PlaceId = booking.PlaceId }));
                booking.Billed(invoice.Id);
                MailOutbox.Invoice(register.Db, invoice, clock.UtcNow());
            }

            if (payment is not null) await PostPaymentAsync(register, invoice, payment, Money.Zero);
        });
        KillPoints.Pass(KillPoints.BookingInvoiced);
    }

    private async Task PostPaymentAsync(Register register, Invoice invoice, Payment payment, Money before)
    {
        var date = DateOf(payment.SettledAt);
        await register.PostAsync($"payment:{payment.Id:N}", PostingEvents.Payment(invoice, new Movement(payment.Amount, date, payment.ChargeId!, payment.Id), before));
        if (payment.Fee is { IsZero: false } fee)
            await register.PostAsync($"fee:{payment.Id:N}", PostingEvents.StripeFee(EntityId, new Movement(fee, date, payment.ChargeId!, payment.Id), Money.Zero));
    }

    private static async Task<Money> PaidAsync(MarketDbContext db, Guid orderId, Guid except)
    {
        var posted = await db.Set<Payment>().AsNoTracking()
            .Where(p => p.SubjectId == orderId && p.Purpose == PaymentPurpose.Balance && p.Id != except && p.State == PaymentState.Succeeded
                && db.Set<JournalEntry>().Any(e => e.DocumentId == p.Id)).ToListAsync();
        return posted.Aggregate(Money.Zero, (sum, p) => sum + p.Amount);
    }

    private DateOnly DateOf(DateTime? instant) => instant is { } at ? ParisTime.DateOf(at) : Today;

    private static string BookingKey(Guid bookingId) => $"booking:{bookingId:N}";

    private const string DepositPrefix = "deposit:";

    private static string DepositKey(Guid paymentId) => $"{DepositPrefix}{paymentId:N}";

    /// <summary>
    /// One unit of work on the books. A second program on the same database may draw the same number: its commit is refused by the series' version or a
    /// unique key, and the whole is done again on what is there by then.
    /// </summary>
    private async Task BookAsync(Func<Register, Task> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await writer.WriteAsync((db, _) => work(new Register(db, clock)));
                return;
            }
            catch (Exception exception) when (attempt < Attempts && (StorageErrors.IsConflict(exception) || StorageErrors.IsDuplicate(exception)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)));
            }
        }
    }
}
