using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>Part of a transfer taken back from a workshop, before a refund. Begun and moved by its <see cref="WorkshopTransfer"/>.</summary>
public sealed class TransferReversal
{
    private TransferReversal()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public Guid TransferId { get; private set; }

    /// <summary>The transfer at the provider (<c>tr_…</c>).</summary>
    public string TransferStripeId { get; private set; } = "";

    public Money Amount { get; private set; }

    public ReversalState State { get; private set; }

    public string IdempotencyKey { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime? SettledAt { get; private set; }

    /// <summary>The reversal at the provider (<c>trr_…</c>).</summary>
    public string? StripeId { get; private set; }

    public string? Problem { get; private set; }

    public OperationKey Operation => new(IdempotencyKey, CreatedAt);

    internal static TransferReversal Of(WorkshopTransfer transfer, Money amount, DateTime now)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        return new TransferReversal
        {
            Id = id,
            TransferId = transfer.Id,
            TransferStripeId = transfer.StripeId!,
            Amount = amount,
            State = ReversalState.Created,
            IdempotencyKey = OperationKey.For("reversal", id, 1),
            CreatedAt = now,
        };
    }

    internal StateChange Complete(string stripeId, DateTime now)
    {
        if (StripeId is not null) return StripeId == stripeId ? StateChange.Same : StateChange.No(PaymentReasons.OtherReference(StripeId, stripeId));
        if (!PaymentStates.Reversal.Allows(State, ReversalState.Done)) return StateChange.No(PaymentReasons.CannotMove(State, ReversalState.Done));
        StripeId = stripeId;
        SettledAt = now;
        State = ReversalState.Done;
        return StateChange.Yes;
    }

    internal StateChange Abandon(string problem)
    {
        if (State == ReversalState.Abandoned) return StateChange.Same;
        if (!PaymentStates.Reversal.Allows(State, ReversalState.Abandoned)) return StateChange.No(PaymentReasons.CannotMove(State, ReversalState.Abandoned));
        Problem = problem;
        State = ReversalState.Abandoned;
        return StateChange.Yes;
    }
}
