using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: a grain timer ticks on its activation's turn, and ends with it.</summary>
public sealed class TimerTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);

    /// <summary>Orleans: after the due time, then period after period, on the activation's scheduler.</summary>
    [Fact]
    public async Task It_ticks_on_the_grains_turn()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(TimeSpan.Zero, Often, interleave: false, keepAlive: false);
        await silo.Probe.Until(probe => probe.Count("tick") >= 3);
        Assert.Equal(0, silo.Probe.Count("tick off the turn"));
    }

    /// <summary>Orleans: an ordinary tick waits for the call under way.</summary>
    [Fact]
    public async Task An_ordinary_tick_waits_its_turn()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(TimeSpan.FromMilliseconds(50), Often, interleave: false, keepAlive: false);
        var call = grain.Hold("gate");
        await silo.Probe.Reached("gate");
        await Task.Delay(150, TestContext.Current.CancellationToken);
        Assert.Equal(0, silo.Probe.Count("tick"));

        silo.Probe.Open("gate");
        await call;
        await silo.Probe.Until(probe => probe.Count("tick") > 0);
    }

    /// <summary>Orleans: a tick with Interleave runs while a call awaits.</summary>
    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(TimeSpan.FromMilliseconds(50), Often, interleave: true, keepAlive: false);
        var call = grain.Hold("gate");
        await silo.Probe.Until(probe => probe.Count("tick") > 1);
        Assert.False(call.IsCompleted);
        silo.Probe.Open("gate");
        await call;
    }

    /// <summary>Orleans: no tick starts before the last one is over; an ordinary tick under way holds up calls.</summary>
    [Fact]
    public async Task Ticks_never_overlap()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartGated("tick gate", interleave: true);
        await silo.Probe.Reached("tick gate");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(1, await grain.Ticks());
        silo.Probe.Open("tick gate");

        var other = silo.Grains.GetGrain<ITimerGrain>("b");
        await other.StartGated("other gate", interleave: false);
        await silo.Probe.Reached("other gate");
        var ticks = other.Ticks();
        Assert.NotSame(ticks, await Task.WhenAny(ticks, Task.Delay(100, TestContext.Current.CancellationToken)));
        silo.Probe.Open("other gate");
        Assert.True(await ticks >= 1);
    }

    /// <summary>Orleans: what a tick throws is logged, and the timer goes on.</summary>
    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.Grains.GetGrain<ITimerGrain>("a").StartFailing();
        await silo.Probe.Until(probe => probe.Count("tick") >= 3);
    }

    /// <summary>Orleans: an infinite period means one tick, which gets the state; Change sets a new time; Dispose ends it.</summary>
    [Fact]
    public async Task It_can_be_changed_and_stopped()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.Grains.GetGrain<ITimerGrain>("once").StartWithState("my state");
        await silo.Probe.Until(probe => probe.Events.Contains("my state"));

        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(0, await grain.Ticks());

        await grain.Change(TimeSpan.Zero, Often);
        await silo.Probe.Until(probe => probe.Count("tick") >= 2);
        await grain.Stop();
        var ticks = await grain.Ticks();
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(ticks, await grain.Ticks());
        Assert.Single(silo.Probe.Events, "my state");
    }

    /// <summary>Orleans: a timer ends with its activation.</summary>
    [Fact]
    public async Task It_ends_with_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(TimeSpan.Zero, Often, interleave: false, keepAlive: false);
        await silo.Probe.Until(probe => probe.Count("tick") >= 1);

        await grain.Leave();
        await silo.Probe.Until(probe => probe.Count("timer grain deactivated") == 1);
        var ticks = silo.Probe.Count("tick");
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(ticks, silo.Probe.Count("tick"));
    }

    /// <summary>Orleans: ticks do not keep a grain from being collected as idle, unless KeepAlive says so.</summary>
    [Fact]
    public async Task Ticks_keep_a_grain_only_if_told()
    {
        await using var silo = await TestSilo.StartForgetfulAsync();
        var kept = silo.Grains.GetGrain<ITimerGrain>("kept");
        await kept.Start(TimeSpan.Zero, Often, interleave: false, keepAlive: true);
        await silo.Grains.GetGrain<ITimerGrain>("dropped").Start(TimeSpan.Zero, Often, interleave: false, keepAlive: false);

        await silo.Probe.Until(probe => probe.Count("timer grain deactivated") == 1);
        await Task.Delay(400, TestContext.Current.CancellationToken);

        Assert.Equal(1, silo.Probe.Count("timer grain deactivated"));
        Assert.True(await kept.Ticks() > 1);
    }

    /// <summary>Orleans: a timer can only be registered on the grain's own turn.</summary>
    [Fact]
    public async Task It_cannot_be_registered_off_the_turn()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.NotEqual("registered", await silo.Grains.GetGrain<ITimerGrain>("a").RegisterInTaskRun());
    }
}
