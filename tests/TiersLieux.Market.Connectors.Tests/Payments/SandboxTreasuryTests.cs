using System.Text;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;
using static TiersLieux.Market.Connectors.Tests.Payments.SandboxBench;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>The consortium's worked example, from the order to the payout, against the real Sandbox.</summary>
public sealed class SandboxTreasuryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>1 200 € by card, commission 8 %, workshops 700 and 500, then 300 refunded on the first with its commission.</summary>
    [Fact]
    public async Task Every_cent_of_an_order_is_in_the_payouts()
    {
        await using var bench = await SandboxBench.Start();
        var gateway = bench.Gateway;
        var clock = bench.Market.Clock;
        var payment = await bench.Paid(120000);
        var a = bench.NewTransfer(payment, await bench.Workshop("Atelier A"), 64400);
        var b = bench.NewTransfer(payment, await bench.Workshop("Atelier B"), 46000);
        foreach (var transfer in new[] { a, b }) transfer.Complete(Done(await gateway.Transfer(Request(transfer), Cancellation)).TransferId, clock.UtcNow());
        Assert.Equal(new Money(9600), SourceCharge.Of(payment, [a, b])!.Left);

        var reversal = Assert.IsType<ReversalResult.Begun>(a.BeginReversal(new Money(27600), clock.UtcNow())).Reversal;
        var reversed = Done(await gateway.ReverseTransfer(new ReversalRequest(reversal.Operation, reversal.Id, reversal.TransferStripeId, reversal.Amount), Cancellation));
        a.CompleteReversal(reversal, reversed.ReversalId, clock.UtcNow());
        var refund = Assert.IsType<RefundResult.Begun>(payment.BeginRefund(new Money(30000), "10 bancs rendus", clock.UtcNow())).Refund;
        payment.RecordRefund(refund, Done(await gateway.Refund(new RefundRequest(refund.Operation, refund.Id, refund.ChargeId, refund.Amount), Cancellation)), clock.UtcNow());
        Assert.Equal((PaymentState.Succeeded, new Money(30000)), (payment.State, payment.Refunded));
        Assert.Equal(RefundState.Succeeded, Done(await gateway.ReadRefund(refund.StripeId!, Cancellation)).State);

        await bench.Advance("15d");
        var own = await PayOut(bench, null);
        Assert.Equal(new Money(5375), own.Amount);
        Assert.Equal(
            ["charge 120000 fee 1825", "transfer -64400 fee 0", "transfer -46000 fee 0", "transfer_refund 27600 fee 0", "refund -30000 fee 0"],
            own.Lines.Select(l => $"{l.Type} {l.Amount.Cents} fee {l.Fee.Cents}"));
        Assert.Equal(Money.Zero, own.Unexplained);
        var open = own.Link(new Dictionary<string, MovementLink>(StringComparer.Ordinal)
        {
            [payment.ChargeId!] = new(MovementSubject.Payment, payment.Id),
            [a.StripeId!] = new(MovementSubject.Transfer, a.Id),
            [b.StripeId!] = new(MovementSubject.Transfer, b.Id),
            [reversal.StripeId!] = new(MovementSubject.Reversal, reversal.Id),
            [refund.StripeId!] = new(MovementSubject.Refund, refund.Id),
        });
        Assert.Equal(0, open);
        Assert.Equal((new Money(36800), Money.Zero), Explained(await PayOut(bench, a.AccountId)));
        Assert.Equal((new Money(46000), Money.Zero), Explained(await PayOut(bench, b.AccountId)));
        Assert.Equal(new BalanceFacts(Money.Zero, Money.Zero), Done(await gateway.ReadBalance(cancellation: Cancellation)));
    }

    [Fact]
    public async Task A_payout_that_was_paid_can_still_fail()
    {
        await using var bench = await SandboxBench.Start();
        await bench.Paid(120000);
        await bench.Advance("15d");
        var payout = await PayOut(bench, null);
        await bench.Control($"/sandbox/payouts/{payout.StripeId}/paid", new { });
        Assert.IsType<StateChange.Changed>(payout.Update(Done(await bench.Gateway.ReadPayout(payout.StripeId, cancellation: Cancellation))));
        Assert.Equal(PayoutState.Paid, payout.State);
        await bench.Control($"/sandbox/payouts/{payout.StripeId}/failed", new { });
        Assert.IsType<StateChange.Changed>(payout.Update(Done(await bench.Gateway.ReadPayout(payout.StripeId, cancellation: Cancellation))));
        Assert.Equal((PayoutState.Failed, "account_closed"), (payout.State, payout.FailureCode));
        Assert.Equal(new Money(118175), Done(await bench.Gateway.ReadBalance(cancellation: Cancellation)).Available);
    }

    [Fact]
    public async Task A_payouts_contents_are_read_to_the_last_page()
    {
        await using var bench = await SandboxBench.Start();
        var payment = await bench.Paid(120000);
        var account = await bench.Workshop("Atelier A");
        for (var i = 0; i < 105; i++) Done(await bench.Gateway.Transfer(Request(bench.NewTransfer(payment, account, 100)), Cancellation));
        await bench.Advance("15d");
        var payout = await PayOut(bench, account);
        Assert.Equal((105, new Money(10500), Money.Zero), (payout.Lines.Count, payout.Amount, payout.Unexplained));
    }

    [Fact]
    public async Task The_sandboxs_webhooks_are_verified_and_lead_to_the_object()
    {
        await using var receiver = await ScriptedServer.Start();
        receiver.Otherwise = 200;
        await using var bench = await SandboxBench.Start(new Uri(receiver.Address, "/webhooks/stripe"));
        var payment = await bench.Paid(36000);

        var seen = new Dictionary<string, WebhookResult.Verified>(StringComparer.Ordinal);
        while (!seen.ContainsKey("checkout.session.completed"))
        {
            foreach (var call in receiver.Requests)
            {
                var result = StripeWebhook.Verify(Encoding.UTF8.GetBytes(call.Body), call.Headers["Stripe-Signature"], ["whsec_sandbox"], bench.Market.Clock.UtcNow());
                var verified = Assert.IsType<WebhookResult.Verified>(result);
                seen[verified.Type] = verified;
                Assert.IsType<WebhookResult.Refused>(StripeWebhook.Verify(Encoding.UTF8.GetBytes(call.Body), call.Headers["Stripe-Signature"], ["whsec_other"], bench.Market.Clock.UtcNow()));
            }

            await Task.Delay(20, Cancellation);
        }

        Assert.Equal((payment.CheckoutSessionId, null, false), (seen["checkout.session.completed"].ObjectId, seen["checkout.session.completed"].Account, seen["checkout.session.completed"].Live));
        Assert.Equal(CheckoutState.Paid, Done(await bench.Gateway.ReadCheckout(seen["checkout.session.completed"].ObjectId, Cancellation)).State);
    }

    private static (Money Amount, Money Unexplained) Explained(Payout payout) => (payout.Amount, payout.Unexplained);

    private static async Task<Payout> PayOut(SandboxBench bench, string? account)
    {
        await bench.Control("/sandbox/payouts", account is null ? new { } : new { account });
        var facts = Assert.Single(Done(await bench.Gateway.ListPayouts(DateTime.UnixEpoch, account, Cancellation)));
        Assert.True(facts.Automatic);
        var payout = Payout.Of(facts, account);
        payout.SetContents(Done(await bench.Gateway.ListPayoutContents(facts.PayoutId, account, Cancellation)), bench.Market.Clock.UtcNow());
        return payout;
    }
}
