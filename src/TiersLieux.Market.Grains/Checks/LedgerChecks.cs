using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Checks;

/// <summary>Balance of every entry and of the whole, gapless numbers, each movement of money posted exactly once, and what the provider should still hold.</summary>
internal static class LedgerChecks
{
    private static readonly string[] PaymentEvents = [EventCode.DepositPayment, EventCode.InvoicePayment];

    public static async Task<List<CheckFault>> RunAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var faults = new List<CheckFault>();
        await EntriesAsync(db, faults, cancellation);
        await NumbersAsync(db, faults, cancellation);
        await MovementsAsync(db, faults, cancellation);
        await MatchesAsync(db, faults, cancellation);
        return faults;
    }

    private static async Task EntriesAsync(MarketDbContext db, List<CheckFault> faults, CancellationToken cancellation)
    {
        var entries = await db.Database.SqlQuery<EntryTotals>($"""
            SELECT e.journal || '-' || CAST(e.year AS text) || '-' || CAST(e.number AS text) AS "Entry", CAST(e.posted AS integer) AS "Posted",
                   CAST(coalesce(sum(l.debit), 0) AS bigint) AS "Debit", CAST(coalesce(sum(l.credit), 0) AS bigint) AS "Credit", CAST(count(l.id) AS integer) AS "Lines"
            FROM journal_entry e LEFT JOIN journal_line l ON l.entry_id = e.id
            GROUP BY e.id, e.journal, e.year, e.number, e.posted
            HAVING CAST(e.posted AS integer) = 0 OR coalesce(sum(l.debit), 0) <> coalesce(sum(l.credit), 0) OR count(l.id) < 2
            """).ToListAsync(cancellation);
        foreach (var entry in entries)
        {
            if (entry.Debit != entry.Credit || entry.Lines < 2)
            {
                faults.Add(Fault(FaultCode.EntryUnbalanced, entry.Entry,
                    $"L'écriture {entry.Entry} n'est pas équilibrée : débit {Euros(entry.Debit)}, crédit {Euros(entry.Credit)}.",
                    $"Entry {entry.Entry} does not balance: debit {Euros(entry.Debit)}, credit {Euros(entry.Credit)}."));
            }

            if (entry.Posted == 0)
                faults.Add(Fault(FaultCode.EntryUnposted, entry.Entry, $"L'écriture {entry.Entry} n'est pas validée.", $"Entry {entry.Entry} is not posted."));
        }

        var total = (await db.Database.SqlQuery<Totals>(
            $"""SELECT CAST(coalesce(sum(debit), 0) AS bigint) AS "Debit", CAST(coalesce(sum(credit), 0) AS bigint) AS "Credit" FROM journal_line""").ToListAsync(cancellation))[0];
        if (total.Debit != total.Credit)
        {
            faults.Add(Fault(FaultCode.LedgerUnbalanced, "balance",
                $"Total des débits {Euros(total.Debit)}, total des crédits {Euros(total.Credit)}.", $"Debits total {Euros(total.Debit)}, credits total {Euros(total.Credit)}."));
        }
    }

    private static async Task NumbersAsync(MarketDbContext db, List<CheckFault> faults, CancellationToken cancellation)
    {
        var sequences = await db.Set<JournalSequence>().AsNoTracking().ToListAsync(cancellation);
        var counts = (await db.Set<JournalEntry>().AsNoTracking().IgnoreAutoIncludes().GroupBy(e => new { e.EntityId, e.Journal, e.Year })
            .Select(g => new { g.Key, Count = g.Count(), Last = g.Max(e => e.Number) }).ToListAsync(cancellation)).ToDictionary(g => (g.Key.EntityId, g.Key.Journal, g.Key.Year));
        foreach (var sequence in sequences)
        {
            var (count, last) = counts.TryGetValue((sequence.EntityId, sequence.Journal, sequence.Year), out var found) ? (found.Count, found.Last) : (0, 0);
            if (count == last && last == sequence.NextNumber - 1) continue;
            var where = $"{sequence.Journal}-{sequence.Year}";
            faults.Add(Fault(FaultCode.JournalGap, where,
                $"Journal {where} : {count} écritures, dernier numéro {last}, prochain numéro {sequence.NextNumber}.",
                $"Journal {where}: {count} entries, last number {last}, next number {sequence.NextNumber}."));
        }
    }

    private static async Task MovementsAsync(MarketDbContext db, List<CheckFault> faults, CancellationToken cancellation)
    {
        var open = await OpenMessagesAsync(db, cancellation);
        var posted = (await db.Set<JournalEntry>().AsNoTracking().IgnoreAutoIncludes().Where(e => e.DocumentId != null)
            .Select(e => new { e.EventCode, DocumentId = e.DocumentId!.Value }).ToListAsync(cancellation)).ToLookup(e => e.DocumentId, e => e.EventCode);
        var expected = 0L;

        var payments = await db.Set<Payment>().AsNoTracking()
            .Where(p => p.State == PaymentState.Succeeded || p.State == PaymentState.Refunding || p.State == PaymentState.Refunded).ToListAsync(cancellation);
        var refunds = (await db.Set<Refund>().AsNoTracking().Where(r => r.State == RefundState.Pending || r.State == RefundState.Succeeded).ToListAsync(cancellation)).ToLookup(r => r.PaymentId);
        foreach (var payment in payments)
        {
            var count = posted[payment.Id].Count(c => PaymentEvents.Contains(c, StringComparer.Ordinal));
            var where = payment.ChargeId ?? payment.Id.ToString();
            // Money that came for a booking whose time was gone never entered the books: it goes straight back, or is about to.
            var neverKept = count == 0 && payment.Subject == PaymentSubject.Booking && payment.State is PaymentState.Refunding or PaymentState.Refunded;
            if (neverKept || (count == 0 && open.Contains((PaymentSucceededHandler.MessageKind, payment.Id)))) continue;
            Once(count, (FaultCode.PaymentNotPosted, FaultCode.PaymentPostedTwice), where, $"Le paiement {where} de {Euros(payment.Amount)}", $"Payment {where} of {Euros(payment.Amount)}", faults);
            expected += payment.Amount.Cents;
            if (payment.Fee is { IsZero: false } fee)
            {
                expected -= fee.Cents;
                Once(posted[payment.Id].Count(c => c == EventCode.StripeFee), (FaultCode.FeeNotPosted, FaultCode.FeePostedTwice), where, $"Les frais du paiement {where}", $"The fee of payment {where}", faults);
            }

            foreach (var refund in refunds[payment.Id])
            {
                if (posted[refund.Id].Any() is false && open.Contains((RefundHandler.MessageKind, refund.Id))) continue;
                Once(posted[refund.Id].Count(c => c == EventCode.Refund), (FaultCode.RefundNotPosted, FaultCode.RefundPostedTwice), refund.StripeId ?? refund.Id.ToString(),
                    $"Le remboursement {refund.StripeId} de {Euros(refund.Amount)}", $"Refund {refund.StripeId} of {Euros(refund.Amount)}", faults);
                expected -= refund.Amount.Cents;
            }
        }

        foreach (var transfer in await db.Set<WorkshopTransfer>().AsNoTracking().Where(t => t.State == TransferState.Paid || t.State == TransferState.Reversed).ToListAsync(cancellation))
        {
            var count = posted[transfer.Id].Count(c => c == EventCode.Transfer);
            if (count == 0 && open.Contains((TransferHandler.MessageKind, transfer.Id))) continue;
            Once(count, (FaultCode.TransferNotPosted, FaultCode.TransferPostedTwice), transfer.StripeId!, $"Le reversement {transfer.StripeId} de {Euros(transfer.Amount)}", $"Transfer {transfer.StripeId} of {Euros(transfer.Amount)}", faults);
            expected -= transfer.Amount.Cents - transfer.Reversed.Cents;
        }

        var readingPayouts = open.Any(m => m.Kind == StripeEventHandler.MessageKind);
        foreach (var payout in await db.Set<Payout>().AsNoTracking().IgnoreAutoIncludes()
            .Where(p => p.AccountId == null && p.State != PayoutState.Failed && p.State != PayoutState.Cancelled).ToListAsync(cancellation))
        {
            var count = posted[payout.Id].Count(c => c == EventCode.PayoutLeft);
            if (count == 0 && readingPayouts) continue;
            Once(count, (FaultCode.PayoutNotPosted, FaultCode.PayoutPostedTwice), payout.StripeId, $"Le virement Stripe {payout.StripeId} de {Euros(payout.Amount)}", $"Payout {payout.StripeId} of {Euros(payout.Amount)}", faults);
            expected -= payout.Amount.Cents;
        }

        var held = (await db.Database.SqlQuery<Totals>(
            $"""SELECT CAST(coalesce(sum(debit), 0) AS bigint) AS "Debit", CAST(coalesce(sum(credit), 0) AS bigint) AS "Credit" FROM journal_line WHERE account = '5171'""").ToListAsync(cancellation))[0];
        if (held.Debit - held.Credit != expected)
        {
            faults.Add(Fault(FaultCode.StripeBalance, "5171",
                $"Le compte 5171 dit {Euros(held.Debit - held.Credit)} chez Stripe ; paiements, frais, remboursements, reversements et virements donnent {Euros(expected)}.",
                $"Account 5171 says {Euros(held.Debit - held.Credit)} at Stripe; payments, fees, refunds, transfers and payouts come to {Euros(expected)}."));
        }
    }

    /// <summary>Each standing match has its one entry, and each entry of a bank line its match; an undone match has both its entries.</summary>
    private static async Task MatchesAsync(MarketDbContext db, List<CheckFault> faults, CancellationToken cancellation)
    {
        var keys = (await db.Set<JournalEntry>().IgnoreAutoIncludes().Select(e => EF.Property<string>(e, Storage.Model.OperationKey.Name))
            .Where(k => k.StartsWith("bankline:")).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var matches = await db.Set<Match>().AsNoTracking().ToListAsync(cancellation);
        var lines = await db.Set<BankLine>().AsNoTracking().Select(l => new { l.Id, l.State, l.Amount, l.Text }).ToListAsync(cancellation);
        foreach (var match in matches)
        {
            var key = $"bankline:{match.BankLineId:N}:{match.Id:N}";
            var complete = keys.Contains(key) && (!match.IsUndone || keys.Contains(key + ":undone"));
            if (complete) continue;
            faults.Add(Fault(FaultCode.MatchWithoutEntry, match.CandidateReference,
                $"Le rapprochement de {match.CandidateReference} ({Euros(match.Amount)}) n'a pas son écriture.", $"The match of {match.CandidateReference} ({Euros(match.Amount)}) lacks its entry."));
        }

        var standing = matches.Where(m => !m.IsUndone).ToLookup(m => m.BankLineId);
        foreach (var line in lines.Where(l => standing[l.Id].Count() != (l.State == BankLineState.Matched ? 1 : 0)))
        {
            faults.Add(Fault(FaultCode.LineAndMatchDisagree, line.Text,
                $"La ligne de banque « {line.Text} » ({Euros(line.Amount)}) et ses rapprochements ne disent pas la même chose.",
                $"The bank line \"{line.Text}\" ({Euros(line.Amount)}) and its matches disagree."));
        }
    }

    /// <summary>What the relay is still about to do, by kind and the id it is about. Messages given up are not under way.</summary>
    private static async Task<HashSet<(string Kind, Guid Subject)>> OpenMessagesAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var messages = await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.DoneAt == null && m.DeadAt == null).Select(m => new { m.Kind, m.Payload }).ToListAsync(cancellation);
        return messages.Select(m => (m.Kind, Guid.TryParse(m.Payload.Split(' ')[^1], out var id) ? id : Guid.Empty)).ToHashSet();
    }

    private static void Once(int count, (string None, string Twice) codes, string where, string french, string english, List<CheckFault> faults)
    {
        if (count == 1) return;
        faults.Add(count == 0
            ? Fault(codes.None, where, $"{french} : aucune écriture au journal.", $"{english}: no entry in the ledger.")
            : Fault(codes.Twice, where, $"{french} : {count} écritures au lieu d'une.", $"{english}: {count} entries instead of one."));
    }

    private static string Euros(long cents) => Euros(new Money(cents));

    private static string Euros(Money money) => money.Amount.ToString("0.00", CultureInfo.InvariantCulture) + " €";

    private static CheckFault Fault(string code, string where, string french, string english) => new(CheckArea.Ledger, code, where, new Text(french, english));

    private sealed record EntryTotals(string Entry, int Posted, long Debit, long Credit, int Lines);

    private sealed record Totals(long Debit, long Credit);
}
