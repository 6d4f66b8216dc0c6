using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: an activation is single-threaded, and a call is not interrupted by another unless that was allowed.</summary>
public sealed class TurnTests
{
    /// <summary>Orleans: a second call waits until the first has finished, also while that one awaits.</summary>
    [Fact]
    public async Task Calls_take_turns()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var first = grain.Wait("first");
        await silo.Probe.Reached("first");
        var second = grain.Wait("second");
        silo.Probe.Open("second");

        await silo.Grains.GetGrain<ICounterGrain>("b").Increment();
        Assert.False(second.IsCompleted);
        silo.Probe.Open("first");
        await Task.WhenAll(first, second);

        Assert.Equal(["first begins", "first ends", "second begins", "second ends"], silo.Probe.Events.Where(e => !e.StartsWith("activate", StringComparison.Ordinal)));
    }

    /// <summary>Orleans: so a read and a write with an await between lose nothing.</summary>
    [Fact]
    public async Task No_update_is_lost()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");

        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(grain.IncrementSlowly)));

        Assert.Equal(Enumerable.Range(1, 500), results.Order());
    }

    /// <summary>Orleans: what follows an await runs on the activation's scheduler; Task.Run leaves it, and comes back.</summary>
    [Fact]
    public async Task Awaits_come_back_to_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var (sameAfterAwait, sameInTaskRun) = await silo.Grains.GetGrain<ICounterGrain>("a").Schedulers();
        Assert.True(sameAfterAwait);
        Assert.False(sameInTaskRun);
    }

    /// <summary>Orleans: calls of a [Reentrant] grain interleave where they await.</summary>
    [Fact]
    public async Task Reentrant_calls_interleave()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IReentrantGrain>("a");
        var waiting = grain.Wait("gate");
        await silo.Probe.Reached("gate");

        Assert.Equal(1, await grain.Now());
        silo.Probe.Open("gate");
        Assert.Equal(1, await waiting);
    }

    /// <summary>Orleans: an [AlwaysInterleave] method runs while an ordinary call awaits, an ordinary one does not.</summary>
    [Fact]
    public async Task AlwaysInterleave_passes_a_waiting_call()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IGatedGrain>("a");
        var waiting = grain.Wait("gate");
        await silo.Probe.Reached("gate");
        var ordinary = grain.Now();

        Assert.Equal(1, await grain.Peek());
        Assert.False(ordinary.IsCompleted);
        silo.Probe.Open("gate");
        Assert.Equal(1, await waiting);
        Assert.Equal(0, await ordinary);
    }

    /// <summary>Orleans: nor does an interleaving call hold up an ordinary one.</summary>
    [Fact]
    public async Task An_interleaving_call_blocks_nobody()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IGatedGrain>("a");
        var peeking = grain.PeekWait("gate");
        await silo.Probe.Reached("gate");

        Assert.Equal(1, await grain.Now());
        silo.Probe.Open("gate");
        await peeking;
    }

    /// <summary>Orleans: interleaved is not parallel; one thread at a time even in a [Reentrant] grain.</summary>
    [Fact]
    public async Task Reentrant_is_still_one_thread_at_a_time()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IReentrantGrain>("a");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => grain.Spin(100))));

        Assert.Equal(2000, await grain.Spun());
        Assert.Equal(0, silo.Probe.Count("two threads in one activation"));
    }

    /// <summary>Orleans: a [StatelessWorker(2)] serves two calls of one key side by side, and a third waits.</summary>
    [Fact]
    public async Task Stateless_workers_share_the_work()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWorkerGrain>("a");
        var calls = Enumerable.Range(0, 6).Select(_ => grain.Work("gate")).ToList();
        await silo.Probe.Until(probe => probe.Count("working") == 2);

        silo.Probe.Open("gate");
        var activations = (await Task.WhenAll(calls)).Distinct().Count();

        Assert.Equal(2, activations);
        Assert.Equal(2, silo.Probe.Count("worker activated"));
    }

    /// <summary>Orleans: idle workers are collected as other activations are.</summary>
    [Fact]
    public async Task Idle_stateless_workers_are_collected()
    {
        await using var silo = await TestSilo.StartForgetfulAsync();
        silo.Probe.Open("gate");
        await silo.Grains.GetGrain<IWorkerGrain>("a").Work("gate");

        await silo.Probe.Until(probe => probe.Count("worker deactivated") == 1);

        await silo.Grains.GetGrain<IWorkerGrain>("a").Work("gate");
        Assert.Equal(2, silo.Probe.Count("worker activated"));
    }
}
