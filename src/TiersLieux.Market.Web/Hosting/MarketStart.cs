using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Migrations;
using TiersLieux.Market.Storage.Seeding;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>What happens before the first request: the schema, and the demo tables in an empty database.</summary>
public static class MarketStart
{
    /// <summary>Sign-in of the demo accounts; they exist only while the demo data are loaded.</summary>
    public const string DemoPassword = "Atelier-partage-2026";

    /// <exception cref="InvalidOperationException">The tables to load are wrong; the message says file, line and reason.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellation = default)
    {
        var settings = services.GetRequiredService<MarketSettings>();
        var database = services.GetRequiredService<MarketDatabase>();
        await Migrator.MigrateAsync(database, cancellation);
#if CLUSTER
        await Cluster.ClusterSilo.PrepareAsync(database, cancellation);
#endif
        if (!settings.LoadDemo) return;
        var result = await SeedLoader.LoadAsync(settings.SeedFolder, services.GetRequiredService<IMarketWriter>(), DemoPassword, services.GetRequiredService<TimeProvider>(), cancellation);
        if (result is SeedResult.Refused(var faults))
            throw new InvalidOperationException(string.Join('\n', faults.Select(f => $"{f.File}:{f.Line} {f.Column}: {f.Reason.French}")));
    }
}
