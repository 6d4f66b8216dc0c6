using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Hosting;

namespace TiersLieux.Market.Bench;

/// <summary>The program with the demo network in a temporary folder, serving on a free port, without the Sandbox.</summary>
internal sealed class BenchMarket : IAsyncDisposable
{
    private readonly string _folder;

    private BenchMarket(string folder, WebApplication app)
    {
        _folder = folder;
        App = app;
    }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public Uri Address => new(App.Urls.First());

    public MarketDbContext Read() => Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContext();

    public static async Task<BenchMarket> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tlm-bench-").FullName;
        var app = MarketHost.Build([], builder =>
        {
            builder.Configuration["TLM_DATA"] = folder;
            builder.Configuration["TLM_URLS"] = "http://127.0.0.1:0";
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        await MarketStart.PrepareAsync(app.Services);
        await app.StartAsync();
        return new BenchMarket(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
