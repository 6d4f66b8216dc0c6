using Microsoft.Extensions.Options;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Migrations;
using TiersLieux.Market.Storage.Seeding;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>What happens before the first request: the schema, and the demo tables.</summary>
public static class MarketStart
{
    /// <summary>Sign-in of the demo accounts; they exist only while the demo data are loaded.</summary>
    public const string DemoPassword = "Atelier-partage-2026";

    /// <exception cref="InvalidOperationException">The tables to load are wrong; the message says file, line and reason. Or demo accounts and real money would meet.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellation = default)
    {
        var settings = services.GetRequiredService<MarketSettings>();
        var database = services.GetRequiredService<MarketDatabase>();
        await Migrator.MigrateAsync(database, cancellation);
#if CLUSTER
        await Cluster.ClusterSilo.PrepareAsync(database, cancellation);
#endif
        if (!settings.LoadDemo) return;
        if (services.GetRequiredService<IOptions<StripeOptions>>().Value.Live)
            throw new InvalidOperationException("Payments__Live is set: demo accounts, whose password is public, must not exist beside real money. Set TLM_DEMO=0.");
        var result = await SeedLoader.LoadAsync(settings.SeedFolder, services.GetRequiredService<IMarketWriter>(), DemoPassword, services.GetRequiredService<TimeProvider>(), cancellation);
        if (result is SeedResult.Refused(var faults))
            throw new InvalidOperationException(string.Join('\n', faults.Select(f => $"{f.File}:{f.Line} {f.Column}: {f.Reason.French}")));
    }
}
