using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>Something open that a bank line may settle.</summary>
/// <param name="Amount">Signed as on the bank account: positive when money is to come in.</param>
/// <param name="References">Invoice number, order number, RF reference, payout id: whatever names it in a remittance text.</param>
/// <param name="Date">Due date of an invoice, arrival date of a payout.</param>
public sealed record MatchCandidate(
    Guid Id, CandidateKind Kind, Money Amount, IReadOnlyList<string> References, string? Name, string? Iban, DateOnly Date);
