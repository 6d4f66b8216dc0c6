using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class ShareSplitTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void One_charge_that_holds_the_share_is_taken_alone_and_the_closest_fit()
    {
        var deposit = Charge("ch_deposit", 36000);
        var balance = Charge("ch_balance", 84000);
        Assert.Equal([("ch_balance", 70000L)], Parts(ShareSplit.Of(new Money(70000), [deposit, balance])));
        Assert.Equal([("ch_deposit", 30000L)], Parts(ShareSplit.Of(new Money(30000), [balance, deposit])));
    }

    [Fact]
    public void A_share_larger_than_each_charge_takes_from_both_in_order()
    {
        var deposit = Charge("ch_deposit", 36000);
        var balance = Charge("ch_balance", 84000);
        Assert.Equal([("ch_deposit", 36000L), ("ch_balance", 74400L)], Parts(ShareSplit.Of(new Money(110400), [deposit, balance])));
    }

    [Fact]
    public void A_share_that_is_not_covered_takes_nothing()
    {
        var result = Assert.IsType<ShareSplitResult.NotCovered>(ShareSplit.Of(new Money(40000), [Charge("ch_deposit", 36000)]));
        Assert.Equal(new Money(4000), result.Missing);
        Assert.Equal("share-not-covered", result.Reason.Code);
        Assert.IsType<ShareSplitResult.NotCovered>(ShareSplit.Of(new Money(1), []));
    }

    [Fact]
    public void No_share_needs_no_charge() => Assert.Empty(Parts(ShareSplit.Of(Money.Zero, [])));

    [Fact]
    public void What_was_transferred_or_refunded_is_not_there_and_what_was_reversed_is_again()
    {
        var charge = new SourceCharge(Guid.NewGuid(), "ch_1", new Money(120000), new Money(110400), new Money(27600), new Money(30000));
        Assert.Equal(new Money(7200), charge.Left);
        Assert.Equal(Money.Zero, (charge with { Refunded = new Money(120000) }).Left);
    }

    [Fact]
    public void Several_workshops_share_two_charges_to_the_cent_in_any_order()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var charges = new[] { Charge("ch_1", random.Next(1, 50000)), Charge("ch_2", random.Next(1, 50000)) };
            var total = charges.Sum(c => c.Charged.Cents);
            var shares = Rounding.Allocate(total, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (decimal)random.Next(0, 100))]);
            var taken = new Dictionary<string, long>(StringComparer.Ordinal) { ["ch_1"] = 0, ["ch_2"] = 0 };
            foreach (var share in shares)
            {
                var now = charges.Select(c => c with { Transferred = new Money(taken[c.ChargeId]) }).ToList();
                var parts = Parts(ShareSplit.Of(new Money(share), now));
                Assert.Equal(share, parts.Sum(p => p.Cents));
                foreach (var (charge, cents) in parts)
                {
                    Assert.True(cents > 0);
                    taken[charge] += cents;
                }

                Assert.All(charges, c => Assert.True(taken[c.ChargeId] <= c.Charged.Cents));
            }

            Assert.Equal(total, taken.Values.Sum());
        }
    }

    [Fact]
    public void Only_a_payment_whose_money_arrived_is_a_source()
    {
        var payment = Payment.Create(PaymentSubject.Order, Guid.NewGuid(), PaymentPurpose.Deposit, new Money(120000), Now, Now);
        Assert.Null(SourceCharge.Of(payment, []));
        payment.Process("pi_1");
        Assert.Null(SourceCharge.Of(payment, []));
        payment.Succeed(new PaidCharge("pi_1", "ch_1", new Money(120000), null, null), Now);

        var paid = Transfer(payment, 64400);
        paid.Complete("tr_1", Now);
        var reversal = Assert.IsType<ReversalResult.Begun>(paid.BeginReversal(new Money(27600), Now)).Reversal;
        paid.CompleteReversal(reversal, "trr_1", Now);
        var abandoned = Transfer(payment, 46000);
        abandoned.Abandon("x");
        var waiting = Transfer(payment, 46000);
        var source = SourceCharge.Of(payment, [paid, abandoned, waiting]);
        Assert.Equal(new SourceCharge(payment.Id, "ch_1", new Money(120000), new Money(110400), new Money(27600), Money.Zero), source);
        Assert.Equal(new Money(37200), source!.Left);

        payment.BeginRefund(new Money(30000), "annulation", Now);
        Assert.Equal(new Money(7200), SourceCharge.Of(payment, [paid, waiting])!.Left);
    }

    private static WorkshopTransfer Transfer(Payment payment, long cents) =>
        WorkshopTransfer.Create(Guid.NewGuid(), "CMD-1", Guid.NewGuid(), "acct_a", new ShareOfCharge(payment.Id, payment.ChargeId!, new Money(cents)), Now);

    private static SourceCharge Charge(string id, long cents) => new(Guid.NewGuid(), id, new Money(cents), Money.Zero, Money.Zero, Money.Zero);

    private static IEnumerable<(string Charge, long Cents)> Parts(ShareSplitResult result) =>
        Assert.IsType<ShareSplitResult.Split>(result).Parts.Select(p => (p.ChargeId, p.Amount.Cents));
}
