using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Treasury;

public sealed partial class TreasuryBooks
{
    /// <summary>Entries, newest first, each with its document.</summary>
    public async Task<Paged<EntryRow>> JournalAsync(JournalFilter filter, int page, CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var entries = db.Set<JournalEntry>().AsNoTracking().Where(e => e.EntityId == _entityId);
        if (filter.Journal is { } journal) entries = entries.Where(e => e.Journal == journal);
        if (filter.Account is { } account) entries = entries.Where(e => e.Lines.Any(l => l.Account == account));
        if (filter.DocumentId is { } document) entries = entries.Where(e => e.DocumentId == document);
        if (filter.Order is { } order)
        {
            var documents = await DocumentsOfAsync(db, order, cancellation);
            entries = entries.Where(e => e.DocumentId != null && documents.Contains(e.DocumentId.Value));
        }

        var count = await entries.CountAsync(cancellation);
        var (number, pages) = PageOf(page, count);
        var items = await entries.OrderByDescending(e => e.Id).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return new Paged<EntryRow>(await WithDocumentsAsync(db, items, cancellation), number, pages, count);
    }

    /// <summary>Every account that moved, in order of its number.</summary>
    public async Task<IReadOnlyList<AccountTotal>> TrialBalanceAsync(CancellationToken cancellation = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return await AccountsAsync(db, cancellation);
    }

    private async Task<List<AccountTotal>> AccountsAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<AccountRow>($"""
            SELECT l.account AS "Account", max(l.account_label) AS "Label", CAST(sum(l.debit) AS bigint) AS "Debit", CAST(sum(l.credit) AS bigint) AS "Credit"
            FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
            WHERE e.entity_id = {_entityId} AND CAST(e.posted AS integer) = 1
            GROUP BY l.account
            """).ToListAsync(cancellation);
        return [.. rows.OrderBy(r => r.Account, StringComparer.Ordinal).Select(r => new AccountTotal(r.Account, r.Label, new Money(r.Debit), new Money(r.Credit)))];
    }

    /// <summary>Everything posted about an order or booking: its documents, payments, refunds, transfers, and the bank lines that paid its invoices.</summary>
    private static async Task<Guid[]> DocumentsOfAsync(MarketDbContext db, string reference, CancellationToken cancellation)
    {
        var subject = await db.Set<Order>().Where(o => o.Number == reference).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellation)
            ?? await db.Set<Booking>().Where(b => b.Reference == reference).Select(b => (Guid?)b.Id).FirstOrDefaultAsync(cancellation);
        if (subject is not { } id) return [];
        var booked = await db.Set<Booking>().Where(b => b.Id == id).Select(b => b.InvoiceId).FirstOrDefaultAsync(cancellation);
        var invoices = await db.Set<Invoice>().Where(i => i.OrderId == id || i.Id == booked).Select(i => i.Id).ToListAsync(cancellation);
        var payments = await db.Set<Payment>().Where(p => p.SubjectId == id).Select(p => p.Id).ToListAsync(cancellation);
        return
        [
            .. invoices, .. payments,
            .. await db.Set<Refund>().Where(r => payments.Contains(r.PaymentId)).Select(r => r.Id).ToListAsync(cancellation),
            .. await db.Set<WorkshopTransfer>().Where(t => t.OrderId == id).Select(t => t.Id).ToListAsync(cancellation),
            .. await db.Set<Match>().Where(m => m.CandidateKind == CandidateKind.Invoice && invoices.Contains(m.CandidateId)).Select(m => m.BankLineId).ToListAsync(cancellation),
        ];
    }

    private static async Task<List<EntryRow>> WithDocumentsAsync(MarketDbContext db, List<JournalEntry> entries, CancellationToken cancellation)
    {
        var ids = entries.Select(e => e.DocumentId).OfType<Guid>().Distinct().ToArray();
        var documents = new Dictionary<Guid, (Related Document, Guid? Subject)>();
        foreach (var i in await db.Set<Invoice>().IgnoreAutoIncludes().Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Number, i.OrderId }).ToListAsync(cancellation))
            documents[i.Id] = (new Related(RelatedKind.Invoice, i.Number, i.Number), i.OrderId);
        foreach (var p in await db.Set<Payment>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.ChargeId, p.SubjectId }).ToListAsync(cancellation))
            documents[p.Id] = (new Related(RelatedKind.Other, p.ChargeId ?? "", ""), p.SubjectId);
        foreach (var r in await db.Set<Refund>().Where(r => ids.Contains(r.Id)).Join(db.Set<Payment>(), r => r.PaymentId, p => p.Id, (r, p) => new { r.Id, r.StripeId, p.SubjectId }).ToListAsync(cancellation))
            documents[r.Id] = (new Related(RelatedKind.Other, r.StripeId ?? "", ""), r.SubjectId);
        foreach (var t in await db.Set<WorkshopTransfer>().Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.StripeId, t.OrderId }).ToListAsync(cancellation))
            documents[t.Id] = (new Related(RelatedKind.Other, t.StripeId ?? "", ""), t.OrderId);
        foreach (var p in await db.Set<Payout>().IgnoreAutoIncludes().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.StripeId }).ToListAsync(cancellation))
            documents[p.Id] = (new Related(RelatedKind.Payout, p.StripeId, p.Id.ToString()), null);
        foreach (var l in await db.Set<BankLine>().Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Text, l.BankReference }).ToListAsync(cancellation))
            documents[l.Id] = (new Related(RelatedKind.BankLine, l.BankReference ?? l.Text, l.Id.ToString()), null);

        var subjects = documents.Values.Select(d => d.Subject).OfType<Guid>().Distinct().ToArray();
        var names = await db.Set<Order>().Where(o => subjects.Contains(o.Id)).Select(o => new { o.Id, Related = new Related(RelatedKind.Order, o.Number, o.Number) }).ToDictionaryAsync(o => o.Id, o => o.Related, cancellation);
        foreach (var b in await db.Set<Booking>().Where(b => subjects.Contains(b.Id)).Select(b => new { b.Id, b.Reference }).ToListAsync(cancellation))
            names[b.Id] = new Related(RelatedKind.Booking, b.Reference, b.Reference);
        return
        [
            .. entries.Select(e => e.DocumentId is { } id && documents.TryGetValue(id, out var found)
                ? new EntryRow(e, found.Document, found.Subject is { } s ? names.GetValueOrDefault(s) : null)
                : new EntryRow(e, null, null)),
        ];
    }

    private sealed record AccountRow(string Account, string Label, long Debit, long Credit);
}
