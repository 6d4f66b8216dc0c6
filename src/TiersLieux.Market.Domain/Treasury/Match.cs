using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>What a bank line can stand for.</summary>
public enum CandidateKind
{
    Invoice = 1,
    Payout = 2,
    Transfer = 3,
    Refund = 4,
    Fee = 5,
}

/// <summary>A bank line settled with what it pays. Undone, it stays as a trace and the line is open again.</summary>
public sealed class Match
{
    private Match() => CandidateReference = ReasonFrench = ReasonEnglish = "";

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    public Guid BankLineId { get; private set; }

    public CandidateKind CandidateKind { get; private set; }

    public Guid CandidateId { get; private set; }

    public string CandidateReference { get; private set; }

    public Money Amount { get; private set; }

    /// <summary>Made by the program because it was certain; otherwise accepted by a person.</summary>
    public bool Automatic { get; private set; }

    public string ReasonFrench { get; private set; }

    public string ReasonEnglish { get; private set; }

    /// <summary>Who accepted it; null when automatic.</summary>
    public Guid? MadeBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public bool IsUndone => UndoneAt is not null;

    /// <summary>Settles an open line with a candidate of the same amount.</summary>
    public static MatchResult Make(BankLine line, MatchCandidate candidate, Text reason, Guid? madeBy, DateTime at)
    {
        if (line.State != BankLineState.Open)
            return new MatchResult.Refused(new Reason("line-already-matched",
                "Cette ligne est déjà rapprochée. Rechargez la page, ou annulez d'abord son rapprochement.",
                "This line is already matched. Reload the page, or undo its match first."));
        if (line.Amount != candidate.Amount)
            return new MatchResult.Refused(new Reason("amounts-differ",
                $"Les montants diffèrent : {Billing.BillingText.Amount(line.Amount)} à la banque, {Billing.BillingText.Amount(candidate.Amount)} attendus.",
                $"The amounts differ: {Billing.BillingText.Amount(line.Amount)} at the bank, {Billing.BillingText.Amount(candidate.Amount)} expected."));
        line.SetState(BankLineState.Matched);
        return new MatchResult.Made(new Match
        {
            Id = Guid.CreateVersion7(),
            BankLineId = line.Id,
            CandidateKind = candidate.Kind,
            CandidateId = candidate.Id,
            CandidateReference = candidate.References.Count > 0 ? candidate.References[0] : "",
            Amount = line.Amount,
            Automatic = madeBy is null,
            ReasonFrench = reason.French,
            ReasonEnglish = reason.English,
            MadeBy = madeBy,
            MadeAt = at,
        });
    }

    /// <summary>Opens the line again. A second undo changes nothing.</summary>
    public void Undo(BankLine line, Guid by, DateTime at)
    {
        if (IsUndone || line.Id != BankLineId) return;
        line.SetState(BankLineState.Open);
        UndoneBy = by;
        UndoneAt = at;
    }
}

public abstract record MatchResult
{
    private MatchResult()
    {
    }

    public sealed record Made(Match Match) : MatchResult;

    public sealed record Refused(Reason Reason) : MatchResult;
}
