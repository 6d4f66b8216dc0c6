using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>The program and the Sandbox, for the tests of this class.</summary>
public sealed class OrdersHost : IAsyncLifetime
{
    internal RunningMarket Market { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Market = await RunningMarket.StartAsync(MarketProvider.Sqlite);

    public ValueTask DisposeAsync() => Market.DisposeAsync();
}

public sealed class OrdersApiTests(OrdersHost host) : IClassFixture<OrdersHost>
{
    private const string Buyer = "buyer@demo.invalid";
    private const string Artisan = "artisan@demo.invalid";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_gets_plans_with_dates_prices_and_who_makes_it()
    {
        using var visitor = Client(null);
        var quote = await JsonAsync(await QuoteAsync(visitor, "caisse-empilable", 40), HttpStatusCode.Created);

        Assert.True(quote.GetProperty("validUntil").GetDateTime() > DateTime.UtcNow);
        foreach (var plan in quote.GetProperty("plans").EnumerateArray())
        {
            Assert.Contains(plan.GetProperty("kind").GetString(), (string[])["fastest", "cheapest", "nearest", "balanced"]);
            Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", plan.GetProperty("promiseDate").GetString());
            var total = plan.GetProperty("total");
            Assert.Equal("EUR", total.GetProperty("currency").GetString());
            Assert.Equal(total.GetProperty("inclTax").GetInt64(), total.GetProperty("exclTax").GetInt64() + total.GetProperty("tax").GetInt64());
            Assert.Equal(total.GetProperty("exclTax").GetInt64(), plan.GetProperty("price").EnumerateArray().Sum(l => l.GetProperty("amount").GetInt64()));
            Assert.Equal(40, plan.GetProperty("lots").EnumerateArray().Sum(l => l.GetProperty("quantity").GetDecimal()));
            Assert.All(plan.GetProperty("lots").EnumerateArray(), l => Assert.NotEqual(0, l.GetProperty("operations").GetArrayLength()));
        }
    }

    [Theory]
    [InlineData("""{"lines":[],"deliverTo":{"insee":"59350"}}""", 422, "lines")]
    [InlineData("""{"lines":[{"offerId":"x","quantity":1}],"deliverTo":{"insee":"59350"}}""", 400, "lines[0].offerId")]
    [InlineData("""{"lines":[{"offerId":"OFFER","quantity":-2}],"deliverTo":{"insee":"59350"}}""", 422, "lines[0].quantity")]
    [InlineData("""{"lines":[{"offerId":"OFFER","quantity":2}]}""", 422, "deliverTo")]
    [InlineData("""{"lines":[{"offerId":"OFFER","quantity":2}],"deliverTo":{"insee":"00000"}}""", 422, "deliverTo")]
    [InlineData("""{"lines":[{"offerId":"OFFER","quantity":2}],"deliverTo":{"insee":"59350"},"dueDate":"demain"}""", 400, "dueDate")]
    [InlineData("""not json""", 400, null)]
    public async Task A_wrong_value_is_named_and_nothing_is_kept(string body, int status, string? field)
    {
        using var visitor = Client(null);
        var before = await CountQuotesAsync();
        using var content = new StringContent(body.Replace("OFFER", (await OfferAsync("caisse-empilable")).ToString(), StringComparison.Ordinal), MediaTypeHeaderValue.Parse("application/json"));
        var problem = await JsonAsync(await visitor.PostAsync("/api/v1/quotes", content, Token), (HttpStatusCode)status);

        Assert.StartsWith("https://tierslieux.market/problems/", problem.GetProperty("type").GetString());
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
        Assert.Equal(before, await CountQuotesAsync());
    }

    [Fact]
    public async Task An_order_is_its_customers_alone_and_one_key_is_one_order()
    {
        using var buyer = Client(await TokenAsync(Buyer, "orders:write"));
        using var other = Client(await TokenAsync(Artisan, "orders:write"));
        var quote = await JsonAsync(await QuoteAsync(buyer, "tasse-gres", 10), HttpStatusCode.Created);
        var body = new { quoteId = quote.GetProperty("id").GetGuid(), plan = "fastest" };

        Assert.Equal("not-yours", Code(await JsonAsync(await PlaceAsync(other, body, "other"), HttpStatusCode.Forbidden)));
        var order = await JsonAsync(await PlaceAsync(buyer, body, "once"), HttpStatusCode.Created);
        var again = await JsonAsync(await PlaceAsync(buyer, body, "once"), HttpStatusCode.Created);
        var number = order.GetProperty("number").GetString();

        Assert.Equal(number, again.GetProperty("number").GetString());
        Assert.Equal("awaitingDeposit", order.GetProperty("state").GetString());
        Assert.True(order.GetProperty("deposit").GetProperty("amount").GetInt64() > 0);
        Assert.EndsWith("/pay/" + number, order.GetProperty("payUrl").GetString());
        Assert.Equal("idempotency-conflict", Code(await JsonAsync(await PlaceAsync(buyer, body with { plan = "cheapest" }, "once"), HttpStatusCode.UnprocessableEntity)));

        var read = await JsonAsync(await buyer.GetAsync($"/api/v1/orders/{number}", Token), HttpStatusCode.OK);
        Assert.NotEqual(0, read.GetProperty("timeline").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1/orders/{number}", Token)).StatusCode);
        Assert.DoesNotContain(number!, await other.GetStringAsync("/api/v1/orders", Token), StringComparison.Ordinal);
        Assert.Contains(number!, await buyer.GetStringAsync("/api/v1/orders", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_does_only_what_it_was_made_for()
    {
        using var reader = Client(await TokenAsync(Buyer, "orders:read"));
        using var forged = Client("tlm_0000000000000000000000000000000000000000000");
        using var visitor = Client(null);

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/orders", Token)).StatusCode);
        Assert.Equal("scope-missing", Code(await JsonAsync(await PlaceAsync(reader, new { plan = "fastest" }, null), HttpStatusCode.Forbidden)));
        Assert.Equal("token-unknown", Code(await JsonAsync(await forged.GetAsync("/api/v1/orders", Token), HttpStatusCode.Unauthorized)));
        Assert.Equal("sign-in-first", Code(await JsonAsync(await visitor.GetAsync("/api/v1/orders", Token), HttpStatusCode.Unauthorized)));
        Assert.IsType<ApiTokenResult.Refused>(await host.Market.Services.GetRequiredService<ApiTokens>().CreateAsync(Buyer, ["everything"], Token));
    }

    [Fact]
    public async Task Pages_of_people_ask_a_visitor_to_sign_in_and_come_back()
    {
        using var visitor = Client(null);
        visitor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await visitor.GetAsync("/commandes", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/connexion?retour=%2Fcommandes", answer.Headers.Location!.PathAndQuery);
        Assert.Contains(Buyer, await visitor.GetStringAsync("/connexion", Token), StringComparison.Ordinal);
    }

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Market.Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<string> TokenAsync(string email, string scope) =>
        Assert.IsType<ApiTokenResult.Created>(await host.Market.Services.GetRequiredService<ApiTokens>().CreateAsync(email, [scope], Token)).Token;

    private async Task<HttpResponseMessage> QuoteAsync(HttpClient client, string offer, int quantity) => await client.PostAsJsonAsync(
        "/api/v1/quotes", new { lines = new[] { new { offerId = await OfferAsync(offer), quantity } }, deliverTo = new { postcode = "80000", city = "Amiens" } }, Token);

    private static Task<HttpResponseMessage> PlaceAsync(HttpClient client, object body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }

    private async Task<Guid> OfferAsync(string code)
    {
        await using var db = host.Market.Read();
        return await db.Set<Offer>().Where(o => o.Code == code).Select(o => o.Id).SingleAsync(Token);
    }

    private async Task<int> CountQuotesAsync()
    {
        await using var db = host.Market.Read();
        return await db.Set<Quote>().CountAsync(Token);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        using var _ = answer;
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Code(JsonElement problem) => problem.GetProperty("type").GetString()!.Split('/')[^1];
}
