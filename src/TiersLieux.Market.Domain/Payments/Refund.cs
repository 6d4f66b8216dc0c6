using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// Money given back to a payer. It takes nothing back from a workshop: reverse the transfers first, then refund.
/// Begun and moved by its <see cref="Payment"/>.
/// </summary>
public sealed class Refund
{
    private Refund()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public Guid PaymentId { get; private set; }

    public string ChargeId { get; private set; } = "";

    public Money Amount { get; private set; }

    /// <summary>Why, in the words of who decided it.</summary>
    public string Motive { get; private set; } = "";

    public RefundState State { get; private set; }

    public string IdempotencyKey { get; private set; } = "";

    public int Attempt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime AttemptStartedAt { get; private set; }

    /// <summary>When the provider accepted it.</summary>
    public DateTime? SettledAt { get; private set; }

    public string? StripeId { get; private set; }

    /// <summary>The provider's code of the last refusal or failure.</summary>
    public string? Problem { get; private set; }

    public OperationKey Operation => new(IdempotencyKey, AttemptStartedAt);

    internal static Refund Of(Payment payment, Money amount, string motive, DateTime now)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        return new Refund
        {
            Id = id,
            PaymentId = payment.Id,
            ChargeId = payment.ChargeId!,
            Amount = amount,
            Motive = motive,
            State = RefundState.Created,
            IdempotencyKey = OperationKey.For("refund", id, 1),
            Attempt = 1,
            CreatedAt = now,
            AttemptStartedAt = now,
        };
    }

    /// <summary>The provider refused for now (its balance is short): the next attempt needs a key of its own, or it would hear the same answer.</summary>
    /// <param name="key">The key that was refused; the answer to an earlier attempt changes nothing.</param>
    public StateChange PutOff(string problem, string key, DateTime now)
    {
        if (!string.Equals(key, IdempotencyKey, StringComparison.Ordinal)) return StateChange.Same;
        if (State != RefundState.Created) return StateChange.No(PaymentReasons.CannotMove(State, RefundState.Created));
        Problem = problem;
        Attempt++;
        AttemptStartedAt = now;
        IdempotencyKey = OperationKey.For("refund", Id, Attempt);
        return StateChange.Yes;
    }

    internal StateChange Record(RefundFacts facts, DateTime now)
    {
        if (StripeId is not null && StripeId != facts.RefundId) return StateChange.No(PaymentReasons.OtherReference(StripeId, facts.RefundId));
        if (facts.Amount != Amount) return StateChange.No(PaymentReasons.OtherAmount(Amount, facts.Amount));
        if (State == facts.State || (facts.State == RefundState.Pending && State != RefundState.Created)) return StateChange.Same;
        if (!PaymentStates.Refund.Allows(State, facts.State)) return StateChange.No(PaymentReasons.CannotMove(State, facts.State));
        StripeId = facts.RefundId;
        State = facts.State;
        Problem = facts.FailureCode;
        SettledAt ??= now;
        return StateChange.Yes;
    }
}
