namespace TiersLieux.Market.Domain.Payments;

/// <summary>What a payment pays for.</summary>
public enum PaymentSubject
{
    Order,
    Booking,
    Invoice,
}

public enum PaymentPurpose
{
    /// <summary>The part of an order that confirms it.</summary>
    Deposit,

    /// <summary>What an order or invoice leaves to pay.</summary>
    Balance,

    /// <summary>The whole price of a booking.</summary>
    Booking,
}

public enum PaymentState
{
    /// <summary>Decided here; the provider may or may not know.</summary>
    Created,

    /// <summary>The provider's payment page is open to the payer.</summary>
    Started,

    /// <summary>The payer has done their part, the bank has not (direct debit).</summary>
    Processing,

    Succeeded,

    Failed,

    /// <summary>Given up before any money moved: the page expired, or the order fell.</summary>
    Cancelled,

    /// <summary>A refund is under way.</summary>
    Refunding,

    /// <summary>All of it was given back.</summary>
    Refunded,
}

public enum RefundState
{
    Created,

    /// <summary>Known to the provider, not yet with the payer.</summary>
    Pending,

    Succeeded,

    /// <summary>The payer's bank sent it back; the money is with us again. May follow a success by days.</summary>
    Failed,
}

public enum TransferState
{
    /// <summary>Decided here, not yet answered by the provider.</summary>
    Created,

    /// <summary>In the workshop's balance; some of it may have been taken back (see the reversed amount).</summary>
    Paid,

    /// <summary>All of it was taken back.</summary>
    Reversed,

    /// <summary>Given up before it was made.</summary>
    Abandoned,
}

public enum ReversalState
{
    Created,
    Done,
    Abandoned,
}

public enum PayoutState
{
    Pending,
    InTransit,
    Paid,

    /// <summary>May follow <see cref="Paid"/> within five business days.</summary>
    Failed,

    Cancelled,
}

/// <summary>The tables of moves. The provider's word is a fact: where it can come late, the late move is allowed.</summary>
public static class PaymentStates
{
    /// <summary>
    /// Success may follow a failure (another card on the same page) and a cancellation (paid in the second in which the
    /// order fell): the money is there, so the payment must say so, and whoever owns the order honours it or refunds it.
    /// </summary>
    public static StateTable<PaymentState> Payment { get; } = new(
        (PaymentState.Created, [PaymentState.Started, PaymentState.Processing, PaymentState.Succeeded, PaymentState.Failed, PaymentState.Cancelled]),
        (PaymentState.Started, [PaymentState.Processing, PaymentState.Succeeded, PaymentState.Failed, PaymentState.Cancelled]),
        (PaymentState.Processing, [PaymentState.Succeeded, PaymentState.Failed]),
        (PaymentState.Failed, [PaymentState.Processing, PaymentState.Succeeded, PaymentState.Cancelled]),
        (PaymentState.Cancelled, [PaymentState.Processing, PaymentState.Succeeded]),
        (PaymentState.Succeeded, [PaymentState.Refunding]),
        (PaymentState.Refunding, [PaymentState.Refunded, PaymentState.Succeeded]),
        (PaymentState.Refunded, [PaymentState.Succeeded]));

    public static StateTable<RefundState> Refund { get; } = new(
        (RefundState.Created, [RefundState.Pending, RefundState.Succeeded, RefundState.Failed]),
        (RefundState.Pending, [RefundState.Succeeded, RefundState.Failed]),
        (RefundState.Succeeded, [RefundState.Failed]));

    public static StateTable<TransferState> Transfer { get; } = new(
        (TransferState.Created, [TransferState.Paid, TransferState.Abandoned]),
        (TransferState.Paid, [TransferState.Reversed]));

    public static StateTable<ReversalState> Reversal { get; } = new(
        (ReversalState.Created, [ReversalState.Done, ReversalState.Abandoned]));

    public static StateTable<PayoutState> Payout { get; } = new(
        (PayoutState.Pending, [PayoutState.InTransit, PayoutState.Paid, PayoutState.Failed, PayoutState.Cancelled]),
        (PayoutState.InTransit, [PayoutState.Paid, PayoutState.Failed, PayoutState.Cancelled]),
        (PayoutState.Paid, [PayoutState.Failed]));
}
