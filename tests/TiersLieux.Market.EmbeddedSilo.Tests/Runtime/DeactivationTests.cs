using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: an activation leaves when it is asked to, when it is idle, or when the silo stops.</summary>
public sealed class DeactivationTests
{
    /// <summary>Orleans: DeactivateOnIdle ends the activation after the current call, with OnDeactivateAsync; the next call meets a new one.</summary>
    [Fact]
    public async Task DeactivateOnIdle_makes_way_for_a_new_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var first = await grain.Activation();
        await grain.Increment();

        await grain.Leave();

        Assert.Equal(1, await grain.Increment());
        Assert.NotEqual(first, await grain.Activation());
        Assert.Contains("deactivate a: ApplicationRequested", silo.Probe.Events);
    }

    /// <summary>Orleans: the call that asked for it finishes first; calls that waited behind it are served by the next activation.</summary>
    [Fact]
    public async Task Calls_that_wait_go_to_the_next_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        await grain.Increment();
        var leaving = grain.LeaveAfter("door");
        await silo.Probe.Reached("door");
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.Increment()).ToList();
        Assert.Equal(0, silo.Probe.Count("deactivated a"));

        silo.Probe.Open("door");
        await leaving;

        Assert.Equal(Enumerable.Range(1, 20), (await Task.WhenAll(waiting)).Order());
        Assert.Equal(2, silo.Probe.Count("activated a"));
        Assert.Equal(["left", "deactivate a: ApplicationRequested"], silo.Probe.Events.Where(e => e is "left" || e.StartsWith("deactivate", StringComparison.Ordinal)));
    }

    /// <summary>Orleans: an activation that was idle for CollectionAge is collected, so that memory is bounded.</summary>
    [Fact]
    public async Task Idle_activations_are_collected()
    {
        await using var silo = await TestSilo.StartForgetfulAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => silo.Grains.GetGrain<ICounterGrain>($"g{i}").Increment()));

        await silo.Probe.Until(probe => probe.Count("scope lived to the end") == 50);

        Assert.Contains("deactivate g7: ActivationIdle", silo.Probe.Events);
        Assert.Equal(1, await silo.Grains.GetGrain<ICounterGrain>("g7").Increment());
    }

    /// <summary>Orleans: a call under way keeps its activation, however long it takes.</summary>
    [Fact]
    public async Task A_busy_activation_is_not_collected()
    {
        await using var silo = await TestSilo.StartForgetfulAsync();
        var busy = silo.Grains.GetGrain<ICounterGrain>("busy");
        await busy.Increment();
        var call = busy.Wait("work");
        await silo.Grains.GetGrain<ICounterGrain>("idle").Increment();
        await silo.Probe.Until(probe => probe.Count("deactivated idle") == 1);

        Assert.Equal(0, silo.Probe.Count("deactivated busy"));
        silo.Probe.Open("work");
        await call;
        Assert.Equal(2, await busy.Increment());
    }

    /// <summary>Orleans: the host's stop deactivates every grain.</summary>
    [Fact]
    public async Task Stopping_deactivates_all()
    {
        var silo = await TestSilo.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => silo.Grains.GetGrain<ICounterGrain>($"g{i}").Increment()));

        await silo.DisposeAsync();

        Assert.Equal(20, silo.Probe.Count("scope lived to the end"));
        Assert.Contains("deactivate g7: ShuttingDown", silo.Probe.Events);
    }
}
