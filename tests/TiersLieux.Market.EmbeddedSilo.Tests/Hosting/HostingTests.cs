using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Hosting;

/// <summary>Orleans: UseOrleans puts a silo into a host; it starts and stops with it.</summary>
public sealed class HostingTests
{
    /// <summary>Orleans: IGrainFactory and IClusterClient are services, and ConfigureServices adds to the host's.</summary>
    [Fact]
    public async Task The_host_offers_the_grains()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.ConfigureServices(services => services.AddSingleton("a service")));
        var client = silo.Host.Services.GetRequiredService<IClusterClient>();
        Assert.Equal(1, await client.GetGrain<ICounterGrain>("a").Increment());
        Assert.Equal(2, await silo.Host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Increment());
        Assert.Equal("a service", client.ServiceProvider.GetRequiredService<string>());
    }

    /// <summary>Orleans: any kind of host builder will do.</summary>
    [Fact]
    public async Task Every_host_builder_takes_a_silo()
    {
        IHostApplicationBuilder application = TestSilo.Builder();
        application.UseOrleans(silo => Assert.Same(application.Configuration, silo.Configuration));
        var generic = new HostBuilder().UseOrleans((context, silo) => Assert.Same(context.Configuration, silo.Configuration));
        generic.UseOrleans(TestSilo.Configure);
        using var host = generic.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Increment());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Orleans: a collection age that is not above the quantum is refused at the start.</summary>
    [Fact]
    public async Task Wrong_options_are_refused() => await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(silo =>
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = collection.CollectionQuantum)));

    /// <summary>Orleans: several UseOrleans configure one silo.</summary>
    [Fact]
    public async Task Configuring_twice_makes_one_silo()
    {
        var builder = TestSilo.Builder(silo => silo.AddIncomingGrainCallFilter(Once));
        builder.UseOrleans(silo => silo.AddIncomingGrainCallFilter(Once));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Increment();

        Assert.Equal(2, host.Services.GetRequiredService<Probe>().Count("filtered"));
        await host.StopAsync(TestContext.Current.CancellationToken);

        static Task Once(IIncomingGrainCallContext context)
        {
            if (context.Grain is ICounterGrain)
                context.TargetContext.ActivationServices.GetRequiredService<Probe>().Add("filtered");
            return context.Invoke();
        }
    }

    /// <summary>Orleans: a stop lets calls under way finish, and those they make of other grains, before it deactivates.</summary>
    [Fact]
    public async Task Stopping_drains()
    {
        var silo = await TestSilo.StartAsync();
        var call = silo.Grains.GetGrain<ICounterGrain>("a").Wait("gate");
        await silo.Probe.Reached("gate");

        var stop = silo.Host.StopAsync(TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(stop.IsCompleted);
        silo.Probe.Open("gate");
        await call;
        await stop;

        Assert.Equal(["gate ends", "deactivate a: ShuttingDown"], silo.Probe.Events.TakeLast(2));
        silo.Host.Dispose();
    }

    /// <summary>Orleans: a grain that is stuck does not keep the host from stopping when its time is up.</summary>
    [Fact]
    public async Task Stopping_does_not_wait_for_ever()
    {
        var silo = await TestSilo.StartAsync();
        var stuck = silo.Grains.GetGrain<ICounterGrain>("a").Wait("never");
        await silo.Probe.Reached("never");
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await silo.Host.StopAsync(limit.Token).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.False(stuck.IsCompletedSuccessfully);
        silo.Host.Dispose();
    }

    /// <summary>Orleans: after the stop, and before the start, there is nobody to call.</summary>
    [Fact]
    public async Task Without_a_running_silo_calls_fail()
    {
        using var host = TestSilo.Builder().Build();
        await Assert.ThrowsAnyAsync<Exception>(() => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Increment());
        await host.StartAsync(TestContext.Current.CancellationToken);
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a");
        Assert.Equal(1, await grain.Increment());
        await host.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Increment);
    }
}
