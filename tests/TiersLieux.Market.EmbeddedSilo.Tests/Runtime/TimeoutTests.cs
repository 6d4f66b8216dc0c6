using Orleans.Configuration;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: no caller waits longer than ResponseTimeout.</summary>
public sealed class TimeoutTests
{
    /// <summary>Orleans: thirty seconds, unless set otherwise.</summary>
    [Fact]
    public void The_default_is_thirty_seconds() => Assert.Equal(TimeSpan.FromSeconds(30), new SiloMessagingOptions().ResponseTimeout);

    /// <summary>Orleans: a stuck call ends in TimeoutException at its caller; when it comes free the grain goes on.</summary>
    [Fact(Timeout = 20_000)]
    public async Task A_stuck_call_times_out()
    {
        await using var silo = await TestSilo.StartImpatientAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Wait("stuck"));

        silo.Probe.Open("stuck");
        Assert.Equal(1, await grain.Increment());
    }

    /// <summary>Orleans: a call that waits behind a stuck one times out too, and is then not run late.</summary>
    [Fact(Timeout = 20_000)]
    public async Task A_call_that_timed_out_in_the_queue_is_dropped()
    {
        await using var silo = await TestSilo.StartImpatientAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var stuck = grain.Wait("stuck");
        await silo.Probe.Reached("stuck");

        await Assert.ThrowsAsync<TimeoutException>(grain.Increment);
        await Assert.ThrowsAsync<TimeoutException>(() => stuck);

        silo.Probe.Open("stuck");
        Assert.Equal(1, await grain.Increment());
    }

    /// <summary>Orleans: a grain that calls itself, or one that calls it back, does not hang for ever: the call times out and both go on.</summary>
    [Theory(Timeout = 20_000)]
    [InlineData("a", "a")]
    [InlineData("a", "b")]
    public async Task A_call_cycle_times_out(string first, string second)
    {
        await using var silo = await TestSilo.StartImpatientAsync();
        var grain = silo.Grains.GetGrain<ICycleGrain>(first);

        await Assert.ThrowsAsync<TimeoutException>(() => grain.CallRoundTrip(second));

        Assert.Equal(first, await grain.Ping());
        Assert.Equal(second, await silo.Grains.GetGrain<ICycleGrain>(second).Ping());
    }

    /// <summary>Orleans: calls that answer in time are not disturbed by those that don't.</summary>
    [Fact(Timeout = 20_000)]
    public async Task Others_are_not_disturbed()
    {
        await using var silo = await TestSilo.StartImpatientAsync();
        var stuck = silo.Grains.GetGrain<ICounterGrain>("stuck").Wait("stuck");
        var other = silo.Grains.GetGrain<ICounterGrain>("other");
        var calls = 0;
        while (!stuck.IsCompleted)
        {
            await other.Increment();
            calls++;
        }

        await Assert.ThrowsAsync<TimeoutException>(() => stuck);
        Assert.Equal(calls + 1, await other.Increment());
        silo.Probe.Open("stuck");
    }
}
