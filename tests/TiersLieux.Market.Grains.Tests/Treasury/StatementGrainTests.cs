using System.Text;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Treasury;

public sealed class StatementGrainTests
{
    [Theory]
    [OnEachDatabase]
    public async Task A_payout_on_the_statement_is_matched_at_once_and_a_second_import_brings_nothing(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        var (_, payment) = await market.BillAsync(byCard: true);
        var payout = await market.PayOutAsync("po_test1", payment!);
        Assert.Equal(payout.Amount, await market.BalanceAsync("58"));

        (long, string)[] lines = [(payout.Amount.Cents, "VIR SEPA STRIPE po_test1"), (-900, "FRAIS DE TENUE DE COMPTE")];
        var first = await market.ImportAsync(lines);
        Assert.Equal((2, 2, 0, 0, 1), (first.Read, first.New, first.AlreadyKnown, first.Refused, first.Matched));
        Assert.Equal((payout.Amount, Money.Zero), (await market.BalanceAsync("5121"), await market.BalanceAsync("58")));

        var entries = (await market.RowsAsync<JournalEntry>()).Count;
        var second = await market.ImportAsync(lines);
        Assert.Equal((2, 0, 2, 0, 0), (second.Read, second.New, second.AlreadyKnown, second.Refused, second.Matched));
        Assert.Equal(entries, (await market.RowsAsync<JournalEntry>()).Count);
        Assert.Equal((2, 1), ((await market.RowsAsync<BankLine>()).Count, (await market.RowsAsync<BankStatement>()).Count));
        Assert.Empty(await market.Checks.RunAllAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Another_amount_stays_open_with_a_suggestion_and_a_transfer_pays_its_invoice_with_its_VAT(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        await market.BillAsync(byCard: false);
        var invoice = (await market.RowsAsync<Invoice>()).Single();

        var wrong = await market.ImportAsync((invoice.Payable.Cents - 1, $"VIR {invoice.Number}"));
        Assert.Equal(0, wrong.Matched);
        var proposal = Assert.Single((await (await market.OpenBooksAsync()).ReconciliationAsync(cancellation: TestContext.Current.CancellationToken)).Open);
        Assert.Equal((invoice.Id, new Money(-1)), (proposal.Suggestions[0].Candidate.Id, proposal.Suggestions[0].Difference));
        var refused = await market.Books.AcceptMatch(market.Treasurer, proposal.Line.Id, CandidateKind.Invoice, invoice.Id);
        Assert.Equal("amounts-differ", refused.Refusal!.Code);

        var right = await market.ImportAsync((invoice.Payable.Cents - 1, $"VIR {invoice.Number}"), (invoice.Payable.Cents, $"VIR DE LA PART DE {invoice.Number}"));
        Assert.Equal((1, 1), (right.New, right.Matched));
        Assert.Equal((Money.Zero, invoice.Payable), (await market.BalanceAsync("411"), await market.BalanceAsync("5121")));
        Assert.Empty(await market.Checks.RunAllAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [OnEachDatabase]
    public async Task An_undone_match_leaves_every_balance_as_before_and_can_be_made_again(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        await market.BillAsync(byCard: false);
        var invoice = (await market.RowsAsync<Invoice>()).Single();
        var before = await (await market.OpenBooksAsync()).TrialBalanceAsync(TestContext.Current.CancellationToken);
        await market.ImportAsync((invoice.Payable.Cents, $"VIR {invoice.Number}"));
        var match = (await market.RowsAsync<Match>()).Single();

        Assert.True((await market.Books.UndoMatch(market.Treasurer, match.Id)).IsDone);
        Assert.True((await market.Books.UndoMatch(market.Treasurer, match.Id)).IsDone);
        var after = await (await market.OpenBooksAsync()).TrialBalanceAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before.Select(a => (a.Account, a.Balance)), after.Where(a => a.Account != "5121").Select(a => (a.Account, a.Balance)));
        Assert.Equal(Money.Zero, await market.BalanceAsync("5121"));
        Assert.Empty(await market.Checks.RunAllAsync(TestContext.Current.CancellationToken));

        Assert.True((await market.Books.AcceptMatch(market.Treasurer, match.BankLineId, CandidateKind.Invoice, invoice.Id)).IsDone);
        Assert.Equal(invoice.Payable, await market.BalanceAsync("5121"));
        Assert.Empty(await market.Checks.RunAllAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Two_treasurers_on_one_line_the_second_gets_a_reason(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        await market.BillAsync(byCard: false);
        await market.ImportAsync((-900, "FRAIS DE TENUE DE COMPTE"));
        var line = (await market.RowsAsync<BankLine>()).Single();

        var answers = await Task.WhenAll(
            market.Books.AcceptMatch(market.Treasurer, line.Id, CandidateKind.Fee, line.Id),
            market.Books.AcceptMatch(market.SecondTreasurer, line.Id, CandidateKind.Fee, line.Id));
        Assert.Single(answers, a => a.IsDone);
        Assert.Equal("line-already-matched", answers.Single(a => !a.IsDone).Refusal!.Code);
        Assert.Equal((new Money(-900), new Money(900)), (await market.BalanceAsync("5121"), await market.BalanceAsync("627")));
        Assert.Single(await market.RowsAsync<Match>());
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_file_is_refused_whole_and_the_books_open_to_treasurers_only(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        var text = Encoding.UTF8.GetString(TreasuryMarket.Camt((1000, "UN"), (2000, "DEUX")));
        var wrongTotal = await market.Books.ImportStatement(market.Treasurer, "releve.xml", Encoding.UTF8.GetBytes(text.Replace("20.00", "21.00", StringComparison.Ordinal)));
        Assert.False(wrongTotal.IsDone);
        Assert.Equal(1, wrongTotal.Refused);
        Assert.False((await market.Books.ImportStatement(market.Treasurer, "photo.png", [137, 80, 78, 71])).IsDone);
        Assert.Equal("statement-empty", (await market.Books.ImportStatement(market.Treasurer, "vide.xml", [])).Refusal!.Code);

        Assert.Equal("not-allowed", (await market.Books.ImportStatement(market.Buyer, "releve.xml", Encoding.UTF8.GetBytes(text))).Refusal!.Code);
        Assert.Equal("sign-in-first", (await market.Books.ImportStatement(Guid.Empty, "releve.xml", Encoding.UTF8.GetBytes(text))).Refusal!.Code);
        Assert.Equal("not-allowed", (await market.Desk.OpenAsync(await market.Actors.FindAsync(market.Buyer, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)).Refusal!.Code);
        Assert.Empty(await market.RowsAsync<BankLine>());
        Assert.Equal("not-found", (await market.Books.UndoMatch(market.Treasurer, Guid.CreateVersion7())).Refusal!.Code);
    }
}
