using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>A real HTTP server that answers what the test lays out for it, in order, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>The answer once the script is over; a status that nobody expects, unless the test says otherwise.</summary>
    public int Otherwise { get; set; } = StatusCodes.Status418ImATeapot;

    public static async Task<ScriptedServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(server.Handle);
        await app.StartAsync();
        return server;
    }

    /// <summary>An address where nobody listens.</summary>
    public static Uri NobodyThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return new Uri($"http://127.0.0.1:{port}");
    }

    public ScriptedServer Json(string body, int status = 200, params (string Name, string Value)[] headers) => Then(async c =>
    {
        foreach (var (name, value) in headers) c.Response.Headers[name] = value;
        c.Response.StatusCode = status;
        c.Response.ContentType = "application/json";
        await c.Response.WriteAsync(body);
    });

    public ScriptedServer Html(int status) => Then(async c =>
    {
        c.Response.StatusCode = status;
        c.Response.ContentType = "text/html";
        await c.Response.WriteAsync("<html><body>Bad Gateway</body></html>");
    });

    /// <summary>Cuts the connection without an answer.</summary>
    public ScriptedServer Reset() => Then(c =>
    {
        c.Abort();
        return Task.CompletedTask;
    });

    public ScriptedServer Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Handle(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Asked(
            context.Request.Method,
            context.Request.Path + WebUtility.UrlDecode(context.Request.QueryString.Value),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        if (_script.TryDequeue(out var answer)) await answer(context);
        else context.Response.StatusCode = Otherwise;
    }

    internal sealed record Asked(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public IReadOnlyDictionary<string, string> Form => QueryHelpers.ParseQuery(Body).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
    }
}
