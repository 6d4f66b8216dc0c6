using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;
using static TiersLieux.Market.Connectors.Tests.Payments.SandboxBench;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>Paying, end to end: our entities and gateway, the real Sandbox, its payment and 3-D Secure pages.</summary>
public sealed class SandboxPaymentTests : IAsyncLifetime
{
    private SandboxBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPaymentGateway Gateway => _bench.Gateway;

    public async ValueTask InitializeAsync() => _bench = await SandboxBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_card_pays_and_the_fee_is_known()
    {
        var payment = await _bench.Paid(120000);
        Assert.Equal((PaymentState.Succeeded, new Money(1825)), (payment.State, payment.Fee));
        Assert.Equal(new BalanceFacts(Money.Zero, new Money(118175)), Done(await Gateway.ReadBalance(cancellation: Cancellation)));
    }

    [Fact]
    public async Task Starting_again_under_the_same_key_is_the_same_page()
    {
        var payment = await _bench.Started(36000);
        await _bench.Restart();
        var again = Done(await Gateway.StartCheckout(Request(payment), Cancellation));
        Assert.Equal((payment.CheckoutSessionId, payment.CheckoutUrl), (again.SessionId, again.Url));
    }

    [Theory]
    [InlineData("4000000000000002", "generic_decline")]
    [InlineData("4000000000009995", "insufficient_funds")]
    public async Task A_declined_card_leaves_the_page_open_for_another(string card, string code)
    {
        var payment = await _bench.Started(36000);
        Assert.Null(await _bench.PayByCard(payment, card));
        var facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.Equal((CheckoutState.Open, code), (facts.State, facts.FailureCode));
        Assert.NotNull(await _bench.PayByCard(payment, "4242424242424242"));
        Assert.Equal(CheckoutState.Paid, Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation)).State);
    }

    [Fact]
    public async Task A_bank_that_asks_back_is_answered_before_the_money_moves()
    {
        var payment = await _bench.Started(36000);
        var challenge = await _bench.PayByCard(payment, "4000002500003155");
        Assert.Contains("/3ds/", challenge!.ToString(), StringComparison.Ordinal);
        Assert.Equal(CheckoutState.Open, Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation)).State);
        await _bench.AnswerBank(challenge, authorise: false);
        Assert.Equal(CheckoutState.Open, Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation)).State);

        challenge = await _bench.PayByCard(payment, "4000002500003155");
        Assert.Equal("https://market.invalid/pay/ok", (await _bench.AnswerBank(challenge!, authorise: true))?.ToString());
        var facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.IsType<StateChange.Changed>(payment.Succeed(facts.Charge!, _bench.Market.Clock.UtcNow()));
    }

    [Fact]
    public async Task A_direct_debit_is_processing_until_the_bank_pays()
    {
        var payment = await _bench.Started(36000, PaymentMeans.Card | PaymentMeans.SepaDebit);
        Assert.NotNull(await _bench.PayByDebit(payment, "FR3020041010050500013M02609"));
        var facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.Equal(CheckoutState.Processing, facts.State);
        payment.Process(facts.PaymentIntentId!);
        Assert.Null(SourceCharge.Of(payment, []));

        await _bench.Advance("10m");
        facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.Equal(CheckoutState.Paid, facts.State);
        Assert.IsType<StateChange.Changed>(payment.Succeed(facts.Charge!, _bench.Market.Clock.UtcNow()));
        Assert.NotNull(SourceCharge.Of(payment, []));
    }

    [Fact]
    public async Task A_rejected_debit_fails_with_the_banks_reason()
    {
        var payment = await _bench.Started(36000, PaymentMeans.SepaDebit);
        await _bench.PayByDebit(payment, "FR8420041010050500013M02607");
        await _bench.Advance("10m");
        var facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.Equal((CheckoutState.Failed, "insufficient_funds"), (facts.State, facts.FailureCode));
        Assert.IsType<StateChange.Changed>(payment.Fail(facts.FailureCode));
    }

    [Fact]
    public async Task A_closed_page_takes_no_payment()
    {
        var payment = await _bench.Started(36000);
        Assert.Equal(CheckoutState.Expired, Done(await Gateway.CloseCheckout(payment.CheckoutSessionId!, Cancellation)).State);
        Assert.Null(await _bench.PayByCard(payment, "4242424242424242"));
        Assert.Equal(CheckoutState.Expired, Done(await Gateway.CloseCheckout(payment.CheckoutSessionId!, Cancellation)).State);
        Assert.Equal(Money.Zero, Done(await Gateway.ReadBalance(cancellation: Cancellation)).Pending);
    }

    [Fact]
    public async Task A_page_paid_before_it_could_be_closed_says_so()
    {
        var payment = await _bench.Started(36000);
        await _bench.PayByCard(payment, "4242424242424242");
        Assert.Equal(CheckoutState.Paid, Done(await Gateway.CloseCheckout(payment.CheckoutSessionId!, Cancellation)).State);
    }

    [Fact]
    public async Task A_page_closes_by_itself()
    {
        var payment = await _bench.Started(36000);
        await _bench.Advance("34m");
        Assert.Equal(CheckoutState.Expired, Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation)).State);
    }

    [Fact]
    public async Task Nothing_known_is_refused()
    {
        var refused = Assert.IsType<GatewayResult<CheckoutFacts>.Refused>(await Gateway.ReadCheckout("cs_test_nothing", Cancellation));
        Assert.Equal(("payment-not-found", "resource_missing"), (refused.Reason.Code, refused.Code));
        Assert.Equal("payment-not-found", Assert.IsType<GatewayResult<AccountFacts>.Refused>(await Gateway.ReadAccount("acct_nobody", Cancellation)).Reason.Code);
    }

    [Fact]
    public async Task The_same_key_for_another_amount_is_never_taken_for_done()
    {
        var payment = await _bench.Started(36000);
        var other = Request(payment) with { Lines = [new CheckoutLine("Autre chose", new Money(1000))] };
        var unavailable = Assert.IsType<GatewayResult<CheckoutPage>.Unavailable>(await Gateway.StartCheckout(other, Cancellation));
        Assert.Equal(("payment-key-reused", true), (unavailable.Reason.Code, unavailable.OutcomeUnknown));
    }

    [Fact]
    public async Task A_workshop_is_sent_to_a_page_that_expires()
    {
        var account = Done(await Gateway.CreateAccount(new AccountRequest(new OperationKey("account-x", _bench.Market.Clock.UtcNow()), Guid.NewGuid(), "Atelier fictif", "a@demo.invalid"), Cancellation));
        Assert.NotEmpty(account.RequirementsDue);
        var link = Done(await Gateway.StartOnboarding(
            new OnboardingRequest(new OperationKey("onboarding-x", _bench.Market.Clock.UtcNow()), account.AccountId, new Uri("https://market.invalid/a"), new Uri("https://market.invalid/b")),
            Cancellation));
        Assert.Contains("/onboarding/", link.Url, StringComparison.Ordinal);
        Assert.InRange(link.ExpiresAt - _bench.Market.Clock.UtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }
}
