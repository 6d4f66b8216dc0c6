using System.Net;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Payments;

/// <summary>The hosted payment page, as a browser without scripts uses it.</summary>
public class CheckoutTests
{
    [Fact]
    public async Task Paying_by_card_completes_the_session_and_leads_back()
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        Assert.Equal(36000, session.Number("amount_total"));
        Assert.Null(session.Json["payment_intent"]);
        using var answer = await PayAsync(server, session, "4242 4242 4242 4242");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"http://127.0.0.1:9/merci?s={session.Text("id")}", answer.Headers.Location!.ToString());

        var paid = (await server.GetAsync($"/v1/checkout/sessions/{session.Text("id")}?expand[]=line_items&expand[]=payment_intent.latest_charge.balance_transaction")).Ok();
        Assert.Equal(("complete", "paid"), (paid.Text("status"), paid.Text("payment_status")));
        Assert.Null(paid.Json["url"]);
        var intent = paid.Json["payment_intent"]!;
        Assert.Equal("CMD-2026-000123", (string?)intent["transfer_group"]);
        Assert.Equal("CMD-2026-000123", (string?)intent["metadata"]!["order"]);
        Assert.Equal(36000 - 565, (long)intent["latest_charge"]!["balance_transaction"]!["net"]!);
        Assert.Equal(2, (long)paid.Json["line_items"]!["data"]![0]!["quantity"]!);
        Assert.Equal("checkout.session.completed", (string?)(await server.AllAsync("/v1/events"))[0]["type"]);

        using var twice = await PayAsync(server, session, "4242 4242 4242 4242");
        Assert.Equal(HttpStatusCode.Found, twice.StatusCode);
        Assert.Single(await server.AllAsync("/v1/charges"));
    }

    [Theory]
    [InlineData("4000000000000002", "12/34", "123", "cardNumber", "La banque refuse cette carte")]
    [InlineData("4000000000009995", "12/34", "123", "cardNumber", "Provision insuffisante")]
    [InlineData("4242424242424241", "12/34", "123", "cardNumber", "n'est pas valide")]
    [InlineData("4111111111111111", "12/34", "123", "cardNumber", "jamais une vraie carte")]
    [InlineData("4242424242424242", "13/34", "123", "cardExpiry", "Le mois va de 01 à 12")]
    [InlineData("4242424242424242", "01/20", "123", "cardExpiry", "a expiré")]
    [InlineData("4242424242424242", "12/34", "12", "cardCvc", "trois ou quatre chiffres")]
    public async Task Errors_sit_at_their_field_and_what_was_typed_stays(string number, string expiry, string cvc, string field, string words)
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        using var answer = await PayAsync(server, session, number, expiry, cvc);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        var at = page.IndexOf($"id=\"{field}-error\"", StringComparison.Ordinal);
        Assert.True(at > 0, page);
        Assert.Contains(words, WebUtility.HtmlDecode(page[at..page.IndexOf("</p>", at, StringComparison.Ordinal)]), StringComparison.Ordinal);
        Assert.Contains("value=\"Cliente Imaginaire\"", page, StringComparison.Ordinal);
        Assert.Equal("open", (await server.GetAsync("/v1/checkout/sessions/" + session.Text("id"))).Text("status"));
        Assert.Equal((0, 0), await server.BalanceAsync());
    }

    [Fact]
    public async Task After_a_decline_another_card_pays_the_same_intent()
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        (await PayAsync(server, session, "4000000000000002")).Dispose();
        (await PayAsync(server, session, "4242424242424242")).Dispose();
        Assert.Single(await server.AllAsync("/v1/payment_intents"));
        Assert.Equal(["succeeded", "failed"], (await server.AllAsync("/v1/charges")).Select(c => (string)c["status"]!));
    }

    [Theory]
    [InlineData("authorise", "http://127.0.0.1:9/merci", "complete")]
    [InlineData("refuse", "/c/pay/", "open")]
    public async Task Three_d_secure_leads_on_or_back_to_the_page(string outcome, string where, string status)
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        using var challenge = await PayAsync(server, session, "4000002500003155");
        Assert.Equal(HttpStatusCode.SeeOther, challenge.StatusCode);
        var page = challenge.Headers.Location!.ToString();
        Assert.Contains("/3ds/", page, StringComparison.Ordinal);
        using var shown = await server.Http.GetAsync(page);
        Assert.Contains("Autoriser le paiement", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answer = await server.FormAsync(page, ("outcome", outcome));
        Assert.Contains(where, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(status, (await server.GetAsync("/v1/checkout/sessions/" + session.Text("id"))).Text("status"));
        if (outcome == "refuse")
        {
            using var again = await server.Http.GetAsync(answer.Headers.Location);
            Assert.Contains("n'a pas confirmé le paiement", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sepa_debit_completes_the_session_unpaid_and_pays_it_later()
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        using var answer = await server.FormAsync(
            "/c/pay/" + session.Text("id"), ("means", "sepa_debit"), ("iban", "FR30 2004 1010 0505 0001 3M02 609"), ("billingName", "Cliente Imaginaire"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var address = "/v1/checkout/sessions/" + session.Text("id");
        Assert.Equal("unpaid", (await server.GetAsync(address)).Text("payment_status"));
        await server.AdvanceAsync("3m");
        Assert.Equal("paid", (await server.GetAsync(address)).Text("payment_status"));
        Assert.Equal("checkout.session.async_payment_succeeded", (string?)(await server.AllAsync("/v1/events"))[0]["type"]);
    }

    [Fact]
    public async Task An_expired_session_takes_no_money()
    {
        await using var server = await SandboxServer.StartAsync();
        var byHand = (await CreateAsync(server)).Ok();
        Assert.Equal("expired", (await server.PostAsync($"/v1/checkout/sessions/{byHand.Text("id")}/expire")).Ok().Text("status"));
        (await server.PostAsync($"/v1/checkout/sessions/{byHand.Text("id")}/expire")).Refused(400);
        var byTime = (await CreateAsync(server)).Ok();
        await server.AdvanceAsync("24h");
        foreach (var session in new[] { byHand, byTime })
        {
            using var answer = await PayAsync(server, session, "4242424242424242");
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Contains("Rien n'a été débité", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
        Assert.Empty(await server.AllAsync("/v1/charges"));
        Assert.Equal(2, (await server.AllAsync("/v1/events?type=checkout.session.expired")).Count);
    }

    [Fact]
    public async Task Expires_at_is_understood_after_the_clock_was_advanced()
    {
        await using var server = await SandboxServer.StartAsync();
        var start = (long)(await server.ControlAsync("/sandbox/clock", ("advance", 0)))["now"]!;
        await server.AdvanceAsync("5d");
        var session = (await CreateAsync(server, ("expires_at", start + 2000))).Ok();
        Assert.Equal(start + 2000, session.Number("expires_at"));
        await server.AdvanceAsync("20m");
        Assert.Equal("open", (await server.GetAsync("/v1/checkout/sessions/" + session.Text("id"))).Text("status"));
        await server.AdvanceAsync("14m");
        Assert.Equal("expired", (await server.GetAsync("/v1/checkout/sessions/" + session.Text("id"))).Text("status"));
        (await CreateAsync(server, ("expires_at", start + 60))).Refused(400, param: "expires_at");
    }

    [Fact]
    public async Task The_page_speaks_the_visitors_language_and_says_that_it_is_a_sandbox()
    {
        await using var server = await SandboxServer.StartAsync();
        var address = (await CreateAsync(server)).Ok().Text("url");
        var french = await ReadAsync(server, address, "fr-FR,fr;q=0.9,en;q=0.8");
        Assert.Contains("Payer 360,00\u00a0€", french, StringComparison.Ordinal);
        Assert.Contains("Bac à sable\u00a0: aucun argent réel", french, StringComparison.Ordinal);
        var english = await ReadAsync(server, address, "en-GB,en;q=0.9");
        Assert.Contains("Pay €360.00", english, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", english, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", french, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        var session = (await CreateAsync(server)).Ok();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/c/pay/" + session.Text("id"));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("means", "card")]);
        request.Headers.Add("Origin", "https://elsewhere.invalid");
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    internal static Task<Answer> CreateAsync(SandboxServer server, params (string, object)[] more) => server.PostAsync(
        "/v1/checkout/sessions",
        [
            ("mode", "payment"), ("line_items[0][quantity]", 2), ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][price_data][unit_amount]", 18000), ("line_items[0][price_data][product_data][name]", "Banc <b>"),
            ("client_reference_id", "CMD-2026-000123"), ("customer_email", "client@demo.invalid"), ("metadata[order]", "CMD-2026-000123"),
            ("payment_intent_data[transfer_group]", "CMD-2026-000123"), ("payment_intent_data[metadata][order]", "CMD-2026-000123"),
            ("success_url", "http://127.0.0.1:9/merci?s={CHECKOUT_SESSION_ID}"), ("cancel_url", "http://127.0.0.1:9/retour"), .. more,
        ]);

    private static Task<HttpResponseMessage> PayAsync(SandboxServer server, Answer session, string number, string expiry = "12/34", string cvc = "123") =>
        server.FormAsync(
            "/c/pay/" + session.Text("id"), ("means", "card"), ("cardNumber", number), ("cardExpiry", expiry), ("cardCvc", cvc), ("billingName", "Cliente Imaginaire"));

    private static async Task<string> ReadAsync(SandboxServer server, string address, string languages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Language", languages);
        using var answer = await server.Http.SendAsync(request);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
