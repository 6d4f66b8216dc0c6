using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class PayoutTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly PayoutFacts Facts = new("po_1", new Money(-5375), new DateOnly(2026, 11, 24), PayoutState.InTransit, true, null, null, Now);

    /// <summary>The worked example: a charge of 1 200, shares of 644 and 460, a refund of 300 with 276 taken back.</summary>
    private static readonly BalanceTransaction[] Contents =
    [
        Movement("txn_1", "charge", 120000, 1825, "ch_1"),
        Movement("txn_2", "transfer", -64400, 0, "tr_a"),
        Movement("txn_3", "transfer", -46000, 0, "tr_b"),
        Movement("txn_4", "refund", -30000, 0, "re_1"),
        Movement("txn_5", "transfer_refund", 27600, 0, "trr_1"),
        Movement("txn_6", "payout", -5375, 0, "po_1"),
    ];

    [Fact]
    public void Its_contents_explain_it_to_the_cent()
    {
        var payout = Payout.Of(Facts with { Amount = new Money(5375) }, null);
        Assert.Equal(new Money(5375), payout.Unexplained);
        Assert.IsType<StateChange.Changed>(payout.SetContents(Contents, Now));
        Assert.Equal(5, payout.Lines.Count);
        Assert.Equal(Money.Zero, payout.Unexplained);
        Assert.IsType<StateChange.Unchanged>(payout.SetContents(Contents.Reverse(), Now.AddDays(1)));
        Assert.Equal(Now, payout.ContentsReadAt);
    }

    [Fact]
    public void What_the_contents_do_not_explain_is_said()
    {
        var payout = Payout.Of(Facts with { Amount = new Money(5375) }, null);
        payout.SetContents(Contents.Skip(1), Now);
        Assert.Equal(new Money(5375 + 110400 + 30000 - 27600), payout.Unexplained);
    }

    [Fact]
    public void A_type_nobody_knows_is_kept_and_counts()
    {
        var payout = Payout.Of(Facts, "acct_a");
        payout.SetContents([Movement("txn_1", "climate_order", -5375, 0, null)], Now);
        var line = Assert.Single(payout.Lines);
        Assert.Equal((MovementKind.Other, "climate_order", "acct_a"), (line.Kind, line.Type, payout.AccountId));
        Assert.Equal(Money.Zero, payout.Unexplained);
    }

    [Fact]
    public void The_movement_of_another_payout_stays_in()
    {
        var payout = Payout.Of(Facts, null);
        payout.SetContents([Movement("txn_1", "payout", -100, 0, "po_0"), Movement("txn_2", "payout_failure", 100, 0, "po_0"), Movement("txn_3", "payout", 5375, 0, "po_1")], Now);
        Assert.Equal(["txn_1", "txn_2"], payout.Lines.Select(l => l.BalanceTransactionId));
    }

    [Fact]
    public void Lines_are_linked_to_what_caused_them_and_keep_their_link()
    {
        var payout = Payout.Of(Facts, null);
        payout.SetContents(Contents, Now);
        var paymentId = Guid.NewGuid();
        var transferId = Guid.NewGuid();
        var open = payout.Link(new Dictionary<string, MovementLink>(StringComparer.Ordinal)
        {
            ["ch_1"] = new(MovementSubject.Payment, paymentId),
            ["tr_a"] = new(MovementSubject.Transfer, transferId),
        });
        Assert.Equal(3, open);
        payout.SetContents([.. Contents, Movement("txn_7", "stripe_fee", -200, 0, null)], Now.AddDays(1));
        Assert.Equal((MovementSubject.Payment, paymentId), (payout.Lines[0].LinkedSubject, payout.Lines[0].LinkedId));
        Assert.Equal(6, payout.Lines.Count);
        Assert.Equal(4, payout.Link(new Dictionary<string, MovementLink>(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_paid_payout_can_still_fail_and_nothing_comes_back_from_that()
    {
        var payout = Payout.Of(Facts, null);
        Assert.IsType<StateChange.Unchanged>(payout.Update(Facts));
        Assert.IsType<StateChange.Changed>(payout.Update(Facts with { State = PayoutState.Paid }));
        Assert.IsType<StateChange.Changed>(payout.Update(Facts with { State = PayoutState.Failed, FailureCode = "account_closed" }));
        Assert.Equal("payment-state", Refused(payout.Update(Facts with { State = PayoutState.Paid })));
        Assert.Equal((PayoutState.Failed, "account_closed"), (payout.State, payout.FailureCode));
    }

    [Fact]
    public void Another_payouts_facts_are_refused()
    {
        var payout = Payout.Of(Facts, null);
        Assert.Equal("payment-other-reference", Refused(payout.Update(Facts with { PayoutId = "po_2" })));
        Assert.Equal("payment-amount-differs", Refused(payout.Update(Facts with { Amount = new Money(1) })));
    }

    [Theory]
    [InlineData("charge", MovementKind.Charge)]
    [InlineData("payment", MovementKind.Charge)]
    [InlineData("payment_refund", MovementKind.Refund)]
    [InlineData("payment_failure_refund", MovementKind.RefundFailure)]
    [InlineData("transfer_refund", MovementKind.TransferReversal)]
    [InlineData("adjustment", MovementKind.Adjustment)]
    [InlineData("stripe_fee", MovementKind.ProviderFee)]
    [InlineData("payout_failure", MovementKind.PayoutFailure)]
    [InlineData("payout_cancel", MovementKind.PayoutCancel)]
    [InlineData("CHARGE", MovementKind.Other)]
    public void Types_are_known_by_name(string type, MovementKind kind) => Assert.Equal(kind, MovementKinds.Of(type));

    private static string Refused(StateChange change) => Assert.IsType<StateChange.Refused>(change).Reason.Code;

    private static BalanceTransaction Movement(string id, string type, long amount, long fee, string? source) =>
        new(id, type, new Money(amount), new Money(fee), new Money(amount - fee), source, null, Now, Now);
}
