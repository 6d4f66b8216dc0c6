using System.Net;
using System.Net.Sockets;

namespace TiersLieux.Market.Web.Tests.Hosting;

/// <summary>Addresses that both sides must know before either listens.</summary>
internal static class Ports
{
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
