using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Hosting;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Hosting.Cluster;

/// <summary>
/// How the silos of the Cluster edition find each other: through PostgreSQL. On SQLite, and for a program without an address of its own (the command
/// line), a silo is alone: two programs on one database are correct without knowing of each other, and one that is there for a second would only
/// make the others wait when it goes.
/// </summary>
internal static class ClusterSilo
{
    /// <summary>Below the ports that a system gives away by itself.</summary>
    private const int FirstPort = 10_000;

    private const long AdvisoryLock = 0x544C4D53494C4F53;

    /// <summary>Fills in what Orleans' own settings (section <c>Orleans</c>) leave open. To be called before UseOrleans, which reads them.</summary>
    public static void SetDefaults(IConfiguration configuration, MarketSettings settings)
    {
        var orleans = configuration.GetSection("Orleans");
        orleans["ClusterId"] ??= "market";
        orleans["ServiceId"] ??= "market";
        // Silos trust whoever reaches their port: it is opened to a network only where an address says so.
        orleans["Endpoints:AdvertisedIPAddress"] ??= IPAddress.Loopback.ToString();
        orleans["Endpoints:SiloPort"] ??= SiloPort(PagePort(settings)).ToString(CultureInfo.InvariantCulture);
        orleans["Endpoints:GatewayPort"] ??= "0"; // For clients outside of silos; there are none.
    }

    public static void UseMarketClustering(this ISiloBuilder silo, MarketSettings settings)
    {
        if (settings.PostgreSql is not { } database || PagePort(settings) == 0) silo.UseDevelopmentClustering(primarySiloEndpoint: null!);
        else silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database));
    }

    /// <summary>Makes the tables of the membership unless they are there, from here or from Orleans' own scripts.</summary>
    public static async Task PrepareAsync(MarketDatabase database, CancellationToken cancellation)
    {
        if (database.Provider != MarketProvider.PostgreSql) return;
        await using var script = typeof(ClusterSilo).Assembly.GetManifestResourceStream(typeof(ClusterSilo), "membership.sql")!;
        using var reader = new StreamReader(script);
        await using var connection = await database.Postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({AdvisoryLock})", connection, transaction)) await wait.ExecuteNonQueryAsync(cancellation);
        await using (var look = new NpgsqlCommand("SELECT to_regclass('OrleansQuery') IS NOT NULL", connection, transaction))
        {
            if (await look.ExecuteScalarAsync(cancellation) is true) return;
        }

        await using (var create = new NpgsqlCommand(await reader.ReadToEndAsync(cancellation), connection, transaction)) await create.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Always the same for the same address of the pages, so that a program that was killed comes back where it was: its old row is then known to be dead,
    /// where another port would make the new silo wait for the old one.
    /// </summary>
    private static int SiloPort(int pagePort) => pagePort == 0 ? FreePort() : FirstPort + pagePort % 20_000;

    private static int PagePort(MarketSettings settings) => BindingAddress.Parse(settings.Urls.Split(';')[0]).Port;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
