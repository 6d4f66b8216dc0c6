using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TiersLieux.Market.Sandbox;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Hosting;

/// <summary>The payment provider and the bank, on a socket of this process: it outlives a market that is killed.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _browser;

    private RunningSandbox(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RunningSandbox> StartAsync(string folder, Uri market)
    {
        var app = SandboxHost.Build(new SandboxOptions
        {
            DataFolder = folder, WebhookUrl = new Uri(market, "/webhooks/stripe").ToString(), WebhookBackOff = TimeSpan.FromMilliseconds(300),
        });
        await app.StartAsync(Token);
        return new RunningSandbox(app);
    }

    /// <summary>Fills in the payment page.</summary>
    public async Task PayByCardAsync(Uri page)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["means"] = "card", ["cardNumber"] = "4242424242424242", ["cardExpiry"] = "12/44", ["cardCvc"] = "123", ["billingName"] = "Camille Exemple",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, page) { Content = form };
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        using var answer = await _browser.SendAsync(request, Token);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"The payment page answered {answer.StatusCode}.");
    }

    /// <summary>What the outside world does: time passes, a payout leaves, a webhook is held back.</summary>
    public async Task<JsonElement> ControlAsync(string path, object body)
    {
        using var answer = await _browser.PostAsJsonAsync(path, body, Token);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    public Task<JsonElement> ReadAsync(string path) => _browser.GetFromJsonAsync<JsonElement>(path, Token);

    /// <summary>All objects of a kind, through the API that the market uses.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100");
        request.Headers.Add("Authorization", "Bearer sk_test_sandbox");
        using var answer = await _browser.SendAsync(request, Token);
        answer.EnsureSuccessStatusCode();
        var list = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.False(list.GetProperty("has_more").GetBoolean());
        return [.. list.GetProperty("data").EnumerateArray()];
    }

    /// <summary>The bank's CAMT.053 of the month before the Sandbox's today and today.</summary>
    public async Task<byte[]> StatementAsync()
    {
        var today = DateOnly.FromDateTime((await ReadAsync("/sandbox/clock")).GetProperty("iso").GetDateTime());
        return await _browser.GetByteArrayAsync($"/bank/statement?from={today.AddDays(-31):yyyy-MM-dd}&to={today:yyyy-MM-dd}", Token);
    }

    /// <summary>The bank's statement of these days, as a file.</summary>
    public Task<byte[]> StatementAsync(DateOnly from, DateOnly to) =>
        _browser.GetByteArrayAsync(FormattableString.Invariant($"/bank/statement?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"), Token);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _browser.Dispose();
    }
}
