using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>A workshop's share of one charge, moved from the consortium's balance at the provider to the workshop's.</summary>
public sealed class WorkshopTransfer
{
    private WorkshopTransfer()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>The order's reference, which groups its charges and transfers at the provider.</summary>
    public string TransferGroup { get; private set; } = "";

    /// <summary>The legal person that runs the workshop.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Its account at the provider (<c>acct_…</c>).</summary>
    public string AccountId { get; private set; } = "";

    public Guid PaymentId { get; private set; }

    public string SourceChargeId { get; private set; } = "";

    public Money Amount { get; private set; }

    /// <summary>Reversals under way.</summary>
    public Money ReversalPending { get; private set; }

    /// <summary>Reversals done.</summary>
    public Money Reversed { get; private set; }

    public TransferState State { get; private set; }

    public string IdempotencyKey { get; private set; } = "";

    public int Attempt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime AttemptStartedAt { get; private set; }

    public DateTime? SettledAt { get; private set; }

    public string? StripeId { get; private set; }

    /// <summary>The provider's code of the last refusal; what the treasurer sees while it waits.</summary>
    public string? Problem { get; private set; }

    public OperationKey Operation => new(IdempotencyKey, AttemptStartedAt);

    public Money Reversible => State == TransferState.Paid ? Amount - ReversalPending - Reversed : Amount - Amount;

    public static WorkshopTransfer Create(Guid orderId, string transferGroup, Guid organisationId, string accountId, ShareOfCharge share, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share.Amount.Cents, nameof(share));
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        return new WorkshopTransfer
        {
            Id = id,
            OrderId = orderId,
            TransferGroup = transferGroup,
            OrganisationId = organisationId,
            AccountId = accountId,
            PaymentId = share.PaymentId,
            SourceChargeId = share.ChargeId,
            Amount = share.Amount,
            ReversalPending = share.Amount - share.Amount,
            Reversed = share.Amount - share.Amount,
            State = TransferState.Created,
            IdempotencyKey = OperationKey.For("transfer", id, 1),
            Attempt = 1,
            CreatedAt = now,
            AttemptStartedAt = now,
        };
    }

    public StateChange Complete(string stripeId, DateTime now)
    {
        if (StripeId is not null) return StripeId == stripeId ? StateChange.Same : StateChange.No(PaymentReasons.OtherReference(StripeId, stripeId));
        if (!PaymentStates.Transfer.Allows(State, TransferState.Paid)) return StateChange.No(PaymentReasons.CannotMove(State, TransferState.Paid));
        StripeId = stripeId;
        SettledAt = now;
        Problem = null;
        State = TransferState.Paid;
        return StateChange.Yes;
    }

    /// <summary>
    /// The provider refused for now (the workshop's account is not ready, the balance is short): the next attempt needs a key of
    /// its own, or it would hear the same answer. Never after an unknown outcome: that repeats the same key.
    /// </summary>
    /// <param name="key">The key that was refused; the answer to an earlier attempt changes nothing.</param>
    public StateChange PutOff(string problem, string key, DateTime now)
    {
        if (!string.Equals(key, IdempotencyKey, StringComparison.Ordinal)) return StateChange.Same;
        if (State != TransferState.Created) return StateChange.No(PaymentReasons.CannotMove(State, TransferState.Created));
        Problem = problem;
        Attempt++;
        AttemptStartedAt = now;
        IdempotencyKey = OperationKey.For("transfer", Id, Attempt);
        return StateChange.Yes;
    }

    /// <summary>Gives it up; only after a refusal, never while its outcome is unknown.</summary>
    public StateChange Abandon(string problem)
    {
        if (State == TransferState.Abandoned) return StateChange.Same;
        if (!PaymentStates.Transfer.Allows(State, TransferState.Abandoned)) return StateChange.No(PaymentReasons.CannotMove(State, TransferState.Abandoned));
        Problem = problem;
        State = TransferState.Abandoned;
        return StateChange.Yes;
    }

    /// <summary>Sets an amount aside to take back; the reversal carries the key to send it under.</summary>
    public ReversalResult BeginReversal(Money amount, DateTime now)
    {
        if (amount.Cents <= 0 || amount > Reversible) return new ReversalResult.Refused(PaymentReasons.OverReversal(Reversible));
        ReversalPending += amount;
        return new ReversalResult.Begun(TransferReversal.Of(this, amount, now));
    }

    /// <summary>The provider has made the reversal. Changes both; save both.</summary>
    public StateChange CompleteReversal(TransferReversal reversal, string stripeId, DateTime now)
    {
        Own(reversal);
        var change = reversal.Complete(stripeId, now);
        if (change is not StateChange.Changed) return change;
        ReversalPending -= reversal.Amount;
        Reversed += reversal.Amount;
        if (Reversed == Amount) State = TransferState.Reversed;
        return change;
    }

    /// <summary>The reversal will not be made (the workshop's balance is empty); the amount is free to reverse again. Save both.</summary>
    public StateChange AbandonReversal(TransferReversal reversal, string problem)
    {
        Own(reversal);
        var change = reversal.Abandon(problem);
        if (change is StateChange.Changed) ReversalPending -= reversal.Amount;
        return change;
    }

    private void Own(TransferReversal reversal)
    {
        if (reversal.TransferId != Id) throw new ArgumentException("The reversal is another transfer's.", nameof(reversal));
    }
}

/// <summary>Whether a reversal could be begun.</summary>
public abstract record ReversalResult
{
    private ReversalResult()
    {
    }

    public sealed record Begun(TransferReversal Reversal) : ReversalResult;

    public sealed record Refused(Reason Reason) : ReversalResult;
}
