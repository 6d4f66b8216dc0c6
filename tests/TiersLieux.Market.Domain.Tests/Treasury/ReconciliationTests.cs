using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Treasury;

public sealed class ReconciliationTests
{
    private static readonly DateOnly Day = new(2026, 11, 26);

    private readonly MatchCandidate payout = Candidate(CandidateKind.Payout, 341_75, "po_1QabcDEF234567");
    private readonly MatchCandidate deposit = Candidate(CandidateKind.Invoice, 360_00, "AC-2026-000004", "CMD-2026-000007");
    private readonly MatchCandidate final = Candidate(CandidateKind.Invoice, 840_00, "F-2026-000012", "CMD-2026-000007", CreditorReference.Create("F-2026-000012")!);
    private readonly MatchCandidate transfer = Candidate(CandidateKind.Transfer, -700_00, "AF-000000001-2026-000003");

    [Theory]
    [InlineData("STRIPE PAYOUT po_1QabcDEF234567", 341_75)]
    [InlineData("VIR SEPA RECU /DE STRIPE /MOTIF PO 1QABCDEF234567 /REF X", 341_75)]
    public void Payout_named_with_its_exact_amount_is_certain(string text, long cents) =>
        Assert.Equal(payout, Propose(Line(cents, text)).Certain!.Candidate);

    [Theory]
    [InlineData("Paiement facture F-2026-000012")]
    [InlineData("VIR F 2026 000012 MERCI")]
    [InlineData("f/2026/000012")]
    [InlineData("facture.F2026000012.")]
    [InlineData("commande CMD-2026-000007 solde")]
    [InlineData("F-2026-000012 de la commande CMD-2026-000007")]
    public void Invoice_or_order_number_anywhere_with_the_exact_amount_is_certain(string text) =>
        Assert.Equal(final, Propose(Line(840_00, text)).Certain!.Candidate);

    [Fact]
    public void Structured_reference_is_found_in_its_own_field_and_in_groups_of_four()
    {
        var reference = CreditorReference.Create("F-2026-000012")!;

        Assert.Equal(final, Propose(Line(840_00, "", structured: reference)).Certain!.Candidate);
        Assert.Equal(final, Propose(Line(840_00, "ref " + CreditorReference.Grouped(reference).ToLowerInvariant())).Certain!.Candidate);
    }

    [Fact]
    public void Order_number_with_the_deposit_amount_is_the_deposit() =>
        Assert.Equal(deposit, Propose(Line(360_00, "CMD-2026-000007")).Certain!.Candidate);

    [Fact]
    public void Money_going_out_matches_what_is_to_go_out() =>
        Assert.Equal(transfer, Propose(Line(-700_00, "AF-000000001-2026-000003")).Certain!.Candidate);

    [Theory]
    [InlineData(840_00, "sans référence")]
    [InlineData(840_01, "F-2026-000012")]
    [InlineData(-840_00, "F-2026-000012")]
    [InlineData(840_00, "F-2026-0000123")]
    [InlineData(840_00, "XF-2026-000012")]
    [InlineData(840_00, "F-2026-000012 et po_1QabcDEF234567")]
    public void Anything_less_is_never_settled_alone(long cents, string text) => Assert.Null(Propose(Line(cents, text)).Certain);

    [Fact]
    public void Two_invoices_of_one_order_and_amount_are_a_tie()
    {
        var twin = Candidate(CandidateKind.Invoice, 840_00, "F-2026-000013", "CMD-2026-000007");

        var proposal = Assert.Single(Reconciliation.Propose([Line(840_00, "CMD-2026-000007")], [final, twin]));

        Assert.Null(proposal.Certain);
        Assert.Equal(2, proposal.Suggestions.Count);
    }

    [Fact]
    public void Two_lines_that_pay_the_same_invoice_are_both_left_to_a_person()
    {
        var proposals = Reconciliation.Propose([Line(840_00, "F-2026-000012"), Line(840_00, "F-2026-000012")], [final]);

        Assert.All(proposals, p => Assert.Null(p.Certain));
        Assert.All(proposals, p => Assert.Equal(final, Assert.Single(p.Suggestions).Candidate));
    }

    [Fact]
    public void Reversed_movement_is_never_settled_alone() =>
        Assert.Null(Propose(Line(840_00, "F-2026-000012", reversal: true)).Certain);

    [Fact]
    public void Suggestions_are_ranked_and_say_why()
    {
        var known = Candidate(CandidateKind.Invoice, 500_00, "F-2026-000020") with { Name = "Société Élan", Iban = "FR76 3000 6000 0112 3456 7890 189" };
        var sameAmount = Candidate(CandidateKind.Invoice, 500_00, "F-2026-000021") with { Name = "Autre" };
        var otherAmount = Candidate(CandidateKind.Invoice, 90_00, "F-2026-000022") with { Name = "Société Élan" };
        var line = Line(500_00, "VIREMENT", name: "SOCIETE ELAN", iban: "FR7630006000011234567890189");

        var suggestions = Assert.Single(Reconciliation.Propose([line], [otherAmount, sameAmount, known])).Suggestions;

        Assert.Equal([known, sameAmount], suggestions.Select(s => s.Candidate));
        Assert.Equal(["montant exact", "IBAN connu", "nom Société Élan", "date proche"], suggestions[0].Reasons.Select(r => r.French));
    }

    [Fact]
    public void Part_payment_is_suggested_with_its_difference()
    {
        var suggestion = Assert.Single(Propose(Line(400_00, "acompte sur F-2026-000012")).Suggestions);

        Assert.Equal((final, -440_00), (suggestion.Candidate, suggestion.Difference.Cents));
    }

    [Fact]
    public void Candidate_taken_for_certain_is_not_suggested_elsewhere()
    {
        var proposals = Reconciliation.Propose([Line(840_00, "F-2026-000012"), Line(840_00, "autre")], [final]);

        Assert.NotNull(proposals[0].Certain);
        Assert.Empty(proposals[1].Suggestions);
    }

    [Fact]
    public void Match_is_made_once_kept_with_its_reason_and_can_be_undone()
    {
        var line = Line(840_00, "F-2026-000012");
        var person = Guid.NewGuid();
        var at = new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Utc);
        var reason = new Text("montant exact", "exact amount");

        Assert.Equal("amounts-differ", Refusal(Match.Make(line, deposit, reason, null, at)));
        var match = Assert.IsType<MatchResult.Made>(Match.Make(line, final, reason, null, at)).Match;
        Assert.Equal((true, "F-2026-000012", BankLineState.Matched), (match.Automatic, match.CandidateReference, line.State));
        Assert.Equal("line-already-matched", Refusal(Match.Make(line, final, reason, person, at)));
        Assert.Empty(Reconciliation.Propose([line], [final]));

        match.Undo(line, person, at);
        Assert.True(match.IsUndone);
        Assert.Equal(BankLineState.Open, line.State);
        Assert.False(Assert.IsType<MatchResult.Made>(Match.Make(line, final, reason, person, at)).Match.Automatic);
    }

    private static string Refusal(MatchResult result) => Assert.IsType<MatchResult.Refused>(result).Reason.Code;

    private LineProposal Propose(BankLine line) => Assert.Single(Reconciliation.Propose([line], [payout, deposit, final, transfer]));

    private static MatchCandidate Candidate(CandidateKind kind, long cents, params string[] references) =>
        new(Guid.CreateVersion7(), kind, new Money(cents), references, null, null, Day);

    private static BankLine Line(long cents, string text, string? structured = null, string? name = null, string? iban = null, bool reversal = false)
    {
        var line = new StatementLine(new Money(cents), Day, text) { StructuredReference = structured, CounterpartyName = name, CounterpartyIban = iban, IsReversal = reversal };
        var data = new StatementData("FR7610000000000000000000001", "1", Day, Money.Zero, Day, new Money(cents), [line]);
        var none = new HashSet<string>(StringComparer.Ordinal);
        return StatementImport.Merge(Guid.NewGuid(), [data], none, none, "camt.053", "f.xml", DateTime.UnixEpoch).Statements[0].Lines[0];
    }
}
