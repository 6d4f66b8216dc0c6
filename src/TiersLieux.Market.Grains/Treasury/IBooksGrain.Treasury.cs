using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Treasury;

namespace TiersLieux.Market.Grains.Billing;

public partial interface IBooksGrain
{
    /// <summary>
    /// Takes a bank file whole or not at all, leaves out what is already known, then matches what is certain. For a treasurer or an administrator.
    /// </summary>
    Task<ImportAnswer> ImportStatement(Guid personId, string fileName, byte[] content);

    /// <summary>Matches what is certain: a reference or payout named at its exact amount, and nothing else named. Safe to repeat.</summary>
    Task<ReconcileAnswer> ReconcileAutomatically();

    /// <summary>
    /// Settles a bank line with an open invoice or payout of the same amount, or (<see cref="CandidateKind.Fee"/>, the candidate being the line itself)
    /// books it as a bank fee; the match and its entry are one transaction. The value is the match's id.
    /// </summary>
    Task<Outcome<Guid>> AcceptMatch(Guid personId, Guid bankLineId, CandidateKind candidateKind, Guid candidateId);

    /// <summary>Opens the line again. The ledger only grows: the entry stays and an opposite one, dated today, is posted beside it.</summary>
    Task<Outcome> UndoMatch(Guid personId, Guid matchId);
}
