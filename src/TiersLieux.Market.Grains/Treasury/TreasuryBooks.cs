using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>The books of one legal person, to read; opened by <see cref="TreasuryDesk"/>.</summary>
public sealed partial class TreasuryBooks
{
    public const int PageSize = 50;

    private readonly IDbContextFactory<MarketDbContext> _databases;
    private readonly Guid _entityId;

    internal TreasuryBooks(IDbContextFactory<MarketDbContext> databases, Guid entityId) => (_databases, _entityId) = (databases, entityId);

    public async Task<TreasuryOverview> OverviewAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var open = await BooksGrain.ProposeAsync(db, _entityId, tracked: false);
        var unpaid = await OpenItems.InvoicesAsync(db, _entityId, null, cancellation);
        return new TreasuryOverview(
            open.Count, open.Count(p => p.Certain is not null || p.Suggestions.Count > 0),
            await db.Set<OutboxMessage>().CountAsync(m => m.DeadAt != null, cancellation),
            unpaid.Count, new Money(unpaid.Sum(i => i.Due.Cents)),
            await OpenItems.PayoutsAsync(db, cancellation), await AccountsAsync(db, cancellation),
            await db.Set<BankStatement>().AsNoTracking().Where(s => s.EntityId == _entityId).OrderByDescending(s => s.ClosingDate).ThenByDescending(s => s.Id).FirstOrDefaultAsync(cancellation));
    }

    /// <summary>Open lines with what is proposed, and the last matches.</summary>
    public async Task<ReconciliationView> ReconciliationAsync(int matched = PageSize, CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var open = await BooksGrain.ProposeAsync(db, _entityId, tracked: false);
        var done = db.Set<Match>().AsNoTracking().Where(m => m.UndoneAt == null)
            .Join(db.Set<BankLine>().Where(l => l.EntityId == _entityId), m => m.BankLineId, l => l.Id, (m, l) => new { Match = m, Line = l });
        var last = await done.OrderByDescending(x => x.Match.Id).Take(matched).ToListAsync(cancellation);
        var rows = new List<MatchedLine>();
        foreach (var pair in last) rows.Add(new MatchedLine(pair.Line, pair.Match, await WithAsync(db, pair.Match, cancellation)));
        return new ReconciliationView(open, rows, await done.CountAsync(cancellation));
    }

    public async Task<IReadOnlyList<StatementRow>> StatementsAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var statements = await db.Set<BankStatement>().AsNoTracking().Include(s => s.Lines).Where(s => s.EntityId == _entityId)
            .OrderByDescending(s => s.ClosingDate).ThenByDescending(s => s.Id).Take(200).ToListAsync(cancellation);
        return [.. statements.Select(s => new StatementRow(s, s.Closing - s.Opening, s.Lines.Count, s.Lines.Count(l => l.State == BankLineState.Open)))];
    }

    /// <summary>A bank line's statement, or the statement itself.</summary>
    public async Task<BankStatement?> StatementAsync(Guid statementOrLine, CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return await db.Set<BankStatement>().AsNoTracking().Include(s => s.Lines)
            .FirstOrDefaultAsync(s => s.EntityId == _entityId && (s.Id == statementOrLine || s.Lines.Any(l => l.Id == statementOrLine)), cancellation);
    }

    public async Task<IReadOnlyList<Payout>> PayoutsAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return await db.Set<Payout>().AsNoTracking().IgnoreAutoIncludes().Where(p => p.AccountId == null)
            .OrderByDescending(p => p.ArrivalDate).ThenByDescending(p => p.Id).Take(200).ToListAsync(cancellation);
    }

    /// <summary>Which payouts no statement has shown yet.</summary>
    public async Task<HashSet<Guid>> PayoutsOnTheirWayAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return [.. (await OpenItems.PayoutsAsync(db, cancellation)).Select(p => p.Id)];
    }

    /// <summary>A payout down to the orders its money comes from.</summary>
    public async Task<PayoutView?> PayoutAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        if (await db.Set<Payout>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.AccountId == null, cancellation) is not { } payout) return null;
        var movements = new List<PayoutMovement>();
        foreach (var line in payout.Lines.OrderBy(l => l.CreatedAt).ThenBy(l => l.BalanceTransactionId, StringComparer.Ordinal))
        {
            var (subject, purpose) = await SubjectAsync(db, line, cancellation);
            var of = subject is null ? null : await OrderOrBookingAsync(db, subject.Value, cancellation);
            var invoice = line.LinkedSubject == MovementSubject.Transfer
                ? await ShareInvoiceAsync(db, line.LinkedId, cancellation)
                : subject is null ? null : await InvoiceOfAsync(db, subject.Value, purpose, cancellation);
            movements.Add(new PayoutMovement(line, of, invoice));
        }

        var match = await db.Set<Match>().AsNoTracking().FirstOrDefaultAsync(m => m.UndoneAt == null && m.CandidateKind == CandidateKind.Payout && m.CandidateId == id, cancellation);
        var onBank = match is null ? null : new MatchedLine(await db.Set<BankLine>().AsNoTracking().FirstAsync(l => l.Id == match.BankLineId, cancellation), match, null);
        return new PayoutView(payout, movements, onBank);
    }

    /// <summary>Issued documents, newest first: the consortium's own, and those it writes for the workshops.</summary>
    public async Task<Paged<InvoiceRow>> InvoicesAsync(bool onlyUnpaid, int page, CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var due = (await OpenItems.InvoicesAsync(db, _entityId, null, cancellation)).ToDictionary(i => i.Invoice.Id, i => i.Due);
        var unpaid = due.Keys.ToArray();
        var all = db.Set<Invoice>().AsNoTracking().IgnoreAutoIncludes()
            .Where(i => (i.SellerId == _entityId || i.BuyerId == _entityId) && (!onlyUnpaid || unpaid.Contains(i.Id)));
        var count = await all.CountAsync(cancellation);
        var (number, pages) = PageOf(page, count);
        var items = await all.OrderByDescending(i => i.Id).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var orderIds = items.Select(i => i.OrderId).OfType<Guid>().Distinct().ToArray();
        var orders = await db.Set<Order>().Where(o => orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Number, cancellation);
        return new Paged<InvoiceRow>(
            [.. items.Select(i => new InvoiceRow(i, due.TryGetValue(i.Id, out var left) ? left : null, i.OrderId is { } o && orders.TryGetValue(o, out var n) ? new Related(RelatedKind.Order, n, n) : null))],
            number, pages, count);
    }

    /// <summary>Messages that the relay gave up, newest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> DeadMessagesAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.DeadAt != null).OrderByDescending(m => m.DeadAt).Take(200).ToListAsync(cancellation);
    }

    private static (int Page, int Pages) PageOf(int page, int count)
    {
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        return (Math.Clamp(page, 1, pages), pages);
    }

    private static async Task<Related?> WithAsync(MarketDbContext db, Match match, CancellationToken cancellation) => match.CandidateKind switch
    {
        CandidateKind.Payout => new Related(RelatedKind.Payout, match.CandidateReference, match.CandidateId.ToString()),
        CandidateKind.Invoice => await db.Set<Invoice>().IgnoreAutoIncludes().Where(i => i.Id == match.CandidateId).Select(i => new Related(RelatedKind.Invoice, i.Number, i.Number)).FirstOrDefaultAsync(cancellation),
        _ => null,
    };

    private static async Task<(Guid? Subject, PaymentPurpose? Purpose)> SubjectAsync(MarketDbContext db, PayoutLine line, CancellationToken cancellation)
    {
        if (line.LinkedId is not { } id) return (null, null);
        switch (line.LinkedSubject)
        {
            case MovementSubject.Payment:
                var payment = await db.Set<Payment>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation);
                return (payment?.SubjectId, payment?.Purpose);
            case MovementSubject.Refund:
                var refunded = await db.Set<Refund>().Where(r => r.Id == id).Join(db.Set<Payment>(), r => r.PaymentId, p => p.Id, (r, p) => p).AsNoTracking().FirstOrDefaultAsync(cancellation);
                return (refunded?.SubjectId, refunded?.Purpose);
            case MovementSubject.Transfer:
                return (await db.Set<WorkshopTransfer>().Where(t => t.Id == id).Select(t => (Guid?)t.OrderId).FirstOrDefaultAsync(cancellation), null);
            default:
                return (null, null);
        }
    }

    private static async Task<Related?> OrderOrBookingAsync(MarketDbContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.Set<Order>().Where(o => o.Id == id).Select(o => o.Number).FirstOrDefaultAsync(cancellation) is { } number) return new Related(RelatedKind.Order, number, number);
        return await db.Set<Booking>().Where(b => b.Id == id).Select(b => b.Reference).FirstOrDefaultAsync(cancellation) is { } reference
            ? new Related(RelatedKind.Booking, reference, reference)
            : null;
    }

    /// <summary>The self-billed invoice that a workshop's transfer pays.</summary>
    private static Task<Related?> ShareInvoiceAsync(MarketDbContext db, Guid? transferId, CancellationToken cancellation) =>
        db.Set<WorkshopTransfer>().Where(t => t.Id == transferId)
            .Join(db.Set<Invoice>().IgnoreAutoIncludes(), t => EF.Property<Guid>(t, "InvoiceId"), i => i.Id, (t, i) => new Related(RelatedKind.Invoice, i.Number, i.Number))
            .FirstOrDefaultAsync(cancellation);

    private static async Task<Related?> InvoiceOfAsync(MarketDbContext db, Guid subject, PaymentPurpose? purpose, CancellationToken cancellation)
    {
        var kind = purpose == PaymentPurpose.Deposit ? DocumentKind.Deposit : DocumentKind.Invoice;
        var booked = await db.Set<Booking>().Where(b => b.Id == subject).Select(b => b.InvoiceId).FirstOrDefaultAsync(cancellation);
        if (purpose is null) return null;
        var number = await db.Set<Invoice>().IgnoreAutoIncludes().Where(i => (i.OrderId == subject && i.Kind == kind) || i.Id == booked).Select(i => i.Number).FirstOrDefaultAsync(cancellation);
        return number is null ? null : new Related(RelatedKind.Invoice, number, number);
    }
}
