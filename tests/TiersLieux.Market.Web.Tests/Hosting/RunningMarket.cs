using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Payments;
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
    private readonly WebApplication _market;

    private RunningMarket(string folder, TestDatabase? postgres, RunningSandbox sandbox, WebApplication market, Uri address) =>
        (_folder, _postgres, Sandbox, _market, Address) = (folder, postgres, sandbox, market, address);

    public Uri Address { get; }

    public RunningSandbox Sandbox { get; }

    public IServiceProvider Services => _market.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public MarketDbContext Read() => Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContext();

    public static async Task<RunningMarket> StartAsync(MarketProvider provider)
    {
        var postgres = provider == MarketProvider.PostgreSql ? await TestDatabase.CreateAsync(provider, migrate: false) : null;
        var folder = Directory.CreateTempSubdirectory("tlm-market-").FullName;
        var address = Ports.FreeAddress();
        var sandbox = await RunningSandbox.StartAsync(Path.Combine(folder, "sandbox"), address);
        var market = await StartAsync(Path.Combine(folder, "data"), postgres?.Database.ConnectionString, sandbox.Address, address);
        var running = new RunningMarket(folder, postgres, sandbox, market, address);
        await running.UntilAsync("the demo workshops are registered", async db =>
            await db.Set<ConnectedAccount>().CountAsync(a => a.Transfers == CapabilityState.Active) >= 11);
        return running;
    }

    public static async Task<WebApplication> StartAsync(string dataFolder, string? postgres, Uri sandbox, Uri address)
    {
        var market = MarketHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["TLM_DATA"] = dataFolder,
                ["TLM_URLS"] = address.GetLeftPart(UriPartial.Authority),
                ["TLM_SANDBOX_URLS"] = sandbox.GetLeftPart(UriPartial.Authority),
                ["ConnectionStrings:Market"] = postgres,
            });
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        });
        await MarketStart.PrepareAsync(market.Services, TestContext.Current.CancellationToken);
        await market.StartAsync(TestContext.Current.CancellationToken);
        return market;
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

    public Task PayByCardAsync(string url) => Sandbox.PayByCardAsync(new Uri(url));

    public Task ControlAsync(string path, object body) => Sandbox.ControlAsync(path, body);

    public async ValueTask DisposeAsync()
    {
        await _market.StopAsync(CancellationToken.None);
        await _market.DisposeAsync();
        await Sandbox.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
