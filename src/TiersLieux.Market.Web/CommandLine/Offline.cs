using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Migrations;
using TiersLieux.Market.Web.Hosting;

namespace TiersLieux.Market.Web.CommandLine;

/// <summary>
/// The market's services without its pages, for one command. It may run beside a serving program on the same database: every writer goes through the
/// same transactions, versions and unique keys, so two are correct.
/// </summary>
internal static class Offline
{
    /// <param name="withGrains">Starts the silo too; the relay and the sweep then run for as long as the command.</param>
    public static async Task<int> RunAsync(bool withGrains, Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken cancellation)
    {
        await using var app = MarketHost.Build([], builder =>
        {
            builder.Logging.AddFilter(null, LogLevel.Error); // What a command prints is its answer.
            builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error);
            builder.Logging.AddFilter("TiersLieux", LogLevel.Error);
            builder.Configuration["TLM_URLS"] = "http://127.0.0.1:0";
        });
        await Migrator.MigrateAsync(app.Services.GetRequiredService<MarketDatabase>(), cancellation);
        if (!withGrains) return await command(app.Services, cancellation);
        await app.StartAsync(cancellation);
        try
        {
            return await command(app.Services, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    public static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return MarketCommands.BadInput;
    }
}
