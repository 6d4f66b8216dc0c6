using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>Event codes of the posting table.</summary>
public static class EventCode
{
    public const string DepositInvoice = "deposit-invoice";
    public const string DepositPayment = "deposit-payment";
    public const string DepositPaymentByBank = "deposit-payment-bank";
    public const string DepositCreditNote = "deposit-credit-note";
    public const string FinalInvoice = "final-invoice";
    public const string BookingInvoice = "booking-invoice";
    public const string InvoicePayment = "invoice-payment";
    public const string InvoicePaymentByBank = "invoice-payment-bank";
    public const string CreditNote = "credit-note";
    public const string Refund = "refund";
    public const string RefundByBank = "refund-bank";
    public const string SelfBilledInvoice = "self-billed-invoice";
    public const string SelfBilledCreditNote = "self-billed-credit-note";
    public const string Transfer = "transfer";
    public const string TransferByBank = "transfer-bank";
    public const string TransferReversal = "transfer-reversal";
    public const string StripeFee = "stripe-fee";
    public const string PayoutLeft = "payout-left";
    public const string PayoutArrived = "payout-arrived";
    public const string BankFee = "bank-fee";
}

/// <summary>Whether money moved through Stripe (5171) or straight through the bank (5121).</summary>
public enum MoneyRoute
{
    Stripe = 1,
    Bank = 2,
}

/// <summary>A movement of money, as the ledger refers to it.</summary>
/// <param name="Reference">Id of the Stripe object or reference of the bank line.</param>
/// <param name="DocumentId">The payment, transfer, payout or bank line.</param>
public sealed record Movement(Money Amount, DateOnly Date, string Reference, Guid? DocumentId, MoneyRoute Route = MoneyRoute.Stripe);

/// <summary>Makes the events of documents and payments.</summary>
public static class PostingEvents
{
    /// <summary>The event of an issued document, in the books of whoever owns the market's side of it.</summary>
    /// <param name="isBooking">A place sells: the invoice of a booking rather than of an order.</param>
    /// <param name="originalPaid">For a credit note: whether the document it takes back had been paid.</param>
    public static PostingEvent Document(Invoice invoice, bool isBooking = false, bool originalPaid = false, Axes? axes = null)
    {
        var selfBilled = invoice.IsSelfBilled;
        return new PostingEvent
        {
            Code = CodeOf(invoice.Kind, isBooking),
            EntityId = selfBilled ? invoice.BuyerId : invoice.SellerId,
            Date = invoice.IssueDate,
            DocumentReference = invoice.Number,
            DocumentId = invoice.Id,
            DocumentDate = invoice.IssueDate,
            Facts = Facts(invoice, originalPaid),
            Amounts =
            [
                .. invoice.VatRows.OrderBy(r => r.Order).Select(r => new PostingAmounts { Supply = r.Supply, VatRate = r.Vat.RatePercent, Excl = r.Basis, Vat = r.Tax }),
                .. invoice.Deposits.OrderBy(d => d.Order).Select(d => new PostingAmounts { Supply = d.Supply, VatRate = d.Vat.RatePercent, DepositExcl = d.Basis, DepositVat = d.Tax }),
            ],
            Customer = selfBilled ? null : Party(invoice.BuyerId, invoice.Buyer),
            Supplier = selfBilled ? Party(invoice.SellerId, invoice.Seller) : null,
            Axes = axes ?? new Axes(),
        };
    }

    /// <summary>A customer pays a deposit invoice, an invoice, or part of one; VAT that waited for payment falls due in proportion.</summary>
    /// <param name="paidBefore">What was paid of this document before, its deposits aside.</param>
    public static PostingEvent Payment(Invoice invoice, Movement payment, Money paidBefore, Axes? axes = null)
    {
        var code = (invoice.Kind == DocumentKind.Deposit, payment.Route) switch
        {
            (true, MoneyRoute.Stripe) => EventCode.DepositPayment,
            (true, _) => EventCode.DepositPaymentByBank,
            (false, MoneyRoute.Stripe) => EventCode.InvoicePayment,
            _ => EventCode.InvoicePaymentByBank,
        };
        return Moved(code, invoice.SellerId, payment, axes) with
        {
            Facts = Facts(invoice, originalPaid: false),
            Amounts = SettlementVat.Of(invoice, payment.Amount, paidBefore),
            Customer = Party(invoice.BuyerId, invoice.Buyer),
        };
    }

    /// <summary>The consortium pays a workshop's self-billed invoice.</summary>
    public static PostingEvent Transfer(Invoice selfBilled, Movement transfer, Money paidBefore, Axes? axes = null) =>
        Moved(transfer.Route == MoneyRoute.Stripe ? EventCode.Transfer : EventCode.TransferByBank, selfBilled.BuyerId, transfer, axes) with
        {
            Facts = Facts(selfBilled, originalPaid: false),
            Amounts = SettlementVat.Of(selfBilled, transfer.Amount, paidBefore),
            Supplier = Party(selfBilled.SellerId, selfBilled.Seller),
        };

    /// <summary>A transfer comes back from a workshop.</summary>
    public static PostingEvent TransferReversal(Invoice selfBilled, Movement reversal, Axes? axes = null) =>
        Moved(EventCode.TransferReversal, selfBilled.BuyerId, reversal, axes) with { Supplier = Party(selfBilled.SellerId, selfBilled.Seller) };

    /// <summary>Money goes back to the customer of a credit note.</summary>
    public static PostingEvent Refund(Invoice creditNote, Movement refund, Axes? axes = null) =>
        Moved(refund.Route == MoneyRoute.Stripe ? EventCode.Refund : EventCode.RefundByBank, creditNote.SellerId, refund, axes) with
        {
            Customer = Party(creditNote.BuyerId, creditNote.Buyer),
        };

    /// <param name="reverseVat">VAT that the buyer declares itself, zero where the fee bears none.</param>
    public static PostingEvent StripeFee(Guid entityId, Movement fee, Money reverseVat, Axes? axes = null) =>
        Moved(EventCode.StripeFee, entityId, fee, axes) with { ReverseVat = reverseVat };

    public static PostingEvent PayoutLeft(Guid entityId, Movement payout) => Moved(EventCode.PayoutLeft, entityId, payout, null);

    /// <summary>The payout is on the bank statement; the movement is the bank line, of positive amount.</summary>
    public static PostingEvent PayoutArrived(Guid entityId, Movement line) => Moved(EventCode.PayoutArrived, entityId, line, null);

    /// <param name="fee">Positive.</param>
    public static PostingEvent BankFee(Guid entityId, Movement fee, Axes? axes = null) => Moved(EventCode.BankFee, entityId, fee, axes);

    /// <summary>The party as the ledger names it: by SIREN, or by the end of its id when it has none.</summary>
    public static PostingParty Party(Guid id, Party party) => new(id, party.Siren ?? id.ToString("N")[^12..].ToUpperInvariant(), party.Name);

    private static PostingEvent Moved(string code, Guid entityId, Movement movement, Axes? axes) => new()
    {
        Code = code,
        EntityId = entityId,
        Date = movement.Date,
        DocumentReference = movement.Reference,
        DocumentId = movement.DocumentId,
        Amount = movement.Amount,
        Axes = axes ?? new Axes(),
    };

    private static string CodeOf(DocumentKind kind, bool isBooking) => kind switch
    {
        DocumentKind.Deposit => EventCode.DepositInvoice,
        DocumentKind.DepositCreditNote => EventCode.DepositCreditNote,
        DocumentKind.CreditNote => EventCode.CreditNote,
        DocumentKind.SelfBilled => EventCode.SelfBilledInvoice,
        DocumentKind.SelfBilledCreditNote => EventCode.SelfBilledCreditNote,
        _ => isBooking ? EventCode.BookingInvoice : EventCode.FinalInvoice,
    };

    private static HashSet<string> Facts(Invoice invoice, bool originalPaid) => new(StringComparer.Ordinal)
    {
        invoice.VatOnDebits ? PostingFact.OnDebits : PostingFact.OnReceipts,
        originalPaid ? PostingFact.Paid : PostingFact.Unpaid,
    };
}
