using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>An invoice with what is still owed on it.</summary>
/// <param name="Paid">By card and by bank, credit notes included.</param>
public sealed record OpenInvoice(Invoice Invoice, Money Paid)
{
    public Money Due => Invoice.Payable - Paid;
}

/// <summary>What bank lines of one legal person may settle: its unpaid invoices, and payouts the bank has not shown yet.</summary>
public static class OpenItems
{
    public static async Task<IReadOnlyList<MatchCandidate>> CandidatesAsync(MarketDbContext db, Guid entityId, CancellationToken cancellation = default)
    {
        var invoices = await InvoicesAsync(db, entityId, null, cancellation);
        var buyers = invoices.Select(i => i.Invoice.BuyerId).Distinct().ToArray();
        var ibans = await db.Set<Domain.Network.Organisation>().Where(o => buyers.Contains(o.Id) && o.Iban != null).ToDictionaryAsync(o => o.Id, o => o.Iban, cancellation);
        return
        [
            .. (await PayoutsAsync(db, cancellation)).Select(OfPayout),
            .. invoices.Select(i => OfInvoice(i, ibans.GetValueOrDefault(i.Invoice.BuyerId))),
        ];
    }

    /// <summary>Payouts that left the provider and are not on the bank yet.</summary>
    public static Task<List<Payout>> PayoutsAsync(MarketDbContext db, CancellationToken cancellation = default) => db.Set<Payout>().AsNoTracking()
        .Where(p => p.AccountId == null && (p.State == PayoutState.Paid || p.State == PayoutState.InTransit)
            && !db.Set<Match>().Any(m => m.UndoneAt == null && m.CandidateKind == CandidateKind.Payout && m.CandidateId == p.Id))
        .OrderBy(p => p.ArrivalDate).ThenBy(p => p.Id)
        .ToListAsync(cancellation);

    /// <summary>Invoices that the entity issued and that are not fully paid; all of them, or the one named.</summary>
    public static async Task<IReadOnlyList<OpenInvoice>> InvoicesAsync(MarketDbContext db, Guid entityId, Guid? only, CancellationToken cancellation = default)
    {
        var issued = await db.Set<Invoice>().AsNoTracking()
            .Where(i => i.SellerId == entityId && i.Kind == DocumentKind.Invoice && (only == null || i.Id == only))
            .OrderBy(i => i.Year).ThenBy(i => i.Sequence).ToListAsync(cancellation);
        if (issued.Count == 0) return [];

        var ids = issued.Select(i => i.Id).ToArray();
        var orders = issued.Select(i => i.OrderId).OfType<Guid>().ToArray();
        var bookings = await db.Set<Booking>().AsNoTracking().Where(b => b.InvoiceId != null && ids.Contains(b.InvoiceId.Value))
            .Select(b => new { b.Id, InvoiceId = b.InvoiceId!.Value }).ToListAsync(cancellation);
        var subjects = orders.Concat(bookings.Select(b => b.Id)).ToArray();
        var payments = await db.Set<Payment>().AsNoTracking()
            .Where(p => subjects.Contains(p.SubjectId) && p.Purpose != PaymentPurpose.Deposit
                && (p.State == PaymentState.Succeeded || p.State == PaymentState.Refunding || p.State == PaymentState.Refunded)).ToListAsync(cancellation);
        var bySubject = payments.ToLookup(p => p.SubjectId);
        var byBank = (await db.Set<Match>().AsNoTracking().Where(m => m.UndoneAt == null && m.CandidateKind == CandidateKind.Invoice && ids.Contains(m.CandidateId))
            .ToListAsync(cancellation)).ToLookup(m => m.CandidateId);
        var credited = (await db.Set<Invoice>().AsNoTracking().Where(i => i.CorrectsId != null && ids.Contains(i.CorrectsId.Value)).ToListAsync(cancellation)).ToLookup(i => i.CorrectsId!.Value);
        var bookingOf = bookings.ToLookup(b => b.InvoiceId, b => b.Id);

        return
        [
            .. issued.Select(i => new OpenInvoice(i, new Money(
                    (i.OrderId is { } order ? bySubject[order] : bookingOf[i.Id].SelectMany(b => bySubject[b])).Sum(p => p.Amount.Cents - p.Refunded.Cents)
                    + byBank[i.Id].Sum(m => m.Amount.Cents)
                    + credited[i.Id].Sum(c => c.InclTax.Cents))))
                .Where(i => only is not null || i.Due > Money.Zero),
        ];
    }

    private static MatchCandidate OfPayout(Payout payout) =>
        new(payout.Id, CandidateKind.Payout, payout.Amount, [payout.StripeId], "Stripe", null, payout.ArrivalDate);

    private static MatchCandidate OfInvoice(OpenInvoice open, string? iban) => new(
        open.Invoice.Id, CandidateKind.Invoice, open.Due,
        [.. new[] { open.Invoice.Number, open.Invoice.PaymentReference, open.Invoice.OrderReference }.OfType<string>().Where(r => r.Length > 0)],
        open.Invoice.Buyer.Name, iban, open.Invoice.DueDate ?? open.Invoice.IssueDate);
}
