using System.Net;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Network;

public class OnboardingTests
{
    [Theory]
    [InlineData("active", "active", true)]
    [InlineData("pending", "pending", true)]
    [InlineData("later", "inactive", false)]
    public async Task The_page_decides_what_the_account_may_do(string decision, string transfers, bool submitted)
    {
        await using var server = await SandboxServer.StartAsync();
        var account = await CreateAsync(server);
        var page = await LinkAsync(server, account);
        using var shown = await server.Http.GetAsync(page);
        Assert.Contains("Recevoir vos paiements", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answer = await FillAsync(server, page, decision);
        Assert.Equal("http://127.0.0.1:9/retour", answer.Headers.Location!.ToString());
        var after = (await server.GetAsync("/v1/accounts/" + account)).Ok();
        Assert.Equal(transfers, (string?)after.Json["capabilities"]!["transfers"]);
        Assert.Equal(submitted, (bool)after.Json["details_submitted"]!);
        Assert.Equal(transfers == "active", (bool)after.Json["payouts_enabled"]!);
        Assert.Equal(submitted ? 0 : 5, after.Json["requirements"]!["currently_due"]!.AsArray().Count);
        if (submitted)
        {
            Assert.Equal("606", ((string)after.Json["external_accounts"]!["data"]![0]!["last4"]!)[1..]);
            Assert.Contains("account.updated", (await server.AllAsync("/v1/events", account)).Select(e => (string)e["type"]!));
        }
    }

    [Fact]
    public async Task A_link_opens_once_and_not_after_five_minutes()
    {
        await using var server = await SandboxServer.StartAsync();
        var account = await CreateAsync(server);
        var page = await LinkAsync(server, account);
        (await server.Http.GetAsync(page)).Dispose();
        using var again = await server.Http.GetAsync(page);
        Assert.Equal("http://127.0.0.1:9/encore", again.Headers.Location!.ToString());
        using var done = await FillAsync(server, page, "active");
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var twice = await FillAsync(server, page, "pending");
        Assert.Equal("http://127.0.0.1:9/encore", twice.Headers.Location!.ToString());
        Assert.Equal("active", (string?)(await server.GetAsync("/v1/accounts/" + account)).Json["capabilities"]!["transfers"]);
        using var unopened = await FillAsync(server, await LinkAsync(server, account), "pending");
        Assert.Equal("http://127.0.0.1:9/encore", unopened.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Wrong_details_are_shown_at_their_field()
    {
        await using var server = await SandboxServer.StartAsync();
        var account = await CreateAsync(server);
        var page = await LinkAsync(server, account);
        (await server.Http.GetAsync(page)).Dispose();
        using var answer = await server.FormAsync(page, ("name", "Atelier Imaginaire"), ("siren", "12"), ("iban", "FR00"), ("decision", "active"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("siren-error", text, StringComparison.Ordinal);
        Assert.Contains("iban-error", text, StringComparison.Ordinal);
        Assert.Contains("value=\"Atelier Imaginaire\"", text, StringComparison.Ordinal);
        Assert.Equal("inactive", (string?)(await server.GetAsync("/v1/accounts/" + account)).Json["capabilities"]!["transfers"]);
    }

    [Fact]
    public async Task Accounts_are_made_with_a_controller_too_and_closed_when_empty()
    {
        await using var server = await SandboxServer.StartAsync();
        var made = (await server.PostAsync(
            "/v1/accounts", ("controller[stripe_dashboard][type]", "express"), ("controller[losses][payments]", "application"),
            ("controller[fees][payer]", "application"), ("country", "FR"), ("capabilities[transfers][requested]", "true"),
            ("metadata[workshop]", "w-1"))).Ok();
        Assert.Equal("express", (string?)made.Json["controller"]!["stripe_dashboard"]!["type"]);
        (await server.PostAsync("/v1/accounts", ("type", "express"), ("controller[fees][payer]", "application"))).Refused(400, param: "controller");
        var updated = (await server.PostAsync("/v1/accounts/" + made.Text("id"), ("email", "atelier@demo.invalid"))).Ok();
        Assert.Equal("atelier@demo.invalid", updated.Text("email"));
        (await server.SendAsync(HttpMethod.Delete, "/v1/accounts/" + made.Text("id"), null, null)).Ok();
        (await server.GetAsync("/v1/accounts/" + made.Text("id"))).Refused(403, "account_invalid");
        (await server.PostAsync("/v1/account_links", ("account", "acct_nobody"), ("type", "account_onboarding"))).Refused(404, "resource_missing");
    }

    private static async Task<string> CreateAsync(SandboxServer server) =>
        (await server.PostAsync("/v1/accounts", ("type", "express"), ("country", "FR"), ("capabilities[transfers][requested]", "true"))).Ok().Text("id");

    private static async Task<string> LinkAsync(SandboxServer server, string account) => (await server.PostAsync(
        "/v1/account_links", ("account", account), ("type", "account_onboarding"), ("refresh_url", "http://127.0.0.1:9/encore"),
        ("return_url", "http://127.0.0.1:9/retour"))).Ok().Text("url");

    private static Task<HttpResponseMessage> FillAsync(SandboxServer server, string page, string decision) => server.FormAsync(
        page, ("name", "Atelier Imaginaire"), ("siren", "123 456 789"), ("iban", "FR14 2004 1010 0505 0001 3M02 606"), ("decision", decision));
}
