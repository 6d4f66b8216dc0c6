using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>A way to the market that stories use; one of them outlasts a market that dies under it.</summary>
internal interface IMarketCalls
{
    /// <param name="make">Makes the request anew for each attempt.</param>
    Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make);
}

/// <summary>Calls as programs make them: JSON, a bearer token, an Idempotency-Key for each operation.</summary>
internal static class MarketCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> GetAsync(this IMarketCalls market, string path, string? token = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await market.SendAsync(() => Request(HttpMethod.Get, path, token));
        return await ReadAsync(answer, expected, path);
    }

    public static async Task<JsonElement> PostAsync(
        this IMarketCalls market, string path, object? body, string? token, HttpStatusCode expected = HttpStatusCode.OK, string? key = null)
    {
        var operation = key ?? Guid.NewGuid().ToString("N");
        using var answer = await market.SendAsync(() =>
        {
            var request = Request(HttpMethod.Post, path, token);
            request.Headers.Add("Idempotency-Key", operation);
            if (body is not null) request.Content = JsonContent.Create(body);
            return request;
        });
        return await ReadAsync(answer, expected, path);
    }

    public static async Task<JsonElement> DeleteAsync(this IMarketCalls market, string path, string token, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await market.SendAsync(() => Request(HttpMethod.Delete, path, token));
        return await ReadAsync(answer, expected, path);
    }

    /// <summary>Where a page sends its visitor.</summary>
    public static async Task<Uri?> RedirectAsync(this IMarketCalls market, string path, string token)
    {
        using var answer = await market.SendAsync(() => Request(HttpMethod.Get, path, token));
        return answer.Headers.Location;
    }

    public static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.AcceptLanguage.ParseAdd("en");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected, string path)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == expected, $"{path} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

/// <summary>A market that is expected to live.</summary>
internal sealed class LivingMarket(Uri address) : IMarketCalls, IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make)
    {
        using var request = make();
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
