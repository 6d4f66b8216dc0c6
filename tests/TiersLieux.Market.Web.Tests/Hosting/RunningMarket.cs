using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Sandbox;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Hosting;

/// <summary>The whole program with the demo network, and the Sandbox, on sockets of this machine; nothing in it is replaced.</summary>
internal sealed class RunningMarket : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TestDatabase? _postgres;
    private readonly WebApplication _sandbox;
    private readonly WebApplication _market;

    private RunningMarket(string folder, TestDatabase? postgres, WebApplication sandbox, WebApplication market, Uri address)
    {
        (_folder, _postgres, _sandbox, _market, Address) = (folder, postgres, sandbox, market, address);
        SandboxAddress = new Uri(sandbox.Urls.First());
        Sandbox = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = SandboxAddress };
    }

    public Uri Address { get; }

    public Uri SandboxAddress { get; }

    /// <summary>A browser without script, looking at the Sandbox.</summary>
    public HttpClient Sandbox { get; }

    public IServiceProvider Services => _market.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public MarketDbContext Read() => Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContext();

    public static async Task<RunningMarket> StartAsync(MarketProvider provider)
    {
        var postgres = provider == MarketProvider.PostgreSql ? await TestDatabase.CreateAsync(provider, migrate: false) : null;
        var folder = Directory.CreateTempSubdirectory("tlm-market-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var sandbox = SandboxHost.Build(new SandboxOptions { DataFolder = Path.Combine(folder, "sandbox"), WebhookUrl = new Uri(address, "/webhooks/stripe").ToString() });
        await sandbox.StartAsync(TestContext.Current.CancellationToken);
        var market = MarketHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["TLM_DATA"] = Path.Combine(folder, "data"),
                ["TLM_URLS"] = address.GetLeftPart(UriPartial.Authority),
                ["TLM_SANDBOX_URLS"] = sandbox.Urls.First(),
                ["ConnectionStrings:Market"] = postgres?.Database.ConnectionString,
            });
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        });
        await MarketStart.PrepareAsync(market.Services, TestContext.Current.CancellationToken);
        await market.StartAsync(TestContext.Current.CancellationToken);
        var running = new RunningMarket(folder, postgres, sandbox, market, address);
        await running.UntilAsync("the demo workshops are registered", async db =>
            await db.Set<ConnectedAccount>().CountAsync(a => a.Transfers == CapabilityState.Active) >= 11);
        return running;
    }

    /// <summary>Waits for what happens by itself (webhooks, the relay, the sweep).</summary>
    public async Task UntilAsync(string what, Func<MarketDbContext, Task<bool>> holds)
    {
        var patience = DateTime.UtcNow.AddSeconds(60);
        while (DateTime.UtcNow < patience)
        {
            await using (var db = Read())
            {
                if (await holds(db)) return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Waited a minute in vain until {what}.");
    }

    public async Task<Person> PersonAsync(string email)
    {
        await using var db = Read();
        return await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Email == email);
    }

    /// <summary>Fills in the provider's payment page.</summary>
    public async Task PayByCardAsync(string url, string number = "4242424242424242")
    {
        var page = new Uri(url);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["means"] = "card", ["cardNumber"] = number, ["cardExpiry"] = "12/44", ["cardCvc"] = "123", ["billingName"] = "Camille Exemple",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, page) { Content = form };
        request.Headers.Add("Origin", SandboxAddress.GetLeftPart(UriPartial.Authority));
        using var answer = await Sandbox.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.Found, $"The payment page answered {answer.StatusCode}.");
    }

    public async Task ControlAsync(string path, object body)
    {
        using var answer = await Sandbox.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _market.StopAsync(CancellationToken.None);
        await _market.DisposeAsync();
        await _sandbox.StopAsync(CancellationToken.None);
        await _sandbox.DisposeAsync();
        Sandbox.Dispose();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
