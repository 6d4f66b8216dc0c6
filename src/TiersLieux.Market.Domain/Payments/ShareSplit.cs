using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>A charge of an order, and what of it has gone elsewhere.</summary>
/// <param name="Transferred">To all workshops, reversals not counted off.</param>
/// <param name="Reversed">Taken back from them.</param>
/// <param name="Refunded">Given back to the payer, or about to be.</param>
public sealed record SourceCharge(Guid PaymentId, string ChargeId, Money Charged, Money Transferred, Money Reversed, Money Refunded)
{
    /// <summary>What transfers may still take from it; never negative.</summary>
    public Money Left
    {
        get
        {
            var left = Charged - Refunded - (Transferred - Reversed);
            return left.Cents < 0 ? left - left : left;
        }
    }

    /// <summary>The charge of a payment; null when its money has not arrived (a direct debit under way carries no transfer).</summary>
    /// <param name="transfers">All transfers that name the charge; abandoned ones count for nothing.</param>
    public static SourceCharge? Of(Payment payment, IEnumerable<WorkshopTransfer> transfers)
    {
        if (payment.ChargeId is null || payment.State is not (PaymentState.Succeeded or PaymentState.Refunding)) return null;
        var zero = payment.Amount - payment.Amount;
        var own = transfers.Where(t => t.PaymentId == payment.Id && t.State != TransferState.Abandoned).ToList();
        return new SourceCharge(
            payment.Id,
            payment.ChargeId,
            payment.Amount,
            own.Aggregate(zero, (sum, t) => sum + t.Amount),
            own.Aggregate(zero, (sum, t) => sum + t.Reversed),
            payment.Refunded + payment.RefundPending);
    }
}

/// <summary>What one transfer takes from one charge.</summary>
public sealed record ShareOfCharge(Guid PaymentId, string ChargeId, Money Amount);

/// <summary>How a workshop's share is taken from the charges of its order.</summary>
public abstract record ShareSplitResult
{
    private ShareSplitResult()
    {
    }

    /// <param name="Parts">One transfer each; they add up to the share.</param>
    public sealed record Split(IReadOnlyList<ShareOfCharge> Parts) : ShareSplitResult;

    /// <summary>The charges do not hold enough; nothing should be transferred.</summary>
    public sealed record NotCovered(Money Missing, Reason Reason) : ShareSplitResult;
}

/// <summary>A transfer cannot exceed what is left of its source charge, so a share may need several transfers.</summary>
public static class ShareSplit
{
    /// <summary>
    /// One charge alone if one holds the whole share (the one it fits most closely, to keep the larger rest together); otherwise the
    /// charges in the order given, each emptied before the next. All or nothing.
    /// </summary>
    public static ShareSplitResult Of(Money share, IReadOnlyList<SourceCharge> charges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share.Cents, nameof(share));
        if (share.IsZero) return new ShareSplitResult.Split([]);
        if (charges.Where(c => c.Left >= share).MinBy(c => c.Left.Cents) is { } alone)
            return new ShareSplitResult.Split([new ShareOfCharge(alone.PaymentId, alone.ChargeId, share)]);

        var parts = new List<ShareOfCharge>();
        var open = share;
        foreach (var charge in charges)
        {
            var taken = charge.Left < open ? charge.Left : open;
            if (taken.IsZero) continue;
            parts.Add(new ShareOfCharge(charge.PaymentId, charge.ChargeId, taken));
            open -= taken;
            if (open.IsZero) return new ShareSplitResult.Split(parts);
        }

        return new ShareSplitResult.NotCovered(open, PaymentReasons.NotCovered(open));
    }
}
