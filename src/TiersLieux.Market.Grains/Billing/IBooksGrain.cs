namespace TiersLieux.Market.Grains.Billing;

/// <summary>
/// A legal person's numbers, seals and ledger: the only writer of its series. A document, its entry and its mail are one transaction. Each method names
/// an operation and does it once, however often it is called. The key is the organisation's id.
/// </summary>
public partial interface IBooksGrain : IGrainWithGuidKey
{
    /// <summary>The payment of the order's first deposit invoice: the deposit that counts; null while there is none.</summary>
    Task<Guid?> FirstDeposit(Guid orderId);

    /// <summary>The deposit invoice (386) of a paid deposit, the payment and the provider's fee.</summary>
    Task RecordDeposit(Guid orderId, Guid paymentId);

    /// <summary>A deposit or a booking was given back: its credit note (503 or 381) and the refund.</summary>
    Task RecordRefund(Guid refundId);

    /// <summary>The final invoice (380) of an order whose receipt is signed, less its deposits.</summary>
    Task IssueFinal(Guid orderId);

    /// <summary>The self-billed invoice (389) of a work order, in the workshop's name.</summary>
    Task IssueSelfBilled(Guid orderId, Guid workOrderId);

    /// <summary>A payment of the final invoice, and the provider's fee.</summary>
    Task RecordBalance(Guid orderId, Guid paymentId);

    /// <summary>A share has gone to a workshop.</summary>
    Task RecordTransfer(Guid transferId);

    /// <summary>A payout has left the provider for the bank.</summary>
    Task RecordPayout(Guid payoutId);

    /// <summary>The invoice of a booking; with its payment when it was paid by card, on the customer's account otherwise.</summary>
    Task IssueBooking(Guid bookingId, Guid? paymentId);
}
