using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Payments;

public class CardTests
{
    [Theory]
    [InlineData("4000000000000002", "card_declined", "generic_decline")]
    [InlineData("4000000000009995", "card_declined", "insufficient_funds")]
    [InlineData("4000000000000069", "expired_card", "expired_card")]
    [InlineData("4000000000000127", "incorrect_cvc", "incorrect_cvc")]
    public async Task A_declined_card_says_why_and_leaves_a_failed_charge(string number, string code, string decline)
    {
        await using var server = await SandboxServer.StartAsync();
        var error = (await PayByNumberAsync(server, number)).Refused(402, code);
        Assert.Equal("card_error", (string?)error["type"]);
        Assert.Equal(decline, (string?)error["decline_code"]);
        Assert.Equal("requires_payment_method", (string?)error["payment_intent"]!["status"]);
        var charge = (await server.GetAsync($"/v1/charges/{error["charge"]}")).Ok();
        Assert.Equal("failed", charge.Text("status"));
        Assert.Null(charge.Json["balance_transaction"]);
        Assert.Equal((0, 0), await server.BalanceAsync());
        var types = (await server.AllAsync("/v1/events")).Select(e => (string)e["type"]!).ToList();
        Assert.Contains("charge.failed", types);
        Assert.Contains("payment_intent.payment_failed", types);
    }

    [Theory]
    [InlineData("4242424242424241", "incorrect_number")]
    [InlineData("4111111111111111", "card_declined")]
    public async Task A_wrong_or_real_number_is_refused_and_never_stored(string number, string code)
    {
        await using var server = await SandboxServer.StartAsync();
        (await PayByNumberAsync(server, number)).Refused(402, code);
        Assert.Empty(await server.AllAsync("/v1/payment_methods"));
        Assert.Empty(await server.AllAsync("/v1/payment_intents"));
    }

    [Fact]
    public async Task Three_d_secure_waits_for_the_customer_and_money_moves_after_it()
    {
        await using var server = await SandboxServer.StartAsync();
        var intent = (await server.PostAsync(
            "/v1/payment_intents", ("amount", 5000), ("currency", "eur"), ("payment_method", "pm_card_authenticationRequiredOnSetup"),
            ("confirm", "true"), ("return_url", "http://127.0.0.1:9/back?order=7"))).Ok();
        Assert.Equal("requires_action", intent.Text("status"));
        Assert.Equal((0, 0), await server.BalanceAsync());
        var page = (string)intent.Json["next_action"]!["redirect_to_url"]!["url"]!;
        using var answer = await server.FormAsync(page, ("outcome", "authorise"));
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.StartsWith("http://127.0.0.1:9/back?order=7&payment_intent=" + intent.Text("id"), answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var again = await server.FormAsync(page, ("outcome", "refuse"));
        Assert.EndsWith("redirect_status=succeeded", again.Headers.Location!.ToString(), StringComparison.Ordinal);
        var after = (await server.GetAsync("/v1/payment_intents/" + intent.Text("id") + "?expand[]=latest_charge")).Ok();
        Assert.Equal("succeeded", after.Text("status"));
        Assert.Equal("authenticated", (string?)after.Json["latest_charge"]!["payment_method_details"]!["card"]!["three_d_secure"]!["result"]);
        Assert.Single(await server.AllAsync("/v1/balance_transactions"));
    }

    [Fact]
    public async Task Off_session_a_card_that_needs_its_holder_is_declined()
    {
        await using var server = await SandboxServer.StartAsync();
        var answer = await server.PostAsync(
            "/v1/payment_intents", ("amount", 5000), ("currency", "eur"), ("payment_method", "pm_card_authenticationRequired"),
            ("confirm", "true"), ("off_session", "true"));
        Assert.Equal("authentication_required", (string?)answer.Refused(402, "authentication_required")["decline_code"]);
    }

    [Fact]
    public async Task A_disputed_card_takes_amount_and_fee_and_a_dispute_won_gives_the_amount_back()
    {
        await using var server = await SandboxServer.StartAsync();
        var charge = await server.ChargeAsync(10000, "pm_card_createDispute");
        Assert.Equal((9825 - 10000 - 2000, 0), await server.BalanceAsync());
        var dispute = Assert.Single(await server.AllAsync("/v1/disputes?charge=" + charge));
        Assert.Equal("needs_response", (string?)dispute["status"]);
        (await server.PostAsync("/v1/refunds", ("charge", charge))).Refused(400, "charge_disputed");
        var closed = (await server.PostAsync($"/v1/disputes/{dispute["id"]}", ("evidence[uncategorized_text]", "winning_evidence"))).Ok();
        Assert.Equal("won", closed.Text("status"));
        var (pending, available) = await server.BalanceAsync();
        Assert.Equal(9825 - 2000, pending + available);
        (await server.PostAsync($"/v1/disputes/{dispute["id"]}/close")).Refused(400);
    }

    [Theory]
    [InlineData("amount", "49", "amount_too_small")]
    [InlineData("amount", "-5", "parameter_invalid_integer")]
    [InlineData("amount", "12.5", "parameter_invalid_integer")]
    [InlineData("amount", "100000000", "amount_too_large")]
    [InlineData("currency", "usd", "invalid_currency")]
    [InlineData("currency", "xyz", "invalid_currency")]
    public async Task Wrong_amounts_and_currencies_are_refused_at_their_parameter(string name, string value, string code)
    {
        await using var server = await SandboxServer.StartAsync();
        var fields = new Dictionary<string, object>(StringComparer.Ordinal) { ["amount"] = "1000", ["currency"] = "eur", [name] = value };
        (await server.PostAsync("/v1/payment_intents", [.. fields.Select(f => (f.Key, f.Value))])).Refused(400, code, name);
        Assert.Empty(await server.AllAsync("/v1/payment_intents"));
    }

    [Fact]
    public async Task A_refused_call_leaves_nothing_behind()
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.PostAsync(
            "/v1/payment_intents", ("amount", 1000), ("currency", "eur"), ("confirm", "true"), ("payment_method_types[0]", "card"),
            ("payment_method_data[type]", "sepa_debit"), ("payment_method_data[sepa_debit][iban]", "FR1420041010050500013M02606"))).Refused(400);
        Assert.Empty(await server.AllAsync("/v1/payment_intents"));
        Assert.Empty(await server.AllAsync("/v1/payment_methods"));
        Assert.Empty(await server.AllAsync("/v1/events"));
    }

    [Fact]
    public async Task The_receipt_of_a_charge_opens()
    {
        await using var server = await SandboxServer.StartAsync();
        var charge = (await server.GetAsync("/v1/charges/" + await server.ChargeAsync(36000))).Ok();
        Assert.Contains("360,00\u00a0€", System.Net.WebUtility.HtmlDecode(await server.Http.GetStringAsync(charge.Text("receipt_url"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_that_do_not_allow_it_refuse()
    {
        await using var server = await SandboxServer.StartAsync();
        var paid = (await server.PayAsync(1000)).Ok().Text("id");
        (await server.PostAsync($"/v1/payment_intents/{paid}/confirm", ("payment_method", "pm_card_visa"))).Refused(400, "payment_intent_unexpected_state");
        (await server.PostAsync($"/v1/payment_intents/{paid}/cancel")).Refused(400, "payment_intent_unexpected_state");
        var open = (await server.PostAsync("/v1/payment_intents", ("amount", 1000), ("currency", "eur"))).Ok().Text("id");
        (await server.PostAsync($"/v1/payment_intents/{open}/confirm")).Refused(400, "payment_intent_unexpected_state");
        var cancelled = (await server.PostAsync($"/v1/payment_intents/{open}/cancel", ("cancellation_reason", "abandoned"))).Ok();
        Assert.Equal("canceled", cancelled.Text("status"));
        (await server.PostAsync($"/v1/payment_intents/{open}/confirm", ("payment_method", "pm_card_visa"))).Refused(400, "payment_intent_unexpected_state");
    }

    private static Task<Answer> PayByNumberAsync(SandboxServer server, string number) => server.PostAsync(
        "/v1/payment_intents", ("amount", 2000), ("currency", "eur"), ("confirm", "true"), ("payment_method_data[type]", "card"),
        ("payment_method_data[card][number]", number), ("payment_method_data[card][exp_month]", 12),
        ("payment_method_data[card][exp_year]", 2034), ("payment_method_data[card][cvc]", "123"));
}
