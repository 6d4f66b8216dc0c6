using Microsoft.Extensions.Hosting;
#if CLUSTER
using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;
#else
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.EmbeddedSilo;
#endif

namespace TiersLieux.Market.Testing;

/// <summary>A silo of its own for a host, in either edition.</summary>
public static class OwnSilo
{
    /// <param name="copyMessages">Arguments and results are copied, as in a cluster; Orleans itself always does.</param>
    public static void UseOwnSilo(this HostApplicationBuilder builder, bool copyMessages = true)
    {
#if CLUSTER
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), gatewayPort: 0));
#else
        builder.Services.Configure<EmbeddedSiloOptions>(options => options.CopyMessages = copyMessages);
        builder.UseOrleans(_ => { });
#endif
    }
#if CLUSTER

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#endif
}
