using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Requests;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Access;

/// <summary>What somebody tries who should not get in.</summary>
public sealed class IntruderTests(IntrudersMarket host) : IClassFixture<IntrudersMarket>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/orders", HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/Orders", HttpStatusCode.Forbidden)]
    [InlineData("/API/v1/INVOICES/F-2026-000001.pdf", HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/Reconciliation", HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/anything", HttpStatusCode.Forbidden)]
    [InlineData("/pay/CMD-2026-000001", HttpStatusCode.Forbidden)]
    [InlineData("/tresorerie", HttpStatusCode.Redirect)]
    [InlineData("/tresorerie/journal", HttpStatusCode.Redirect)]
    [InlineData("/commandes", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/offers", HttpStatusCode.OK)]
    public async Task A_token_for_the_catalogue_reads_the_catalogue_alone(string path, HttpStatusCode expected)
    {
        var token = Assert.IsType<ApiTokenResult.Created>(await host.Market.Services.GetRequiredService<ApiTokens>().CreateAsync("treasurer@demo.invalid", ["catalogue:read"], Token)).Token;
        using var answer = await SendAsync(HttpMethod.Get, path, r => r.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Redirect) Assert.StartsWith("/connexion", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_on_a_GET_keeps_nothing()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync(HttpMethod.Get, "/api/v1/offers?limit=2", r => r.Headers.Add("Idempotency-Key", "get-me"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var db = host.Market.Read();
        Assert.False(await db.Set<IdempotentRequest>().AnyAsync(r => r.Key == "get-me", Token));
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.UnprocessableEntity)]
    [InlineData(null, HttpStatusCode.UnprocessableEntity)]
    public async Task Another_sites_page_changes_nothing_with_a_cookie(string? site, HttpStatusCode expected)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/quotes", r =>
        {
            if (site is not null) r.Headers.Add("Sec-Fetch-Site", site);
            r.Content = new StringContent("{}", null, "application/json");
        });
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_in_is_tried_so_often_and_no_more_with_or_without_a_slash()
    {
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            using var answer = await SendAsync(HttpMethod.Post, i % 2 == 0 ? "/connexion" : "/connexion/", r => r.Content = new FormUrlEncodedContent([]));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused++;
        }

        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("/devis?offerId=00000000-0000-0000-0000-000000000001&offerId={00000000-0000-0000-0000-000000000001}&quantity=1&quantity=1&city=Lille")]
    [InlineData("/offre/banc-liteaux-102?quantite=8&pour=9999-12-31&cp=59000&ville=Lille")]
    [InlineData("/api/v1/machines/hortillons-laser-1600/free?from=9999-12-30T00:00:00Z")]
    public async Task Odd_values_are_no_fault_of_ours(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, _ => { });
        Assert.True((int)answer.StatusCode < 500, $"{path} answered {(int)answer.StatusCode}");
        Assert.Contains("frame-ancestors 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(method, path);
        change(request);
        return await host.Client.SendAsync(request, Token);
    }
}

/// <summary>A market of its own: sign-ins are counted in it.</summary>
public sealed class IntrudersMarket : IAsyncLifetime
{
    internal RunningMarket Market { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Market.Address };
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Market.DisposeAsync();
    }
}
