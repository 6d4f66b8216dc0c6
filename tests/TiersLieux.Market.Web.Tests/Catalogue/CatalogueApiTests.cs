using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Catalogue;

/// <summary>The program with the demo network, on a socket.</summary>
public sealed class CatalogueHost : IAsyncLifetime
{
    private RunningMarket? _market;

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });

    public async ValueTask InitializeAsync()
    {
        _market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        Client.BaseAddress = _market.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_market is not null) await _market.DisposeAsync();
    }
}

public sealed class CatalogueApiTests(CatalogueHost host) : IClassFixture<CatalogueHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offers_are_found_ranked_counted_and_paged()
    {
        var found = await GetAsync("/api/v1/offers?q=tabuoret");
        var item = found.GetProperty("items")[0];
        Assert.Equal("tabouret-pin-brut", item.GetProperty("code").GetString());
        Assert.Equal("good", item.GetProperty("kind").GetString());
        Assert.True(Guid.TryParse(item.GetProperty("id").GetString(), out _));

        var total = (await GetAsync("/api/v1/offers")).GetProperty("total").GetInt32();
        Assert.True(total >= 40);
        var kinds = (await GetAsync("/api/v1/offers?kind=machine")).GetProperty("facets").GetProperty("kind").EnumerateArray().ToList();
        Assert.Equal(total, kinds.Sum(k => k.GetProperty("count").GetInt32()));

        var seen = new HashSet<string>();
        string? after = null;
        do
        {
            var page = await GetAsync("/api/v1/offers?limit=30" + (after is null ? "" : "&after=" + after));
            foreach (var offer in page.GetProperty("items").EnumerateArray()) Assert.True(seen.Add(offer.GetProperty("id").GetString()!));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        Assert.Equal(total, seen.Count);
    }

    [Fact]
    public async Task A_process_finds_what_is_made_by_those_below_it()
    {
        var parent = (await GetAsync("/api/v1/offers?process=impression-3d")).GetProperty("total").GetInt32();
        var child = (await GetAsync("/api/v1/offers?process=impression-3d-fdm")).GetProperty("total").GetInt32();
        Assert.True(parent >= child && child > 0);
    }

    [Fact]
    public async Task An_offer_tells_how_it_is_made_and_by_whom()
    {
        var id = (await GetAsync("/api/v1/offers?q=visiere")).GetProperty("items")[0].GetProperty("id").GetString();
        var offer = await GetAsync("/api/v1/offers/" + id);
        var routing = offer.GetProperty("routing").EnumerateArray().ToList();
        Assert.Equal("impression-3d-fdm", routing[0].GetProperty("process").GetString());
        Assert.True(routing[0].GetProperty("timesObserved").GetBoolean());
        Assert.NotEmpty(offer.GetProperty("makers").EnumerateArray());
        using var missing = await host.Client.GetAsync($"/api/v1/offers/{Guid.CreateVersion7()}", Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Machines_come_nearest_first_from_an_official_or_a_postal_code()
    {
        foreach (var near in new[] { "59350", "59000" })
        {
            var machines = (await GetAsync($"/api/v1/machines?process=decoupe-laser&near={near}")).GetProperty("items").EnumerateArray().ToList();
            Assert.NotEmpty(machines);
            Assert.Equal("Lille", machines[0].GetProperty("place").GetProperty("city").GetString());
            var km = machines.ConvertAll(m => m.GetProperty("km").GetDecimal());
            Assert.Equal(km.Order(), km);
        }
    }

    [Fact]
    public async Task Referenced_places_say_so_and_where_they_are_known_from()
    {
        var places = (await GetAsync("/api/v1/places?limit=200")).GetProperty("items").EnumerateArray().ToList();
        Assert.True(places.Count(p => p.GetProperty("status").GetString() == "referenced") >= 100);
        Assert.All(places, p => Assert.NotEqual("", p.GetProperty("source").GetString()));
        Assert.All(places.Where(p => p.GetProperty("status").GetString() == "referenced"), p => Assert.Equal(0, p.GetProperty("machines").GetInt32()));
    }

    [Theory]
    [InlineData("/api/v1/offers?kind=chose", 422, "kind-unknown")]
    [InlineData("/api/v1/offers?maxLeadDays=demain", 400, "value-unreadable")]
    [InlineData("/api/v1/machines?near=Atlantide", 422, "commune-unknown")]
    [InlineData("/api/v1/machines?process=magie", 422, "process-unknown")]
    public async Task A_wrong_value_is_answered_with_a_problem(string address, int status, string code)
    {
        using var answer = await host.Client.GetAsync(address, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.EndsWith("/" + code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/catalogue")]
    [InlineData("/catalogue?q=laser&genre=good&procede=decoupe-laser&prix=abc&page=99")]
    [InlineData("/offre/visiere-protection?quantite=200&cp=62000&ville=Arras")]
    [InlineData("/offre/visiere-protection?quantite=douze")]
    [InlineData("/carte?type=fablab")]
    [InlineData("/lieu/maison-navette")]
    public async Task Pages_answer_without_a_script_and_weigh_little(string address)
    {
        using var answer = await host.Client.GetAsync(address, Token);
        var page = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(page.Length, 1, 150_000);
    }

    [Fact]
    public async Task The_page_of_an_offer_shows_price_and_date_and_leads_to_the_quote()
    {
        var page = await host.Client.GetStringAsync("/offre/visiere-protection?quantite=20&cp=62000&ville=Arras", Token);
        Assert.Contains("action=\"/devis\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"quantity\" value=\"20\"", page, StringComparison.Ordinal);
        Assert.Contains("observé", page, StringComparison.Ordinal);
        var typo = await host.Client.GetStringAsync("/offre/visiere-protection?quantite=douze", Token);
        Assert.Contains("value=\"douze\"", typo, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/devis\"", typo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mes-offres")]
    [InlineData("/mes-offres/nouvelle")]
    [InlineData("/cercle/somme")]
    public async Task Visitors_are_asked_to_sign_in_first(string address)
    {
        using var answer = await host.Client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/connexion", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var answer = await host.Client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
