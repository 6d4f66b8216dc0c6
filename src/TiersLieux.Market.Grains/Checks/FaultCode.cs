namespace TiersLieux.Market.Grains.Checks;

/// <summary>What <see cref="MarketChecks"/> finds; stable, for programs to go by. A test breaks a row by hand for each and sees it found.</summary>
public static class FaultCode
{
    /// <summary>Two occupations of one seat of a machine at one time.</summary>
    public const string Overlap = "overlap";

    /// <summary>A booking that holds more or less time than it should.</summary>
    public const string BookingWithoutOccupation = "booking-without-occupation";

    /// <summary>A work order whose operation has no machine time.</summary>
    public const string WorkWithoutOccupation = "work-without-occupation";

    /// <summary>Time taken for a booking or work order that is not there or no longer lives.</summary>
    public const string OccupationWithoutOwner = "occupation-without-owner";

    /// <summary>Time still held long after its deadline.</summary>
    public const string HoldPastDeadline = "hold-past-deadline";

    /// <summary>A day's people's time that is not the sum of what was promised of it.</summary>
    public const string PeopleSum = "people-sum";

    /// <summary>More people promised on a day than there are.</summary>
    public const string PeopleOverCapacity = "people-over-capacity";

    /// <summary>A document that no longer gives its seal.</summary>
    public const string InvoiceAltered = "invoice-altered";

    /// <summary>A number missing in a series.</summary>
    public const string NumberGap = "number-gap";

    /// <summary>A number given twice.</summary>
    public const string NumberDuplicate = "number-duplicate";

    /// <summary>A document that does not carry the seal of the one before it.</summary>
    public const string SealChainBroken = "seal-chain-broken";

    /// <summary>A series whose counter does not follow its last document.</summary>
    public const string CounterOff = "counter-off";

    /// <summary>An issued document that is not in the ledger.</summary>
    public const string InvoiceWithoutEntry = "invoice-without-entry";

    /// <summary>A document with more than one entry.</summary>
    public const string InvoicePostedTwice = "invoice-posted-twice";

    /// <summary>An entry of a document, payment or bank line that does not exist.</summary>
    public const string EntryWithoutDocument = "entry-without-document";

    /// <summary>A paid deposit without its invoice.</summary>
    public const string OrderWithoutDepositInvoice = "order-without-deposit-invoice";

    /// <summary>An order received and not invoiced.</summary>
    public const string OrderWithoutInvoice = "order-without-invoice";

    /// <summary>A work order done whose workshop has no self-billed invoice.</summary>
    public const string WorkWithoutInvoice = "work-without-invoice";

    /// <summary>A billed booking without its invoice.</summary>
    public const string BookingWithoutInvoice = "booking-without-invoice";

    /// <summary>An entry whose debits and credits differ, or that has fewer than two lines.</summary>
    public const string EntryUnbalanced = "entry-unbalanced";

    /// <summary>An entry that was written and never posted.</summary>
    public const string EntryUnposted = "entry-unposted";

    /// <summary>A ledger whose debits and credits differ.</summary>
    public const string LedgerUnbalanced = "ledger-unbalanced";

    /// <summary>A journal with a number missing, or a counter that does not follow it.</summary>
    public const string JournalGap = "journal-gap";

    /// <summary>A customer's payment that is not in the ledger.</summary>
    public const string PaymentNotPosted = "payment-not-posted";

    /// <summary>A customer's payment that is in the ledger more than once.</summary>
    public const string PaymentPostedTwice = "payment-posted-twice";

    /// <summary>The provider's fee of a payment that is not in the ledger.</summary>
    public const string FeeNotPosted = "fee-not-posted";

    /// <summary>The provider's fee of a payment that is in the ledger more than once.</summary>
    public const string FeePostedTwice = "fee-posted-twice";

    /// <summary>A refund that is not in the ledger.</summary>
    public const string RefundNotPosted = "refund-not-posted";

    /// <summary>A refund that is in the ledger more than once.</summary>
    public const string RefundPostedTwice = "refund-posted-twice";

    /// <summary>A workshop's transfer that is not in the ledger.</summary>
    public const string TransferNotPosted = "transfer-not-posted";

    /// <summary>A workshop's transfer that is in the ledger more than once.</summary>
    public const string TransferPostedTwice = "transfer-posted-twice";

    /// <summary>A payout that is not in the ledger.</summary>
    public const string PayoutNotPosted = "payout-not-posted";

    /// <summary>A payout that is in the ledger more than once.</summary>
    public const string PayoutPostedTwice = "payout-posted-twice";

    /// <summary>The provider should hold another sum than the ledger says.</summary>
    public const string StripeBalance = "stripe-balance";

    /// <summary>A match of a bank line that is not in the ledger.</summary>
    public const string MatchWithoutEntry = "match-without-entry";

    /// <summary>A bank line matched without a match, or open with one.</summary>
    public const string LineAndMatchDisagree = "line-and-match-disagree";

    /// <summary>A message that nobody has handled in time.</summary>
    public const string MessageOverdue = "message-overdue";

    /// <summary>A message given up after its last attempt.</summary>
    public const string MessageDead = "message-dead";
}
