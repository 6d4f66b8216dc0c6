using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// One attempt to collect one amount: one payment page, one key. A new attempt after a failure or an expiry is a new payment.
/// </summary>
public sealed class Payment
{
    private Payment()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public PaymentSubject Subject { get; private set; }

    public Guid SubjectId { get; private set; }

    public PaymentPurpose Purpose { get; private set; }

    public Money Amount { get; private set; }

    public PaymentState State { get; private set; }

    /// <summary>Derived from <see cref="Id"/> when the payment is made, and never anything else.</summary>
    public string IdempotencyKey { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>When the payment page closes. Part of what is sent under the key, so it is kept, never computed anew.</summary>
    public DateTime ExpiresAt { get; private set; }

    public string? CheckoutSessionId { get; private set; }

    public string? CheckoutUrl { get; private set; }

    public string? PaymentIntentId { get; private set; }

    public string? ChargeId { get; private set; }

    /// <summary>What the provider keeps; null until it says so. Not given back on a refund.</summary>
    public Money? Fee { get; private set; }

    /// <summary>When the money was ours.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>The provider's code of the last refusal.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>Refunds under way.</summary>
    public Money RefundPending { get; private set; }

    /// <summary>Refunds done.</summary>
    public Money Refunded { get; private set; }

    public OperationKey Operation => new(IdempotencyKey, CreatedAt);

    /// <summary>What can still be refunded.</summary>
    public Money Refundable => ChargeId is null ? Amount - Amount : Amount - RefundPending - Refunded;

    /// <param name="expiresAt">See <see cref="CheckoutLifetime"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not positive: nothing to pay is not a payment.</exception>
    public static Payment Create(PaymentSubject subject, Guid subjectId, PaymentPurpose purpose, Money amount, DateTime expiresAt, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.Cents, nameof(amount));
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        return new Payment
        {
            Id = id,
            Subject = subject,
            SubjectId = subjectId,
            Purpose = purpose,
            Amount = amount,
            State = PaymentState.Created,
            IdempotencyKey = OperationKey.For("payment", id, 1),
            CreatedAt = now,
            ExpiresAt = expiresAt,
            RefundPending = amount - amount,
            Refunded = amount - amount,
        };
    }

    /// <summary>The provider has opened its payment page. Kept even when the payment has moved on, so that the page can be closed.</summary>
    public StateChange Start(string sessionId, string url)
    {
        if (CheckoutSessionId is not null)
            return CheckoutSessionId == sessionId ? StateChange.Same : StateChange.No(PaymentReasons.OtherReference(CheckoutSessionId, sessionId));
        CheckoutSessionId = sessionId;
        CheckoutUrl = url;
        if (State == PaymentState.Created) State = PaymentState.Started;
        return StateChange.Yes;
    }

    /// <summary>The payer has agreed; their bank has yet to pay.</summary>
    public StateChange Process(string paymentIntentId)
    {
        if (OtherIntent(paymentIntentId) is { } other) return other;
        if (State == PaymentState.Processing || ChargeIsKnown) return StateChange.Same;
        if (Moving(PaymentState.Processing) is { } no) return no;
        PaymentIntentId = paymentIntentId;
        State = PaymentState.Processing;
        return StateChange.Yes;
    }

    /// <summary>The money is ours. Told again with the fee once the provider knows it.</summary>
    public StateChange Succeed(PaidCharge charge, DateTime now)
    {
        if (OtherIntent(charge.PaymentIntentId) is { } other) return other;
        if (ChargeId is not null && ChargeId != charge.ChargeId) return StateChange.No(PaymentReasons.OtherReference(ChargeId, charge.ChargeId));
        if (charge.Amount != Amount) return StateChange.No(PaymentReasons.OtherAmount(Amount, charge.Amount));
        if (ChargeIsKnown)
        {
            if (charge.Fee is null || Fee == charge.Fee) return StateChange.Same;
            Fee = charge.Fee;
            return StateChange.Yes;
        }

        if (Moving(PaymentState.Succeeded) is { } no) return no;
        PaymentIntentId = charge.PaymentIntentId;
        ChargeId = charge.ChargeId;
        Fee = charge.Fee;
        SettledAt = now;
        FailureCode = null;
        State = PaymentState.Succeeded;
        return StateChange.Yes;
    }

    public StateChange Fail(string? code)
    {
        if (State == PaymentState.Failed || ChargeIsKnown) return StateChange.Same;
        if (Moving(PaymentState.Failed) is { } no) return no;
        FailureCode = code;
        State = PaymentState.Failed;
        return StateChange.Yes;
    }

    /// <summary>Gives up. Only when the provider's page is closed or was never opened: otherwise the payer may still pay.</summary>
    public StateChange Cancel()
    {
        if (State == PaymentState.Cancelled) return StateChange.Same;
        if (Moving(PaymentState.Cancelled) is { } no) return no;
        State = PaymentState.Cancelled;
        return StateChange.Yes;
    }

    /// <summary>Sets an amount aside to give back; the refund carries the key to send it under.</summary>
    public RefundResult BeginRefund(Money amount, string motive, DateTime now)
    {
        if (State is not (PaymentState.Succeeded or PaymentState.Refunding))
            return new RefundResult.Refused(PaymentReasons.CannotMove(State, PaymentState.Refunding));
        if (amount.Cents <= 0 || amount > Refundable) return new RefundResult.Refused(PaymentReasons.OverRefund(Refundable));
        RefundPending += amount;
        State = PaymentState.Refunding;
        return new RefundResult.Begun(Refund.Of(this, amount, motive, now));
    }

    /// <summary>What the provider says of one of this payment's refunds. Changes both; save both.</summary>
    public StateChange RecordRefund(Refund refund, RefundFacts facts, DateTime now)
    {
        if (refund.PaymentId != Id) throw new ArgumentException("The refund is another payment's.", nameof(refund));
        var before = refund.State;
        var change = refund.Record(facts, now);
        if (change is not StateChange.Changed || before == refund.State) return change;

        if (refund.State == RefundState.Succeeded)
        {
            RefundPending -= refund.Amount;
            Refunded += refund.Amount;
        }
        else if (refund.State == RefundState.Failed && before == RefundState.Succeeded)
        {
            Refunded -= refund.Amount;
        }
        else if (refund.State == RefundState.Failed)
        {
            RefundPending -= refund.Amount;
        }

        State = !RefundPending.IsZero ? PaymentState.Refunding : Refunded == Amount ? PaymentState.Refunded : PaymentState.Succeeded;
        return change;
    }

    private bool ChargeIsKnown => State is PaymentState.Succeeded or PaymentState.Refunding or PaymentState.Refunded;

    private StateChange.Refused? Moving(PaymentState to) =>
        PaymentStates.Payment.Allows(State, to) ? null : new StateChange.Refused(PaymentReasons.CannotMove(State, to));

    private StateChange? OtherIntent(string paymentIntentId) =>
        PaymentIntentId is not null && PaymentIntentId != paymentIntentId
            ? StateChange.No(PaymentReasons.OtherReference(PaymentIntentId, paymentIntentId))
            : null;
}

/// <summary>Whether a refund could be begun.</summary>
public abstract record RefundResult
{
    private RefundResult()
    {
    }

    public sealed record Begun(Refund Refund) : RefundResult;

    public sealed record Refused(Reason Reason) : RefundResult;
}
