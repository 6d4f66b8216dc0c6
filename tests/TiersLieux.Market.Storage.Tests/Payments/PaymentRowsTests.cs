using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Storage.Tests.Payments;

public class PaymentRowsTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_payment_comes_back_as_it_was_and_goes_on(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var payment = Payment.Create(PaymentSubject.Order, Guid.NewGuid(), PaymentPurpose.Deposit, new Money(36000), Now.AddMinutes(33), Now);
        await market.Writer.WriteAsync(db => db.Add(payment), Stop);
        await market.Writer.WriteAsync(
            db =>
            {
                var stored = db.Set<Payment>().Single();
                stored.Start("cs_1", "http://127.0.0.1/c/pay/cs_1");
                stored.Succeed(new PaidCharge("pi_1", "ch_1", new Money(36000), new Money(565), new Money(35435)), Now);
                db.Add(Assert.IsType<RefundResult.Begun>(stored.BeginRefund(new Money(1000), "geste", Now)).Refund);
            },
            Stop);

        await using var db = market.Database.CreateDbContext();
        var read = await db.Set<Payment>().SingleAsync(Stop);
        Assert.Equal(payment.Operation, read.Operation);
        Assert.Equal((PaymentState.Refunding, new Money(565), new Money(1000), new Money(35000)), (read.State, read.Fee, read.RefundPending, read.Refundable));
        Assert.Equal(read.Id, (await db.Set<Refund>().SingleAsync(Stop)).PaymentId);
    }

    /// <summary>A line found later is a new row of a payout that was loaded, not a change of a row that is not there.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task Lines_of_a_payout_found_later_are_added(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await market.Writer.WriteAsync(
            db =>
            {
                var payout = Payout.Of(new PayoutFacts("po_1", new Money(10), new DateOnly(2026, 11, 26), PayoutState.Pending, true, null, null, Now), null);
                payout.SetContents([Movement("txn_1")], Now);
                db.Add(payout);
            },
            Stop);
        await market.Writer.WriteAsync(db => db.Set<Payout>().Single().SetContents([Movement("txn_1"), Movement("txn_2")], Now), Stop);

        await using var db = market.Database.CreateDbContext();
        var read = await db.Set<Payout>().SingleAsync(Stop);
        Assert.Equal((2, Money.Zero), (read.Lines.Count, read.Unexplained));
    }

    private static BalanceTransaction Movement(string id) => new(id, "charge", new Money(6), new Money(1), new Money(5), "ch_1", null, Now, Now);
}
