using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TiersLieux.Market.Sandbox.Tests.Webhooks;

internal sealed record Received(string Body, string Signature)
{
    public JsonNode Json { get; } = JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    public string Id => (string)Json["id"]!;
}

/// <summary>Takes webhooks on a socket and answers as told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    public int Status { get; set; } = 200;

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many have come, up to ten seconds.</summary>
    public async Task<IReadOnlyList<Received>> WaitAsync(int count, Func<Received, bool>? which = null)
    {
        for (var i = 0; i < 500; i++)
        {
            var found = _received.Where(which ?? (_ => true)).ToList();
            if (found.Count >= count)
                return found;
            await Task.Delay(20);
        }
        Assert.Fail($"Only {_received.Count(r => which?.Invoke(r) ?? true)} of {count} webhooks came: {string.Join(", ", _received.Select(r => r.Type))}");
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        _received.Enqueue(new Received(await reader.ReadToEndAsync(), http.Request.Headers["Stripe-Signature"].ToString()));
        http.Response.StatusCode = Status;
    }
}
