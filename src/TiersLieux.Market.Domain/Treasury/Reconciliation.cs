using System.Globalization;
using System.Text;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>A candidate for a line, with why.</summary>
/// <param name="Score">Only to rank; higher is better.</param>
/// <param name="Difference">Line less candidate: zero for an exact amount.</param>
public sealed record Suggestion(MatchCandidate Candidate, int Score, Money Difference, IReadOnlyList<Text> Reasons);

/// <summary>What is proposed for one bank line: one certain match, or suggestions, best first.</summary>
/// <param name="Certain">A reference and the exact amount name this candidate and no other.</param>
public sealed record LineProposal(BankLine Line, Suggestion? Certain, IReadOnlyList<Suggestion> Suggestions);

/// <summary>
/// Finds what bank lines pay. Certain only when a reference or payout id in the line names a candidate of exactly
/// that amount, and nothing else in the line names another; ties and doubts become suggestions for a person.
/// </summary>
public static class Reconciliation
{
    private const int MostSuggestions = 5;
    private const int ReferenceScore = 100;
    private const int AmountScore = 60;
    private const int IbanScore = 50;
    private const int NameScore = 30;
    private const int DateScore = 10;
    private const int NearDays = 10;

    /// <summary>Below this a candidate is not worth showing: a name or a date alone.</summary>
    private const int WorthShowing = AmountScore;

    public static IReadOnlyList<LineProposal> Propose(IReadOnlyList<BankLine> lines, IReadOnlyList<MatchCandidate> candidates)
    {
        var index = new ReferenceIndex(candidates);
        var byAmount = candidates.ToLookup(c => c.Amount);
        var byIban = candidates.Where(c => c.Iban is not null).ToLookup(c => ReferenceIndex.Compact(c.Iban!), StringComparer.Ordinal);
        var open = lines.Where(l => l.State == BankLineState.Open).ToList();

        var named = open.ToDictionary(l => l.Id, l => index.Find(l.StructuredReference, l.Text, l.EndToEndId));
        var sure = open.Select(l => (Line: l, Candidate: Certain(l, named[l.Id]))).Where(p => p.Candidate is not null)
            .GroupBy(p => (p.Candidate!.Kind, p.Candidate.Id))
            .Where(g => g.Count() == 1)
            .ToDictionary(g => g.First().Line.Id, g => g.First().Candidate!);
        var taken = sure.Values.Select(c => (c.Kind, c.Id)).ToHashSet();

        var proposals = new List<LineProposal>(open.Count);
        foreach (var line in open)
        {
            if (sure.TryGetValue(line.Id, out var certain))
            {
                proposals.Add(new LineProposal(line, Weigh(line, certain, named[line.Id]), []));
                continue;
            }

            var pool = named[line.Id].Values.SelectMany(c => c).Concat(byAmount[line.Amount]);
            if (line.CounterpartyIban is { } iban) pool = pool.Concat(byIban[ReferenceIndex.Compact(iban)]);
            proposals.Add(new LineProposal(line, null,
            [
                .. pool.DistinctBy(c => (c.Kind, c.Id))
                    .Where(c => !taken.Contains((c.Kind, c.Id)) && Math.Sign(c.Amount.Cents) == Math.Sign(line.Amount.Cents))
                    .Select(c => Weigh(line, c, named[line.Id]))
                    .Where(s => s.Score >= WorthShowing)
                    .OrderByDescending(s => s.Score).ThenBy(s => s.Candidate.Date).ThenBy(s => s.Candidate.Id)
                    .Take(MostSuggestions),
            ]));
        }

        return proposals;
    }

    /// <summary>
    /// The one candidate that the line names at its exact amount. Every reference found must be one of its own: a line
    /// that names two invoices may pay both, whatever its amount.
    /// </summary>
    private static MatchCandidate? Certain(BankLine line, IReadOnlyDictionary<string, List<MatchCandidate>> named)
    {
        if (named.Count == 0 || line.Amount.IsZero || line.IsReversal) return null;
        var exact = named.Values.SelectMany(c => c).Where(c => c.Amount == line.Amount).DistinctBy(c => (c.Kind, c.Id)).Take(2).ToList();
        return exact.Count == 1 && named.Values.All(bearers => bearers.Exists(c => c.Kind == exact[0].Kind && c.Id == exact[0].Id))
            ? exact[0]
            : null;
    }

    private static Suggestion Weigh(BankLine line, MatchCandidate candidate, IReadOnlyDictionary<string, List<MatchCandidate>> named)
    {
        var score = 0;
        var reasons = new List<Text>();
        var reference = candidate.References.FirstOrDefault(r => named.ContainsKey(ReferenceIndex.Compact(r)));
        if (reference is not null)
        {
            score += ReferenceScore;
            reasons.Add(candidate.Kind == CandidateKind.Payout
                ? new Text($"virement Stripe {reference} cité", $"Stripe payout {reference} named")
                : new Text($"référence {reference} citée", $"reference {reference} named"));
        }

        var difference = line.Amount - candidate.Amount;
        if (difference.IsZero)
        {
            score += AmountScore;
            reasons.Add(new Text("montant exact", "exact amount"));
        }

        if (candidate.Iban is { } iban && line.CounterpartyIban is { } other && ReferenceIndex.Compact(iban) == ReferenceIndex.Compact(other))
        {
            score += IbanScore;
            reasons.Add(new Text("IBAN connu", "known IBAN"));
        }

        if (candidate.Name is { } name && NamesAgree(name, line.CounterpartyName, line.Text))
        {
            score += NameScore;
            reasons.Add(new Text($"nom {name}", $"name {name}"));
        }

        if (Math.Abs(line.BookingDate.DayNumber - candidate.Date.DayNumber) <= NearDays)
        {
            score += DateScore;
            reasons.Add(new Text("date proche", "near date"));
        }

        return new Suggestion(candidate, score, difference, reasons);
    }

    /// <summary>Every word of three letters and more of the name is in the counterparty or the text, accents and case aside.</summary>
    private static bool NamesAgree(string name, string? counterparty, string text)
    {
        var words = Words(name).Where(w => w.Length >= 3).ToList();
        if (words.Count == 0) return false;
        var said = Words(counterparty + " " + text).ToHashSet(StringComparer.Ordinal);
        return words.TrueForAll(said.Contains);
    }

    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ');
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
