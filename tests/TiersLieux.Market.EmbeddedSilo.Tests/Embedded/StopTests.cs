using Orleans.Runtime;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Embedded;

/// <summary>Orleans hands work over to other silos when one stops. The only silo finishes what was begun, and takes nothing new.</summary>
public sealed class StopTests
{
    /// <summary>While it drains, calls from outside are refused; grains still call each other, and what waited is served where it waited.</summary>
    [Fact]
    public async Task What_was_begun_is_finished_and_nothing_else()
    {
        var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var running = grain.WaitThenIncrement("gate", "b");
        await silo.Probe.Reached("gate");
        var waiting = grain.Increment();

        var stop = silo.Host.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SiloUnavailableException>(silo.Grains.GetGrain<ICounterGrain>("c").Increment);
        silo.Probe.Open("gate");

        Assert.Equal(1, await running);
        Assert.Equal(1, await waiting);
        await stop;
        Assert.Equal(1, silo.Probe.Count("activated a"));
        Assert.Equal(1, silo.Probe.Count("activated b"));
        Assert.Equal(2, silo.Probe.Count("scope lived to the end"));
        silo.Host.Dispose();
    }
}
