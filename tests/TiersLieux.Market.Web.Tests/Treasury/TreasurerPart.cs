using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Hosting;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Treasury;

/// <summary>The end of a story, as the treasurer lives it: the bank's statement comes in, all matches, nothing is at fault, and every page shows it.</summary>
internal static partial class TreasurerPart
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task PlayAsync(RunningMarket market, string order)
    {
        var payout = await ArriveAsync(market);
        using var treasurer = await ClientAsync(market, "treasurer@demo.invalid");
        var statement = await market.Sandbox.StatementAsync(payout.ArrivalDate.AddDays(-9), payout.ArrivalDate.AddDays(1));

        using (var stranger = new HttpClient { BaseAddress = market.Address })
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(stranger, statement, null)).Status);
        using (var buyer = await ClientAsync(market, "buyer@demo.invalid"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(buyer, statement, null)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await buyer.GetAsync("/api/v1/reconciliation", Stop)).StatusCode);
        }

        var broken = await SendAsync(treasurer, Encoding.UTF8.GetBytes("<Document>"), null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.Status);
        var first = await SendAsync(treasurer, statement, "import-1");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.True(first.Body.GetProperty("matched").GetInt32() >= 1, first.Body.ToString());
        var again = await SendAsync(treasurer, statement, null);
        Assert.Equal(0, again.Body.GetProperty("new").GetInt32());

        var reconciliation = await treasurer.GetFromJsonAsync<JsonElement>("/api/v1/reconciliation", Stop);
        Assert.Equal(0, reconciliation.GetProperty("counts").GetProperty("open").GetInt32());
        var matched = reconciliation.GetProperty("matched")[0];
        Assert.Equal(payout.StripeId, matched.GetProperty("reference").GetString());
        await NothingAtFaultAsync(market);

        // Undone and made again by hand, over HTTP.
        var (match, line) = (matched.GetProperty("id").GetGuid(), matched.GetProperty("bankLineId").GetGuid());
        Assert.Equal(HttpStatusCode.NoContent, (await treasurer.DeleteAsync($"/api/v1/reconciliation/matches/{match}", Stop)).StatusCode);
        var request = new { bankLineId = line, candidateKind = "payout", candidateId = payout.Id };
        Assert.Equal(HttpStatusCode.Created, (await treasurer.PostAsJsonAsync("/api/v1/reconciliation/matches", request, Stop)).StatusCode);
        using (var administrator = await ClientAsync(market, "admin@demo.invalid"))
            Assert.Equal(HttpStatusCode.Conflict, (await administrator.PostAsJsonAsync("/api/v1/reconciliation/matches", request, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await treasurer.PostAsJsonAsync("/api/v1/reconciliation/matches", new { bankLineId = line }, Stop)).StatusCode);
        await NothingAtFaultAsync(market);
        await PagesAsync(market, payout, order);
        await FormsAsync(market, payout.ArrivalDate);
    }

    private static async Task<Payout> ArriveAsync(RunningMarket market)
    {
        Payout payout;
        await using (var db = market.Read()) payout = await db.Set<Payout>().AsNoTracking().SingleAsync(Stop);
        if (payout.State != PayoutState.Paid)
        {
            await market.ControlAsync($"/sandbox/payouts/{payout.StripeId}/paid", new { });
            await market.UntilAsync("the payout has arrived", db => db.Set<Payout>().AnyAsync(p => p.State == PayoutState.Paid));
        }

        return payout;
    }

    private static async Task NothingAtFaultAsync(RunningMarket market)
    {
        var faults = await market.Services.GetRequiredService<MarketChecks>().RunAllAsync(Stop);
        Assert.True(faults.Count == 0, string.Join('\n', faults.Select(f => $"{f.Code} {f.What.English}")));
    }

    private static async Task PagesAsync(RunningMarket market, Payout payout, string order)
    {
        using var browser = await SignedInAsync(market, "treasurer@demo.invalid");
        Assert.Contains("Tout correspond", await browser.GetStringAsync("/tresorerie", Stop), StringComparison.Ordinal);
        Assert.Contains(payout.StripeId, await browser.GetStringAsync("/tresorerie/rapprochement", Stop), StringComparison.Ordinal);
        var apart = await browser.GetStringAsync($"/tresorerie/versements/{payout.Id}", Stop);
        Assert.Contains($"href=\"/commandes/{order}\"", apart, StringComparison.Ordinal);
        Assert.DoesNotContain("Reste à expliquer", apart, StringComparison.Ordinal);
        Assert.Contains($"href=\"/commandes/{order}\"", await browser.GetStringAsync($"/tresorerie/journal?commande={order}", Stop), StringComparison.Ordinal);
        Assert.Contains("Aucune écriture ici", await browser.GetStringAsync("/tresorerie/journal?compte=999", Stop), StringComparison.Ordinal);
        Assert.Contains(".pdf", await browser.GetStringAsync("/tresorerie/factures", Stop), StringComparison.Ordinal);
        Assert.Contains("Tout est parti", await browser.GetStringAsync("/tresorerie/messages", Stop), StringComparison.Ordinal);
        Assert.Contains("BAS-", await browser.GetStringAsync("/tresorerie/releves", Stop), StringComparison.Ordinal);
        Assert.Contains("rapprochée", await browser.GetStringAsync("/tresorerie/releves/" + await LineAsync(market), Stop), StringComparison.Ordinal);

        using var buyer = await SignedInAsync(market, "buyer@demo.invalid");
        using var shut = await buyer.GetAsync("/tresorerie", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
        Assert.DoesNotContain("5121", await shut.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    /// <summary>A bank fee, by the page's own forms: imported, said to be a fee, undone.</summary>
    private static async Task FormsAsync(RunningMarket market, DateOnly day)
    {
        await market.ControlAsync("/sandbox/bank/fees", new { amount = 900, text = "FRAIS DE TENUE DE COMPTE" });
        var statement = await market.Sandbox.StatementAsync(day.AddDays(-9), day.AddDays(20));
        using var browser = await SignedInAsync(market, "treasurer@demo.invalid");
        Assert.Contains("Choisissez d", await PostAsync(browser, "/tresorerie/releves", "releve", []), StringComparison.Ordinal);
        Assert.Contains("1 nouveaux", await PostAsync(browser, "/tresorerie/releves", "releve", [], statement), StringComparison.Ordinal);
        var open = await browser.GetStringAsync("/tresorerie/rapprochement", Stop);
        Assert.Contains("Ce sont des frais de banque", open, StringComparison.Ordinal);
        Guid line;
        await using (var db = market.Read()) line = await db.Set<Domain.Treasury.BankLine>().Where(l => l.Text.StartsWith("FRAIS")).Select(l => l.Id).SingleAsync(Stop);
        var matched = await PostAsync(browser, "/tresorerie/rapprochement", $"frais-{line:N}", new() { ["line"] = line.ToString(), ["kind"] = "Fee", ["candidate"] = line.ToString() });
        Assert.Contains("Tout correspond", matched, StringComparison.Ordinal);
        Guid match;
        await using (var db = market.Read()) match = await db.Set<Domain.Treasury.Match>().Where(m => m.BankLineId == line).Select(m => m.Id).SingleAsync(Stop);
        Assert.Contains("Rapprochement annulé", await PostAsync(browser, "/tresorerie/rapprochement", $"annuler-{match:N}", new() { ["match"] = match.ToString() }), StringComparison.Ordinal);
        await NothingAtFaultAsync(market);
    }

    /// <summary>Posts a form of a page as a browser without script would, and returns the page it leads to.</summary>
    private static async Task<string> PostAsync(HttpClient browser, string page, string handler, Dictionary<string, string> fields, byte[]? file = null)
    {
        var token = AntiforgeryValue().Match(await browser.GetStringAsync(page, Stop)).Groups["value"].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(handler), "_handler" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "releve.xml");
        using var answer = await browser.PostAsync(page, form, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<Guid> LineAsync(RunningMarket market)
    {
        await using var db = market.Read();
        return await db.Set<Domain.Treasury.BankLine>().Select(l => l.Id).FirstAsync(Stop);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient client, byte[] statement, string? key)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(statement), "file", "releve.xml" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statements") { Content = form };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private static async Task<HttpClient> ClientAsync(RunningMarket market, string email)
    {
        var token = Assert.IsType<ApiTokenResult.Created>(await market.Services.GetRequiredService<ApiTokens>().CreateAsync(email, ["treasury:write"], Stop));
        return new HttpClient { BaseAddress = market.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token.Token) } };
    }

    /// <summary>A browser without script that has signed in with the form.</summary>
    internal static async Task<HttpClient> SignedInAsync(RunningMarket market, string email)
    {
        var client = new HttpClient(new HttpClientHandler()) { BaseAddress = market.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var page = await client.GetStringAsync("/connexion", Stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = AntiforgeryValue().Match(page).Groups["value"].Value,
            ["_handler"] = "connexion", ["email"] = email, ["motdepasse"] = MarketStart.DemoPassword,
        });
        using var answer = await client.PostAsync("/connexion", form, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"Signing in answered {answer.StatusCode}.");
        return client;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AntiforgeryValue();
}
