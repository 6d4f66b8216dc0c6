using System.Text.Json;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;
using static TiersLieux.Market.Connectors.Tests.Payments.SandboxBench;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>Nothing is done twice, whatever the wire does: each fault of the Sandbox against each call that moves money.</summary>
public sealed class SandboxFaultTests : IAsyncLifetime
{
    private SandboxBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPaymentGateway Gateway => _bench.Gateway;

    public async ValueTask InitializeAsync() => _bench = await SandboxBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("reset", 2)]
    [InlineData("500", 2)]
    [InlineData("html502", 2)]
    [InlineData("lock_timeout", 2)]
    [InlineData("timeout_after_commit", 1)]
    [InlineData("timeout_after_commit", 2)]
    public async Task A_fault_within_the_retries_is_not_noticed_and_the_transfer_is_made_once(string kind, int count)
    {
        var payment = await _bench.Paid(120000);
        var transfer = _bench.NewTransfer(payment, await _bench.Workshop("Atelier A"), 64400);
        await Fault(kind, "/v1/transfers", count);
        var facts = Done(await Gateway.Transfer(Request(transfer), Cancellation));
        Assert.IsType<StateChange.Changed>(transfer.Complete(facts.TransferId, _bench.Market.Clock.UtcNow()));
        Assert.Equal([-64400L], await Movements(MovementKind.Transfer));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500")]
    [InlineData("html502")]
    [InlineData("timeout_after_commit")]
    public async Task A_fault_beyond_the_retries_leaves_the_outcome_open_and_the_same_key_after_a_restart_settles_it(string kind)
    {
        var payment = await _bench.Paid(120000);
        var transfer = _bench.NewTransfer(payment, await _bench.Workshop("Atelier A"), 64400);
        await Fault(kind, "/v1/transfers", 3);
        Assert.True(Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await Gateway.Transfer(Request(transfer), Cancellation)).OutcomeUnknown);

        await _bench.Restart();
        Done(await Gateway.Transfer(Request(transfer), Cancellation));
        Done(await Gateway.Transfer(Request(transfer), Cancellation));
        Assert.Equal([-64400L], await Movements(MovementKind.Transfer));
    }

    [Fact]
    public async Task Told_to_slow_down_it_does_not_insist()
    {
        var payment = _bench.NewPayment(36000);
        await Fault("429", "/v1/checkout/sessions", 1);
        var unavailable = Assert.IsType<GatewayResult<CheckoutPage>.Unavailable>(await Gateway.StartCheckout(Request(payment), Cancellation));
        Assert.Equal(("payment-busy", false), (unavailable.Reason.Code, unavailable.OutcomeUnknown));
        Done(await Gateway.StartCheckout(Request(payment), Cancellation));
    }

    [Fact]
    public async Task A_page_opened_by_a_call_that_was_never_answered_is_found_again_and_paid_once()
    {
        var payment = _bench.NewPayment(36000);
        await Fault("timeout_after_commit", "/v1/checkout/sessions", 3);
        Assert.IsType<GatewayResult<CheckoutPage>.Unavailable>(await Gateway.StartCheckout(Request(payment), Cancellation));

        await _bench.Restart();
        var page = Done(await Gateway.StartCheckout(Request(payment), Cancellation));
        payment.Start(page.SessionId, page.Url);
        await _bench.PayByCard(payment, "4242424242424242");
        Assert.Equal(page, Done(await Gateway.StartCheckout(Request(payment), Cancellation)));
        await _bench.PayByCard(payment, "4242424242424242");
        Assert.Equal([36000L], await Movements(MovementKind.Charge));
    }

    [Fact]
    public async Task A_server_that_hangs_after_the_change_is_left_and_asked_again()
    {
        var payment = await _bench.Paid(36000);
        var refund = Assert.IsType<RefundResult.Begun>(payment.BeginRefund(payment.Amount, "annulation", _bench.Market.Clock.UtcNow())).Refund;
        await _bench.Paid(120000);
        await _bench.Control("/sandbox/faults", new { kind = "timeout_after_commit", path = "/v1/refunds", method = "POST", count = 1 });

        var refunding = Gateway.Refund(new RefundRequest(refund.Operation, refund.Id, refund.ChargeId, refund.Amount), Cancellation);
        while ((await Movements(MovementKind.Refund)).Count == 0) await Task.Delay(20, Cancellation);
        Assert.False(refunding.IsCompleted);
        _bench.Market.Clock.TimeOut();
        Assert.IsType<StateChange.Changed>(payment.RecordRefund(refund, Done(await refunding), _bench.Market.Clock.UtcNow()));
        Assert.Equal([-36000L], await Movements(MovementKind.Refund));
        Assert.Equal(PaymentState.Refunded, payment.State);
    }

    [Fact]
    public async Task Days_later_when_the_key_is_forgotten_nothing_is_done_twice_either()
    {
        var payment = await _bench.Paid(120000);
        var account = await _bench.Workshop("Atelier A");
        var transfer = _bench.NewTransfer(payment, account, 40000);
        var refund = Assert.IsType<RefundResult.Begun>(payment.BeginRefund(new Money(10000), "geste", _bench.Market.Clock.UtcNow())).Refund;
        var refundRequest = new RefundRequest(refund.Operation, refund.Id, refund.ChargeId, refund.Amount);
        await Fault("timeout_after_commit", "/v1/", 6);
        Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await Gateway.Transfer(Request(transfer), Cancellation));
        Assert.IsType<GatewayResult<RefundFacts>.Unavailable>(await Gateway.Refund(refundRequest, Cancellation));

        await _bench.Advance("25h");
        await _bench.Restart();
        _bench.Market.Clock.Now += TimeSpan.FromHours(25);
        transfer.Complete(Done(await Gateway.Transfer(Request(transfer), Cancellation)).TransferId, _bench.Market.Clock.UtcNow());
        Done(await Gateway.Refund(refundRequest, Cancellation));
        Assert.Equal([-40000L], await Movements(MovementKind.Transfer));
        Assert.Equal([-10000L], await Movements(MovementKind.Refund));

        var reversal = Assert.IsType<ReversalResult.Begun>(transfer.BeginReversal(new Money(5000), _bench.Market.Clock.UtcNow())).Reversal;
        var reversalRequest = new ReversalRequest(reversal.Operation, reversal.Id, reversal.TransferStripeId, reversal.Amount);
        Done(await Gateway.ReverseTransfer(reversalRequest, Cancellation));
        await _bench.Advance("25h");
        _bench.Market.Clock.Now += TimeSpan.FromHours(25);
        Done(await Gateway.ReverseTransfer(reversalRequest, Cancellation));
        Assert.Equal([5000L], await Movements(MovementKind.TransferReversal));
    }

    [Fact]
    public async Task Put_off_because_the_workshop_was_not_ready_it_is_made_once_it_is()
    {
        var payment = await _bench.Paid(120000);
        var account = Done(await Gateway.CreateAccount(new AccountRequest(new OperationKey("account-1", _bench.Market.Clock.UtcNow()), Guid.NewGuid(), "Atelier", "a@demo.invalid"), Cancellation)).AccountId;
        var transfer = _bench.NewTransfer(payment, account, 64400);
        var refused = Assert.IsType<GatewayResult<TransferFacts>.Refused>(await Gateway.Transfer(Request(transfer), Cancellation));
        Assert.Equal("payment-account-not-ready", refused.Reason.Code);
        await _bench.Control($"/sandbox/accounts/{account}/transfers", new { status = "active" });
        Assert.IsType<GatewayResult<TransferFacts>.Refused>(await Gateway.Transfer(Request(transfer), Cancellation));

        transfer.PutOff(refused.Code!, transfer.IdempotencyKey, _bench.Market.Clock.UtcNow());
        transfer.Complete(Done(await Gateway.Transfer(Request(transfer), Cancellation)).TransferId, _bench.Market.Clock.UtcNow());
        Assert.Equal([-64400L], await Movements(MovementKind.Transfer));
    }

    [Fact]
    public async Task Forty_at_once_under_one_key_are_one_transfer()
    {
        var payment = await _bench.Paid(120000);
        var transfer = _bench.NewTransfer(payment, await _bench.Workshop("Atelier A"), 64400);
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Gateway.Transfer(Request(transfer), Cancellation)));
        Assert.All(results, r => Assert.True(r is GatewayResult<TransferFacts>.Done or GatewayResult<TransferFacts>.Unavailable { OutcomeUnknown: true }));
        Assert.Single(results.OfType<GatewayResult<TransferFacts>.Done>().Select(d => d.Value.TransferId).Distinct(StringComparer.Ordinal));
        Assert.Equal([-64400L], await Movements(MovementKind.Transfer));
    }

    private Task<JsonElement> Fault(string kind, string path, int count) =>
        _bench.Control("/sandbox/faults", new { kind, path, method = "POST", count, delayMs = 1 });

    private async Task<IReadOnlyList<long>> Movements(MovementKind kind) =>
        [.. Done(await Gateway.ListBalanceTransactions(DateTime.UnixEpoch, cancellation: Cancellation)).Where(t => t.Kind == kind).Select(t => t.Amount.Cents)];
}
