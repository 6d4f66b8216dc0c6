using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Checks;

/// <summary>Numbers, seals and chains; each document with its entry and each entry with its document; no order that lacks an invoice it should have.</summary>
internal static class InvoiceChecks
{
    private static readonly HashSet<string> DocumentEvents =
    [
        EventCode.DepositInvoice, EventCode.DepositCreditNote, EventCode.FinalInvoice, EventCode.BookingInvoice, EventCode.CreditNote,
        EventCode.SelfBilledInvoice, EventCode.SelfBilledCreditNote,
    ];

    public static async Task<List<CheckFault>> RunAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var invoices = await db.Set<Invoice>().AsNoTracking().AsSplitQuery().ToListAsync(cancellation);
        var counters = await db.Set<NumberSeries>().AsNoTracking().ToListAsync(cancellation);
        var faults = InvoiceCheck.Run(invoices, counters).Select(f => new CheckFault(CheckArea.Invoices, Kebab(f.Kind), f.Number, new Text(f.French, f.English))).ToList();

        var entries = await db.Set<JournalEntry>().AsNoTracking().IgnoreAutoIncludes()
            .Select(e => new { e.Journal, e.Year, e.Number, e.EventCode, e.DocumentId, e.DocumentReference }).ToListAsync(cancellation);
        var entriesOf = entries.Where(e => DocumentEvents.Contains(e.EventCode)).ToLookup(e => e.DocumentId);
        foreach (var invoice in invoices.Where(i => entriesOf[i.Id].Count() != 1))
        {
            var count = entriesOf[invoice.Id].Count();
            faults.Add(Fault(count == 0 ? FaultCode.InvoiceWithoutEntry : FaultCode.InvoicePostedTwice, invoice.Number,
                count == 0 ? $"{invoice.Number} n'a pas d'écriture au journal." : $"{invoice.Number} a {count} écritures au journal au lieu d'une.",
                count == 0 ? $"{invoice.Number} has no entry in the ledger." : $"{invoice.Number} has {count} entries in the ledger instead of one."));
        }

        var documents = await DocumentsAsync(db, invoices, cancellation);
        foreach (var entry in entries.Where(e => e.DocumentId is null || !documents.Contains(e.DocumentId.Value)))
        {
            var where = $"{entry.Journal}-{entry.Year}-{entry.Number}";
            faults.Add(Fault(FaultCode.EntryWithoutDocument, where,
                $"L'écriture {where} renvoie à la pièce {entry.DocumentReference}, qui n'existe pas.", $"Entry {where} refers to document {entry.DocumentReference}, which does not exist."));
        }

        await MissingAsync(db, invoices, faults, cancellation);
        return faults;
    }

    private static async Task<HashSet<Guid>> DocumentsAsync(MarketDbContext db, List<Invoice> invoices, CancellationToken cancellation)
    {
        var known = invoices.Select(i => i.Id).ToHashSet();
        known.UnionWith(await db.Set<Payment>().Select(p => p.Id).ToListAsync(cancellation));
        known.UnionWith(await db.Set<Refund>().Select(r => r.Id).ToListAsync(cancellation));
        known.UnionWith(await db.Set<WorkshopTransfer>().Select(t => t.Id).ToListAsync(cancellation));
        known.UnionWith(await db.Set<TransferReversal>().Select(t => t.Id).ToListAsync(cancellation));
        known.UnionWith(await db.Set<Payout>().Select(p => p.Id).ToListAsync(cancellation));
        known.UnionWith(await db.Set<BankLine>().Select(l => l.Id).ToListAsync(cancellation));
        return known;
    }

    private static async Task MissingAsync(MarketDbContext db, List<Invoice> invoices, List<CheckFault> faults, CancellationToken cancellation)
    {
        var keys = (await db.Set<Invoice>().Select(i => EF.Property<string>(i, Storage.Model.OperationKey.Name)).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var paidDeposits = (await db.Set<Payment>().AsNoTracking()
                .Where(p => p.Subject == PaymentSubject.Order && p.Purpose == PaymentPurpose.Deposit && p.State == PaymentState.Succeeded)
                .Select(p => new { p.Id, p.SubjectId }).ToListAsync(cancellation))
            .ToLookup(p => p.SubjectId, p => p.Id);
        var orders = await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).Where(o => o.State != OrderState.Holding && o.State != OrderState.AwaitingDeposit && o.State != OrderState.Cancelled).ToListAsync(cancellation);
        foreach (var order in orders)
        {
            foreach (var payment in paidDeposits[order.Id].Where(p => !keys.Contains($"deposit:{p:N}")))
            {
                faults.Add(Fault(FaultCode.OrderWithoutDepositInvoice, order.Number,
                    $"{order.Number} : l'acompte est payé (paiement {payment}) et n'a pas de facture d'acompte.", $"{order.Number}: the deposit is paid (payment {payment}) and has no deposit invoice."));
            }

            if (order.State is not (OrderState.AwaitingBalance or OrderState.Settling or OrderState.Completed)) continue;
            if (!keys.Contains($"final:{order.Id:N}"))
                faults.Add(Fault(FaultCode.OrderWithoutInvoice, order.Number, $"{order.Number} est livrée et reçue, sans facture.", $"{order.Number} is delivered and received, without an invoice."));
            foreach (var work in order.LiveWorkOrders.Where(w => !w.Share.IsZero && !keys.Contains($"self-billed:{w.Id:N}")))
                faults.Add(Fault(FaultCode.WorkWithoutInvoice, work.Number, $"{work.Number} : la part de l'atelier n'a pas d'autofacture.", $"{work.Number}: the workshop's share has no self-billed invoice."));
        }

        var issued = invoices.Select(i => i.Id).ToHashSet();
        var billed = await db.Set<Booking>().AsNoTracking().Where(b => b.State == BookingState.Billed || b.InvoiceId != null).ToListAsync(cancellation);
        faults.AddRange(billed.Where(b => b.InvoiceId is not { } id || !issued.Contains(id))
            .Select(b => Fault(FaultCode.BookingWithoutInvoice, b.Reference, $"{b.Reference} est facturée, sans facture.", $"{b.Reference} is billed, without an invoice.")));
    }

    private static string Kebab(InvoiceFaultKind kind) => kind switch
    {
        InvoiceFaultKind.Altered => FaultCode.InvoiceAltered,
        InvoiceFaultKind.Gap => FaultCode.NumberGap,
        InvoiceFaultKind.Duplicate => FaultCode.NumberDuplicate,
        InvoiceFaultKind.BrokenChain => FaultCode.SealChainBroken,
        _ => FaultCode.CounterOff,
    };

    private static CheckFault Fault(string code, string where, string french, string english) => new(CheckArea.Invoices, code, where, new Text(french, english));
}
