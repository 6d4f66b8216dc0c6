using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

public sealed class StripePaymentGatewayTests : IAsyncLifetime
{
    private static readonly OperationKey Key = new("payment-1", GatewayFixture.Noon);
    private ScriptedServer _server = null!;
    private GatewayFixture _fixture = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.Start();
        _fixture = new GatewayFixture(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_checkout_says_what_is_paid_for_which_order_until_when()
    {
        _server.Json("""{"id":"cs_1","url":"http://127.0.0.1/pay/cs_1"}""");
        var paymentId = Guid.NewGuid();
        var request = new CheckoutRequest(
            Key,
            paymentId,
            "CMD-2026-000123",
            [new CheckoutLine("40 bancs", new Money(30000)), new CheckoutLine("Transport", new Money(6000))],
            "achats@ville.invalid",
            new Uri("https://example.org/ok?a=1"),
            new Uri("https://example.org/retour"),
            new DateTime(2026, 11, 22, 12, 33, 0, DateTimeKind.Utc),
            PaymentMeans.Card | PaymentMeans.SepaDebit);
        var page = Done(await _fixture.Gateway.StartCheckout(request, Cancellation));

        Assert.Equal(new CheckoutPage("cs_1", "http://127.0.0.1/pay/cs_1"), page);
        Assert.Equal(new Money(36000), request.Amount);
        var asked = Assert.Single(_server.Requests);
        Assert.Equal("/v1/checkout/sessions", asked.Target);
        Assert.Equal("payment-1", asked.Headers["Idempotency-Key"]);
        Assert.Equal("payment", asked.Form["mode"]);
        Assert.Equal("CMD-2026-000123", asked.Form["payment_intent_data[transfer_group]"]);
        Assert.Equal("1795350780", asked.Form["expires_at"]);
        Assert.Equal("https://example.org/ok?a=1", asked.Form["success_url"]);
        Assert.Equal("40 bancs", asked.Form["line_items[0][price_data][product_data][name]"]);
        Assert.Equal("6000", asked.Form["line_items[1][price_data][unit_amount]"]);
        Assert.Equal("eur", asked.Form["line_items[1][price_data][currency]"]);
        Assert.Equal("sepa_debit", asked.Form["payment_method_types[1]"]);
        Assert.Equal("fr", asked.Form["locale"]);
        Assert.Equal(paymentId.ToString(), asked.Form["metadata[payment]"]);
    }

    [Fact]
    public async Task A_paid_checkout_tells_charge_fee_and_net()
    {
        _server.Json("""
            {"id":"cs_1","status":"complete","payment_status":"paid","amount_total":120000,"currency":"eur",
             "payment_intent":{"id":"pi_1","status":"succeeded","latest_charge":{"id":"ch_1","status":"succeeded","amount":120000,"currency":"eur",
             "balance_transaction":{"id":"txn_1","amount":120000,"fee":1825,"net":118175,"currency":"eur"}}}}
            """);
        var facts = Done(await _fixture.Gateway.ReadCheckout("cs_1", Cancellation));
        Assert.Equal(CheckoutState.Paid, facts.State);
        Assert.Equal(new PaidCharge("pi_1", "ch_1", new Money(120000), new Money(1825), new Money(118175)), facts.Charge);
        Assert.Equal("/v1/checkout/sessions/cs_1?expand[0]=payment_intent.latest_charge.balance_transaction", Assert.Single(_server.Requests).Target);
    }

    [Fact]
    public async Task A_charge_that_is_not_booked_yet_has_no_fee()
    {
        _server.Json("""
            {"id":"cs_1","status":"complete","payment_status":"paid","amount_total":100,"currency":"eur",
             "payment_intent":{"id":"pi_1","status":"succeeded","latest_charge":{"id":"ch_1","status":"succeeded","amount":100,"currency":"eur","balance_transaction":null}}}
            """);
        Assert.Null(Done(await _fixture.Gateway.ReadCheckout("cs_1", Cancellation)).Charge!.Fee);
    }

    [Theory]
    [InlineData("open", "unpaid", "null", CheckoutState.Open, null)]
    [InlineData("open", "unpaid", """{"id":"pi_1","status":"requires_payment_method","last_payment_error":{"code":"card_declined","decline_code":"generic_decline"}}""", CheckoutState.Open, "generic_decline")]
    [InlineData("open", "unpaid", """{"id":"pi_1","status":"requires_action"}""", CheckoutState.Open, null)]
    [InlineData("expired", "unpaid", "null", CheckoutState.Expired, null)]
    [InlineData("complete", "unpaid", """{"id":"pi_1","status":"processing"}""", CheckoutState.Processing, null)]
    [InlineData("complete", "unpaid", """{"id":"pi_1","status":"requires_payment_method","last_payment_error":{"code":"account_closed"}}""", CheckoutState.Failed, "account_closed")]
    [InlineData("complete", "unpaid", "\"pi_1\"", CheckoutState.Processing, null)]
    public async Task A_checkout_not_paid_says_where_it_stands(string status, string paymentStatus, string intent, CheckoutState state, string? code)
    {
        _server.Json($$"""{"id":"cs_1","status":"{{status}}","payment_status":"{{paymentStatus}}","amount_total":100,"currency":"eur","payment_intent":{{intent}}}""");
        var facts = Done(await _fixture.Gateway.ReadCheckout("cs_1", Cancellation));
        Assert.Equal((state, code, null), (facts.State, facts.FailureCode, facts.Charge));
    }

    [Fact]
    public async Task Closing_a_page_tells_how_it_ended_even_if_it_was_paid_first()
    {
        _server.Json("""{"error":{"type":"invalid_request_error","message":"not open"}}""", 400).Json("""
            {"id":"cs_1","status":"complete","payment_status":"paid","amount_total":100,"currency":"eur",
             "payment_intent":{"id":"pi_1","status":"succeeded","latest_charge":{"id":"ch_1","status":"succeeded","amount":100,"currency":"eur"}}}
            """);
        Assert.Equal(CheckoutState.Paid, Done(await _fixture.Gateway.CloseCheckout("cs_1", Cancellation)).State);
        Assert.Equal(["/v1/checkout/sessions/cs_1/expire", "/v1/checkout/sessions/cs_1?expand[0]=payment_intent.latest_charge.balance_transaction"], _server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task A_transfer_names_its_charge_and_its_order()
    {
        _server.Json("""{"id":"tr_1","amount":64400,"amount_reversed":0,"currency":"eur","destination":"acct_a","source_transaction":"ch_1"}""");
        var facts = Done(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation));
        Assert.Equal(new TransferFacts("tr_1", "acct_a", new Money(64400), Money.Zero, "ch_1"), facts);
        var form = Assert.Single(_server.Requests).Form;
        Assert.Equal(("64400", "eur", "acct_a", "ch_1", "CMD-1"), (form["amount"], form["currency"], form["destination"], form["source_transaction"], form["transfer_group"]));
        Assert.Equal("payment-1", form["metadata[operation]"]);
    }

    [Fact]
    public async Task An_operation_whose_key_may_be_forgotten_is_looked_for_before_it_is_sent()
    {
        var old = new OperationKey("transfer-9", GatewayFixture.Noon.AddHours(-23));
        _server.Json("""
            {"has_more":false,"data":[
             {"id":"tr_0","amount":1,"amount_reversed":0,"currency":"eur","destination":"acct_b","metadata":{"operation":"transfer-8"}},
             {"id":"tr_1","amount":64400,"amount_reversed":0,"currency":"eur","destination":"acct_a","source_transaction":"ch_1","metadata":{"operation":"transfer-9"}}]}
            """);
        Assert.Equal("tr_1", Done(await _fixture.Gateway.Transfer(Transfer(old), Cancellation)).TransferId);
        Assert.Equal("/v1/transfers?limit=100&transfer_group=CMD-1", Assert.Single(_server.Requests).Target);
    }

    [Fact]
    public async Task An_old_operation_that_was_never_carried_out_is_sent()
    {
        var old = new OperationKey("transfer-9", GatewayFixture.Noon.AddDays(-3));
        _server.Json("""{"has_more":false,"data":[]}""").Json("""{"id":"tr_1","amount":64400,"amount_reversed":0,"currency":"eur","destination":"acct_a"}""");
        Assert.Equal("tr_1", Done(await _fixture.Gateway.Transfer(Transfer(old), Cancellation)).TransferId);
        Assert.Equal(["GET", "POST"], _server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task An_old_operation_is_not_sent_as_long_as_it_cannot_be_looked_for(int status)
    {
        var old = new OperationKey("transfer-9", GatewayFixture.Noon.AddDays(-3));
        for (var i = 0; i < 3; i++) _server.Json("{}", status);
        Assert.True(Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await _fixture.Gateway.Transfer(Transfer(old), Cancellation)).OutcomeUnknown);
        Assert.All(_server.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task A_refund_names_its_charge()
    {
        _server.Json("""{"id":"re_1","amount":30000,"currency":"eur","status":"pending"}""");
        var facts = Done(await _fixture.Gateway.Refund(new RefundRequest(Key, Guid.NewGuid(), "ch_1", new Money(30000)), Cancellation));
        Assert.Equal(new RefundFacts("re_1", RefundState.Pending, new Money(30000)), facts);
        Assert.Equal("ch_1", Assert.Single(_server.Requests).Form["charge"]);
    }

    [Fact]
    public async Task A_reversal_names_its_transfer()
    {
        _server.Json("""{"id":"trr_1","amount":27600,"currency":"eur","transfer":"tr_1"}""");
        var facts = Done(await _fixture.Gateway.ReverseTransfer(new ReversalRequest(Key, Guid.NewGuid(), "tr_1", new Money(27600)), Cancellation));
        Assert.Equal(new ReversalFacts("trr_1", "tr_1", new Money(27600)), facts);
        Assert.Equal("/v1/transfers/tr_1/reversals", Assert.Single(_server.Requests).Target);
    }

    [Fact]
    public async Task Every_page_of_a_payouts_contents_is_read_and_unknown_types_are_kept()
    {
        _server
            .Json("""{"has_more":true,"data":[{"id":"txn_3","type":"payout","amount":-300,"fee":0,"net":-300,"currency":"eur","source":"po_1","created":30,"available_on":30},{"id":"txn_2","type":"climate_order","amount":-7,"fee":0,"net":-7,"currency":"eur","source":null,"created":20,"available_on":20}]}""")
            .Json("""{"has_more":false,"data":[{"id":"txn_1","type":"charge","amount":320,"fee":13,"net":307,"currency":"eur","source":"ch_1","created":10,"available_on":10}]}""");
        var contents = Done(await _fixture.Gateway.ListPayoutContents("po_1", "acct_a", Cancellation));
        Assert.Equal(["txn_1", "txn_2", "txn_3"], contents.Select(t => t.Id));
        Assert.Equal((MovementKind.Other, "climate_order"), (contents[1].Kind, contents[1].Type));
        Assert.Equal(["/v1/balance_transactions?limit=100&payout=po_1", "/v1/balance_transactions?limit=100&starting_after=txn_2&payout=po_1"], _server.Requests.Select(r => r.Target));
        Assert.All(_server.Requests, r => Assert.Equal("acct_a", r.Headers["Stripe-Account"]));
    }

    [Fact]
    public async Task A_payout_is_read()
    {
        _server.Json("""{"id":"po_1","amount":36800,"currency":"eur","arrival_date":1795305600,"status":"in_transit","automatic":true,"statement_descriptor":"STRIPE","failure_code":null,"created":1795300000}""");
        var facts = Done(await _fixture.Gateway.ReadPayout("po_1", cancellation: Cancellation));
        Assert.Equal(new PayoutFacts("po_1", new Money(36800), new DateOnly(2026, 11, 22), PayoutState.InTransit, true, "STRIPE", null, DateTimeOffset.FromUnixTimeSeconds(1795300000).UtcDateTime), facts);
    }

    [Fact]
    public async Task A_balance_counts_euros_and_no_other_money()
    {
        _server.Json("""{"available":[{"amount":-5,"currency":"eur"},{"amount":9,"currency":"usd"}],"pending":[{"amount":12,"currency":"eur"}]}""");
        Assert.Equal(new BalanceFacts(new Money(-5), new Money(12)), Done(await _fixture.Gateway.ReadBalance(cancellation: Cancellation)));
    }

    [Fact]
    public async Task An_account_tells_whether_it_may_receive_transfers()
    {
        _server.Json("""{"id":"acct_1","capabilities":{"transfers":"pending"},"payouts_enabled":false,"requirements":{"currently_due":["external_account"]}}""");
        var facts = Done(await _fixture.Gateway.ReadAccount("acct_1", Cancellation));
        Assert.Equal((CapabilityState.Pending, false), (facts.Transfers, facts.PayoutsEnabled));
        Assert.Equal(["external_account"], facts.RequirementsDue);
    }

    [Fact]
    public async Task A_workshops_account_asks_for_transfers_and_gets_a_page_to_fill_in()
    {
        _server
            .Json("""{"id":"acct_1","capabilities":{"transfers":"inactive"},"payouts_enabled":false,"requirements":{"currently_due":[]}}""")
            .Json("""{"url":"http://127.0.0.1/onboard","expires_at":1795349100}""");
        var account = Done(await _fixture.Gateway.CreateAccount(new AccountRequest(Key, Guid.NewGuid(), "Atelier fictif", "atelier@demo.invalid"), Cancellation));
        Assert.Equal(CapabilityState.Inactive, account.Transfers);
        var link = Done(await _fixture.Gateway.StartOnboarding(new OnboardingRequest(Key, "acct_1", new Uri("https://example.org/a"), new Uri("https://example.org/b")), Cancellation));
        Assert.Equal(new DateTime(2026, 11, 22, 12, 5, 0, DateTimeKind.Utc), link.ExpiresAt);
        Assert.Equal("true", _server.Requests.First().Form["capabilities[transfers][requested]"]);
    }

    [Theory]
    [InlineData("insufficient_funds", "payment-insufficient-funds")]
    [InlineData("generic_decline", "payment-declined")]
    [InlineData("something_new", "payment-declined")]
    public async Task A_bank_that_says_no_is_a_decline(string declineCode, string reason)
    {
        _server.Json($$$"""{"error":{"type":"card_error","code":"card_declined","decline_code":"{{{declineCode}}}"}}""", 402);
        var declined = Assert.IsType<GatewayResult<TransferFacts>.Declined>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation));
        Assert.Equal((reason, declineCode), (declined.Reason.Code, declined.DeclineCode));
    }

    [Theory]
    [InlineData(400, """{"error":{"type":"invalid_request_error","code":"balance_insufficient"}}""", "payment-balance-insufficient", "balance_insufficient")]
    [InlineData(404, """{"error":{"type":"invalid_request_error","code":"resource_missing","param":"destination"}}""", "payment-not-found", "resource_missing")]
    [InlineData(400, """{"error":{"type":"invalid_request_error","message":"nope"}}""", "payment-refused", "invalid_request_error")]
    [InlineData(401, """{"error":{"type":"invalid_request_error"}}""", "payment-not-let-in", "invalid_request_error")]
    [InlineData(403, """{"error":{"type":"invalid_request_error"}}""", "payment-not-let-in", "invalid_request_error")]
    [InlineData(403, """{"error":{"type":"invalid_request_error","code":"account_invalid"}}""", "payment-not-found", "account_invalid")]
    [InlineData(400, "<html>", "payment-refused", null)]
    [InlineData(302, "", "payment-refused", null)]
    public async Task What_will_not_be_done_under_this_key_is_refused(int status, string body, string reason, string? code)
    {
        _server.Json(body, status);
        var refused = Assert.IsType<GatewayResult<TransferFacts>.Refused>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation));
        Assert.Equal((reason, code), (refused.Reason.Code, refused.Code));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(500, "payment-unavailable", true)]
    [InlineData(409, "payment-unavailable", true)]
    [InlineData(429, "payment-busy", false)]
    public async Task What_may_pass_is_unavailable_and_says_whether_it_may_have_been_done(int status, string reason, bool unknown)
    {
        for (var i = 0; i < 3; i++) _server.Json("{}", status);
        var unavailable = Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation));
        Assert.Equal((reason, unknown), (unavailable.Reason.Code, unavailable.OutcomeUnknown));
    }

    [Fact]
    public async Task A_read_that_fails_leaves_nothing_unknown()
    {
        for (var i = 0; i < 3; i++) _server.Json("{}", 500);
        Assert.False(Assert.IsType<GatewayResult<BalanceFacts>.Unavailable>(await _fixture.Gateway.ReadBalance(cancellation: Cancellation)).OutcomeUnknown);
    }

    [Fact]
    public async Task A_key_used_for_something_else_never_leads_to_a_new_key()
    {
        _server.Json("""{"error":{"type":"idempotency_error"}}""", 400);
        var unavailable = Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation));
        Assert.True(unavailable.OutcomeUnknown);
        Assert.Equal("payment-key-reused", unavailable.Reason.Code);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    public async Task Turned_away_after_an_open_attempt_the_outcome_stays_open(int status)
    {
        _server.Reset().Json("""{"error":{"type":"invalid_request_error"}}""", status);
        Assert.True(Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation)).OutcomeUnknown);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":7,"amount":1}""")]
    [InlineData("""{"id":"tr_1","amount":"12","amount_reversed":0,"currency":"eur","destination":"acct_a"}""")]
    [InlineData("""{"id":"tr_\ud800","amount":12,"amount_reversed":0,"currency":"eur","destination":"acct_a"}""")]
    public async Task An_answer_of_another_shape_leaves_the_outcome_open(string body)
    {
        _server.Json(body);
        Assert.True(Assert.IsType<GatewayResult<TransferFacts>.Unavailable>(await _fixture.Gateway.Transfer(Transfer(Key), Cancellation)).OutcomeUnknown);
    }

    private static TransferRequest Transfer(OperationKey key) => new(key, Guid.NewGuid(), "acct_a", new Money(64400), "ch_1", "CMD-1");

    private static T Done<T>(GatewayResult<T> result) => Assert.IsType<GatewayResult<T>.Done>(result).Value;
}
