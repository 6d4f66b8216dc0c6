using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>Money sent by the provider to a bank account: one line on the bank's statement, many movements behind it.</summary>
public sealed class Payout
{
    private readonly List<PayoutLine> _lines = [];

    private Payout()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public string StripeId { get; private set; } = "";

    /// <summary>The connected account it left (<c>acct_…</c>); null for the consortium's own.</summary>
    public string? AccountId { get; private set; }

    public Money Amount { get; private set; }

    /// <summary>When the bank should have it; a business date.</summary>
    public DateOnly ArrivalDate { get; private set; }

    public PayoutState State { get; private set; }

    /// <summary>Made by the provider's schedule. Only then can it say what the payout is made of.</summary>
    public bool Automatic { get; private set; }

    /// <summary>What the bank's statement shows, where the provider says it.</summary>
    public string? StatementText { get; private set; }

    public string? FailureCode { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>When the contents were last found to be other than before; null until they are read.</summary>
    public DateTime? ContentsReadAt { get; private set; }

    public IReadOnlyList<PayoutLine> Lines => _lines;

    /// <summary>Payout less the sum of its lines' net amounts; zero when the contents explain it fully.</summary>
    public Money Unexplained => Lines.Aggregate(Amount, (rest, line) => rest - line.Net);

    public static Payout Of(PayoutFacts facts, string? accountId) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(facts.CreatedAt)),
        StripeId = facts.PayoutId,
        AccountId = accountId,
        Amount = facts.Amount,
        ArrivalDate = facts.ArrivalDate,
        State = facts.State,
        Automatic = facts.Automatic,
        StatementText = facts.StatementText,
        FailureCode = facts.FailureCode,
        CreatedAt = facts.CreatedAt,
    };

    /// <summary>What the provider says now. A paid payout can still fail; nothing comes back from failed or cancelled.</summary>
    public StateChange Update(PayoutFacts facts)
    {
        if (facts.PayoutId != StripeId) return StateChange.No(PaymentReasons.OtherReference(StripeId, facts.PayoutId));
        if (facts.Amount != Amount) return StateChange.No(PaymentReasons.OtherAmount(Amount, facts.Amount));
        if (facts.State == State && facts.ArrivalDate == ArrivalDate && facts.StatementText == StatementText && facts.FailureCode == FailureCode)
            return StateChange.Same;
        if (facts.State != State && !PaymentStates.Payout.Allows(State, facts.State))
            return StateChange.No(PaymentReasons.CannotMove(State, facts.State));
        State = facts.State;
        ArrivalDate = facts.ArrivalDate;
        StatementText = facts.StatementText;
        FailureCode = facts.FailureCode;
        return StateChange.Yes;
    }

    /// <summary>
    /// Takes what the provider lists as its contents; the payout's own movement among them is left out. A line known already keeps
    /// its link; one that the provider no longer lists goes.
    /// </summary>
    public StateChange SetContents(IEnumerable<BalanceTransaction> contents, DateTime now)
    {
        var listed = contents.Where(t => t.Kind != MovementKind.Payout || t.SourceId != StripeId).DistinctBy(t => t.Id).ToList();
        var listedIds = listed.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var known = _lines.Select(l => l.BalanceTransactionId).ToHashSet(StringComparer.Ordinal);
        if (ContentsReadAt is not null && listedIds.SetEquals(known)) return StateChange.Same;
        ContentsReadAt = now;
        _lines.RemoveAll(l => !listedIds.Contains(l.BalanceTransactionId));
        _lines.AddRange(listed.Where(t => !known.Contains(t.Id)).OrderBy(t => t.CreatedAt).Select(t => PayoutLine.Of(Id, t, now)));
        return StateChange.Yes;
    }

    /// <summary>Links the lines to what caused them here; returns how many are still without a link.</summary>
    /// <param name="known">Our records by the provider's id (<c>ch_</c>, <c>re_</c>, <c>tr_</c>, <c>trr_</c>).</param>
    public int Link(IReadOnlyDictionary<string, MovementLink> known)
    {
        foreach (var line in _lines.Where(l => l.LinkedId is null))
        {
            if (line.SourceId is not null && known.TryGetValue(line.SourceId, out var link)) line.LinkTo(link);
        }

        return _lines.Count(l => l.LinkedId is null);
    }
}

public enum MovementSubject
{
    Payment,
    Refund,
    Transfer,
    Reversal,
}

/// <summary>Our record of what caused a movement.</summary>
public readonly record struct MovementLink(MovementSubject Subject, Guid Id);

/// <summary>One movement that a payout is made of.</summary>
public sealed class PayoutLine
{
    private PayoutLine()
    {
    }

    public Guid Id { get; private set; }

    public Guid PayoutId { get; private set; }

    /// <summary><c>txn_…</c>, unique within the payout.</summary>
    public string BalanceTransactionId { get; private set; } = "";

    /// <summary>The provider's own word, known to us or not.</summary>
    public string Type { get; private set; } = "";

    public Money Amount { get; private set; }

    public Money Fee { get; private set; }

    public Money Net { get; private set; }

    public string? SourceId { get; private set; }

    public string? Description { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public MovementSubject? LinkedSubject { get; private set; }

    public Guid? LinkedId { get; private set; }

    public MovementKind Kind => MovementKinds.Of(Type);

    internal static PayoutLine Of(Guid payoutId, BalanceTransaction movement, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(now)),
        PayoutId = payoutId,
        BalanceTransactionId = movement.Id,
        Type = movement.Type,
        Amount = movement.Amount,
        Fee = movement.Fee,
        Net = movement.Net,
        SourceId = movement.SourceId,
        Description = movement.Description,
        CreatedAt = movement.CreatedAt,
    };

    internal void LinkTo(MovementLink link)
    {
        LinkedSubject = link.Subject;
        LinkedId = link.Id;
    }
}
