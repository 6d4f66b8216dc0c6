using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests;

/// <summary>A host with a silo of its own. In the cluster edition the same tests run on Orleans itself.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private TestSilo(IHost host)
    {
        Host = host;
        Probe = host.Services.GetRequiredService<Probe>();
    }

    public IHost Host { get; }

    public IGrainFactory Grains => Host.Services.GetRequiredService<IGrainFactory>();

    public Probe Probe { get; }

    public static HostApplicationBuilder Builder(Action<ISiloBuilder>? configure = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            Configure(silo);
            configure?.Invoke(silo);
        });
        return builder;
    }

    /// <summary>What every silo of these tests needs.</summary>
    public static void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<Probe>().AddScoped<Scoped>();
#if CLUSTER
        silo.UseLocalhostClustering(FreePort(), FreePort());
#endif
    }

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var host = Builder(configure).Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>A silo whose callers wait for a third of a second only.</summary>
    public static Task<TestSilo> StartImpatientAsync() => StartAsync(silo =>
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromMilliseconds(300)));

    /// <summary>A silo that drops what was idle for a quarter of a second.</summary>
    public static Task<TestSilo> StartForgetfulAsync() => StartAsync(silo =>
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionQuantum = TimeSpan.FromMilliseconds(50);
            collection.CollectionAge = TimeSpan.FromMilliseconds(250);
        }));

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await Host.StopAsync(limit.Token);
        Host.Dispose();
    }

#if CLUSTER
    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
#endif
}
