using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using TiersLieux.Market.Web.Tests.Stories;
using Xunit;

namespace TiersLieux.Market.Web.Tests.TwoPrograms;

/// <summary>
/// Two programs on one PostgreSQL, each in a process of its own. In the Embedded edition neither knows of the other, in the Cluster edition they are
/// silos of one cluster. The Sandbox tells the second what has been paid.
/// </summary>
internal sealed class TwoMarkets : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TestDatabase _postgres;
    private readonly List<string> _output = [];
    private readonly List<OneOfTwo> _markets = [];

    private TwoMarkets(string folder, TestDatabase postgres, RunningSandbox sandbox) => (_folder, _postgres, Sandbox) = (folder, postgres, sandbox);

    public RunningSandbox Sandbox { get; }

    public MarketDatabase Database => _postgres.Database;

    public StoryPeople People { get; private set; } = null!;

    public OneOfTwo First => _markets[0];

    public OneOfTwo Second => _markets[1];

    /// <summary>One request here, one there.</summary>
    public IMarketCalls InTurn => new Alternating(_markets);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TwoMarkets> StartAsync()
    {
        var postgres = await TestDatabase.CreateAsync(MarketProvider.PostgreSql, migrate: false);
        var folder = Directory.CreateTempSubdirectory("tlm-two-").FullName;
        var (first, second) = (Ports.FreeAddress(), Ports.FreeAddress());
        var markets = new TwoMarkets(folder, postgres, await RunningSandbox.StartAsync(Path.Combine(folder, "sandbox"), second));
        try
        {
            await markets.PrepareAsync(second);
            foreach (var address in new[] { first, second }) markets._markets.Add(new OneOfTwo(address, MarketProcess.Start(folder, postgres, markets.Sandbox.Address, address, markets._output)));
            foreach (var market in markets._markets) (await market.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, "/health/ready"))).EnsureSuccessStatusCode();
            return markets;
        }
        catch (Exception exception)
        {
            await markets.DisposeAsync(); // Or its programs would outlive the test.
            throw new InvalidOperationException($"{exception.Message}\n{markets.Said()}", exception);
        }
    }

    /// <summary>The programs' last words, for a test that fails.</summary>
    public string Said()
    {
        lock (_output) return string.Join('\n', _output.TakeLast(80));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var market in _markets) market.Dispose();
        await Sandbox.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Loads the demo network and waits until its workshops can be paid.</summary>
    private async Task PrepareAsync(Uri address)
    {
        await using var market = await RunningMarket.StartAsync(Path.Combine(_folder, "data"), Database.ConnectionString, Sandbox.Address, address);
        People = await StoryPeople.OfAsync(market.Services);
        await HttpStory.UntilAsync("the demo workshops are registered", async () =>
        {
            await using var db = await market.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(Token);
            return await db.Set<ConnectedAccount>().CountAsync(a => a.Transfers == CapabilityState.Active, Token) >= 11;
        });
        await market.StopAsync(CancellationToken.None);
    }

    private sealed class Alternating(IReadOnlyList<IMarketCalls> markets) : IMarketCalls
    {
        private int _next;

        public Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make) => markets[_next++ % markets.Count].SendAsync(make);
    }
}

/// <summary>One of the programs. A call is made again while it starts, and while it has not yet noticed that the other is gone.</summary>
internal sealed class OneOfTwo(Uri address, MarketProcess process) : IMarketCalls, IDisposable
{
    /// <summary>Two programs start at once, and a busy machine takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(45) };

    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            Assert.False(process.HasExited, $"The program at {address} has ended.");
            try
            {
                using var request = make();
                var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
                if ((int)answer.StatusCode < 500 || DateTime.UtcNow > end) return answer;
                // Programs are told that they may ask again, and are not shown an error page.
                if (request.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                answer.Dispose();
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && DateTime.UtcNow < end && !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Not up yet, or too slow for one call.
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        process.Dispose();
        _client.Dispose();
    }
}
