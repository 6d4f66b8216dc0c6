using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: a CancellationToken may be an argument of a grain method.</summary>
public sealed class CancellationTests
{
    /// <summary>Orleans: cancelling reaches the method by its token, and the caller at once.</summary>
    [Fact]
    public async Task Cancelling_reaches_the_method()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var call = grain.WaitFor("gate", source.Token);
        await silo.Probe.Reached("gate");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await silo.Probe.Gate("gate cancelled").WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(1, await grain.Increment());
    }

    /// <summary>Orleans: a call cancelled while it waits its turn never runs.</summary>
    [Fact]
    public async Task A_call_cancelled_in_the_queue_never_runs()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var first = grain.Wait("first");
        await silo.Probe.Reached("first");
        var second = grain.WaitFor("second", source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        // In Orleans the news of it is itself a message, which takes its time.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        silo.Probe.Open("first");
        await first;
        await grain.Increment();

        Assert.Equal(0, silo.Probe.Count("second started"));
    }

    /// <summary>Orleans: nor does one whose token was cancelled before.</summary>
    [Fact]
    public async Task A_call_cancelled_beforehand_never_runs()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.WaitFor("gate", new CancellationToken(canceled: true)));

        await grain.Increment();
        Assert.Equal(0, silo.Probe.Count("gate started"));
    }

    /// <summary>Orleans: a token that is never cancelled changes nothing.</summary>
    [Fact]
    public async Task A_token_need_not_be_used()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        silo.Probe.Open("gate");
        Assert.True(await silo.Grains.GetGrain<ICounterGrain>("a").WaitFor("gate", source.Token));
        await source.CancelAsync();
        Assert.True(await silo.Grains.GetGrain<ICounterGrain>("a").WaitFor("gate", CancellationToken.None));
    }
}
