using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using TiersLieux.Market.Web.Tests.Stories;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Kill;

/// <summary>
/// The program in a process of its own, started with the next kill point of a list armed, and started again each time it has died of one. The Sandbox lives
/// in this process and sees every one of those lives.
/// </summary>
internal sealed class KillableMarket : IMarketCalls, IAsyncDisposable
{
    /// <summary>What the system says of a process that was ended by SIGKILL: 128 + 9.</summary>
    private const int Killed = 137;

    /// <summary>Long, since one call may see several lives begin; only a failure waits it out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _folder;
    private readonly TestDatabase? _postgres;
    private readonly Uri _address;
    private readonly HttpClient _client;
    private readonly Queue<string> _points;
    private readonly List<string> _output = [];
    private MarketProcess? _process;
    private string? _armed;

    private KillableMarket(string folder, TestDatabase? postgres, Uri address, RunningSandbox sandbox, MarketDatabase database, IEnumerable<string> points)
    {
        (_folder, _postgres, _address, Sandbox, Database) = (folder, postgres, address, sandbox, database);
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _points = new Queue<string>(points);
    }

    public RunningSandbox Sandbox { get; }

    /// <summary>The same database, for looking at what became of it.</summary>
    public MarketDatabase Database { get; }

    public StoryPeople People { get; private set; } = null!;

    /// <summary>Points that the program has died at, in this order.</summary>
    public List<string> Visited { get; } = [];

    /// <summary>
    /// Whether a caller whose call was cut off by a kill asks again only when the next life has come to rest by itself. Asking again must then find all done.
    /// </summary>
    public bool CallersWait { get; init; }

    private string DataFolder => Path.Combine(_folder, "data");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The demo network is loaded by a program that is not killed; what comes then is.</summary>
    public static async Task<KillableMarket> StartAsync(MarketProvider provider, IEnumerable<string> points, bool callersWait = false)
    {
        var postgres = provider == MarketProvider.PostgreSql ? await TestDatabase.CreateAsync(provider, migrate: false) : null;
        var folder = Directory.CreateTempSubdirectory("tlm-kill-").FullName;
        var address = Ports.FreeAddress();
        var sandbox = await RunningSandbox.StartAsync(Path.Combine(folder, "sandbox"), address);
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        var database = postgres?.Database ?? MarketDatabase.Sqlite(Path.Combine(data, "market.db"));
        var market = new KillableMarket(folder, postgres, address, sandbox, database, points) { CallersWait = callersWait };
        await market.PrepareAsync();
        market.StartProcess();
        return market;
    }

    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make)
    {
        var end = DateTime.UtcNow + Patience;
        string? rested = null;
        while (true)
        {
            if (StartAgainIfDead() && CallersWait)
            {
                rested = await RestAsync();
                end = DateTime.UtcNow + Patience;
            }

            try
            {
                using var request = make();
                var answer = await _client.SendAsync(request, Token);
                if ((int)answer.StatusCode < 500)
                {
                    if (rested is not null) Assert.Equal(rested, await OrdersAsync());
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException or TaskCanceledException && !Token.IsCancellationRequested)
            {
                // Not up yet, or gone in the middle of connecting or of the answer.
            }

            if (DateTime.UtcNow > end) Assert.Fail($"The market does not answer (armed: {_armed ?? "nothing"}).\n{Said()}");
            await Task.Delay(50, Token);
        }
    }

    /// <summary>Dead or alive, whatever is under way goes on until it rests.</summary>
    public async Task SettleAsync(Func<Task<bool>> rests) => await HttpStory.UntilAsync("nothing is under way", async () =>
    {
        StartAgainIfDead();
        return await rests();
    });

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _client.Dispose();
        await Sandbox.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        else await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The program's last words, for a test that fails.</summary>
    public string Said()
    {
        lock (_output) return string.Join('\n', _output.TakeLast(60));
    }

    private async Task PrepareAsync()
    {
        await using var market = await RunningMarket.StartAsync(DataFolder, _postgres?.Database.ConnectionString, Sandbox.Address, _address);
        People = await StoryPeople.OfAsync(market.Services);
        await HttpStory.UntilAsync("the demo workshops are registered", async () =>
        {
            await using var db = await market.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(Token);
            return await db.Set<ConnectedAccount>().CountAsync(a => a.Transfers == CapabilityState.Active, Token) >= 11;
        });
        await market.StopAsync(CancellationToken.None);
    }

    /// <summary>Waits until no step of an order and no message is left to do, and says how all orders stand then.</summary>
    private async Task<string> RestAsync()
    {
        await SettleAsync(async () =>
        {
            await using var db = Database.CreateDbContext();
            var soon = DateTime.UtcNow.AddMinutes(5);
            return !await db.Set<Order>().AnyAsync(o => o.DueAt < soon, Token) && !await db.Set<OutboxMessage>().AnyAsync(m => m.DoneAt == null && m.Kind != "mail", Token);
        });
        return await OrdersAsync();
    }

    private async Task<string> OrdersAsync()
    {
        await using var db = Database.CreateDbContext();
        var orders = await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).OrderBy(o => o.Number).ToListAsync(Token);
        return string.Join('\n', orders.Select(o => $"{o.Number} {o.State} v{o.Version}: {string.Join(", ", o.WorkOrders.OrderBy(w => w.Number).Select(w => $"{w.Number} {w.State} v{w.Version}"))}"));
    }

    /// <returns>Whether it had died.</returns>
    private bool StartAgainIfDead()
    {
        if (_process is not { HasExited: true }) return false;
        Assert.True(_process.ExitCode == Killed && _armed is not null, $"The program ended with {_process.ExitCode}, armed with {_armed ?? "nothing"}.\n{Said()}");
        Visited.Add(_armed!);
        _process.Dispose();
        StartProcess();
        return true;
    }

    private void StartProcess()
    {
        _armed = _points.TryDequeue(out var next) ? next : null;
        _process = MarketProcess.Start(_folder, _postgres, Sandbox.Address, _address, _output, _armed);
    }
}
