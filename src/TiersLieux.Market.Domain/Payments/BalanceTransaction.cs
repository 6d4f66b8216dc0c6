using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>What a movement of a balance at the provider is. A type that is not known here is <see cref="Other"/>: kept and shown, never dropped.</summary>
public enum MovementKind
{
    Other,
    Charge,
    Refund,

    /// <summary>A refund that came back from the payer's bank.</summary>
    RefundFailure,

    /// <summary>To a workshop: negative for the consortium.</summary>
    Transfer,

    /// <summary>A transfer reversed: positive for the consortium.</summary>
    TransferReversal,

    /// <summary>A dispute, lost or won.</summary>
    Adjustment,

    ProviderFee,
    Payout,
    PayoutFailure,
    PayoutCancel,
}

public static class MovementKinds
{
    /// <summary>The kind of a type as the provider writes it; see <see cref="MovementKind.Other"/>.</summary>
    public static MovementKind Of(string type) => type switch
    {
        "charge" or "payment" => MovementKind.Charge,
        "refund" or "payment_refund" => MovementKind.Refund,
        "refund_failure" or "payment_failure_refund" => MovementKind.RefundFailure,
        "transfer" => MovementKind.Transfer,
        "transfer_refund" => MovementKind.TransferReversal,
        "adjustment" => MovementKind.Adjustment,
        "stripe_fee" => MovementKind.ProviderFee,
        "payout" => MovementKind.Payout,
        "payout_failure" => MovementKind.PayoutFailure,
        "payout_cancel" => MovementKind.PayoutCancel,
        _ => MovementKind.Other,
    };
}

/// <summary>One movement of a balance at the provider, as it tells it. Always <c>Net = Amount − Fee</c>.</summary>
/// <param name="Type">The provider's own word, known to us or not.</param>
/// <param name="SourceId">What caused it: <c>ch_</c>, <c>re_</c>, <c>tr_</c>, <c>trr_</c>, <c>po_</c>, <c>dp_</c>…</param>
public sealed record BalanceTransaction(
    string Id,
    string Type,
    Money Amount,
    Money Fee,
    Money Net,
    string? SourceId,
    string? Description,
    DateTime CreatedAt,
    DateTime AvailableOn)
{
    public MovementKind Kind => MovementKinds.Of(Type);
}
