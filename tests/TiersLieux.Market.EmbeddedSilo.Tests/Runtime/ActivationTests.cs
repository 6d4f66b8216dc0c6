using Orleans;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: a grain always exists; an activation of it does when something calls it.</summary>
public sealed class ActivationTests
{
    /// <summary>Orleans: GetGrain only makes a reference; the first call activates, and OnActivateAsync runs before it.</summary>
    [Fact]
    public async Task The_first_call_activates()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        Assert.Equal(0, silo.Probe.Count("activated a"));

        Assert.Equal(1, await grain.Increment());
        Assert.Equal(2, await grain.Increment());

        Assert.Equal(1, silo.Probe.Count("activated a"));
    }

    /// <summary>Orleans: one activation per key in the silo, however many calls come first at once.</summary>
    [Fact]
    public async Task Many_first_calls_share_one_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        const int callers = 4;
        const int keys = 300;
        using var together = new Barrier(callers);

        var activations = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(
            () => Task.WhenAll(Enumerable.Range(0, keys).Select(key =>
            {
                together.SignalAndWait();
                return silo.Grains.GetGrain<ICounterGrain>($"k{key}").Activation();
            }).ToList()),
            TaskCreationOptions.LongRunning).Unwrap()));

        Assert.All(activations, each => Assert.Equal(activations[0], each));
        Assert.Equal(keys, activations[0].Distinct().Count());
        Assert.All(Enumerable.Range(0, keys), key => Assert.Equal(1, silo.Probe.Count($"activated k{key}")));
    }

    /// <summary>Orleans: the key comes back from the grain and from its reference, text and Guid; references to one grain are equal.</summary>
    [Fact]
    public async Task A_grain_knows_its_key()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = Guid.CreateVersion7();
        var named = silo.Grains.GetGrain<ICounterGrain>("Atelier n° 7/é");
        var numbered = silo.Grains.GetGrain<IGuidKeyGrain>(id);

        Assert.Equal("Atelier n° 7/é", await named.Key());
        Assert.Equal("Atelier n° 7/é", named.GetPrimaryKeyString());
        Assert.Equal(id, await numbered.Key());
        Assert.Equal(id, numbered.GetPrimaryKey());
        Assert.Equal(numbered, silo.Grains.GetGrain<IGuidKeyGrain>(id));
        Assert.NotEqual(named, silo.Grains.GetGrain<ICounterGrain>("other"));
        Assert.Equal($"guidkey/{id:N}", numbered.GetGrainId().ToString());
    }

    /// <summary>Orleans: an interface that no class implements is refused when the reference is asked for.</summary>
    [Fact]
    public async Task An_interface_without_class_is_refused()
    {
        await using var silo = await TestSilo.StartAsync();
        var refused = Assert.Throws<ArgumentException>(() => silo.Grains.GetGrain<INobodyGrain>("a"));
        Assert.Contains(nameof(INobodyGrain), refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Orleans: constructor arguments come from a service scope that lives as long as the activation.</summary>
    [Fact]
    public async Task Services_are_scoped_to_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        Assert.True(await grain.ScopeIsAlive());

        await grain.Leave();
        await silo.Probe.Until(probe => probe.Count("deactivated a") == 1);

        Assert.Equal(1, silo.Probe.Count("scope lived to the end"));
        Assert.True(await grain.ScopeIsAlive());
    }

    /// <summary>Orleans: what OnActivateAsync throws reaches every caller that waits for the activation, and it is not deactivated, for it never was active.</summary>
    [Fact]
    public async Task A_failed_activation_fails_the_calls()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Probe.Add("fail activation");
        silo.Probe.Add("hold activation");
        var grain = silo.Grains.GetGrain<IFragileGrain>("a");
        var calls = Enumerable.Range(0, 5).Select(_ => grain.Ping()).ToList();
        await silo.Probe.Reached("activation");

        // In Orleans the later calls may still be on their way.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        silo.Probe.Open("activation");

        foreach (var call in calls)
            Assert.Equal("activation", (await Assert.ThrowsAsync<InvalidDataException>(() => call)).Message);
        Assert.Equal(1, silo.Probe.Count("constructed"));
        Assert.Equal(0, silo.Probe.Count("fragile deactivated"));
    }

    /// <summary>Orleans: nothing of a failed activation stays, and the next call makes a new one.</summary>
    [Fact]
    public async Task A_failed_activation_leaves_nothing_behind()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Probe.Add("fail activation");
        var grain = silo.Grains.GetGrain<IFragileGrain>("a");

        await Assert.ThrowsAsync<InvalidDataException>(grain.Ping);

        Assert.Equal("pong", await grain.Ping());
        Assert.Equal(2, silo.Probe.Count("constructed"));
        Assert.Equal(1, silo.Probe.Count("fragile disposed"));
    }

    /// <summary>Orleans: a constructor that throws fails the call with InvalidOperationException around its own exception.</summary>
    [Fact]
    public async Task A_failed_constructor_fails_the_call()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Probe.Add("fail constructor");
        var grain = silo.Grains.GetGrain<IFragileGrain>("a");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(grain.Ping);

        Assert.Equal("constructor", Assert.IsType<InvalidDataException>(failure.InnerException).Message);
        Assert.Equal("pong", await grain.Ping());
    }

    /// <summary>Orleans: an exception reaches the caller with its type and message, and the activation lives on.</summary>
    [Fact]
    public async Task An_exception_reaches_the_caller_and_spares_the_grain()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        await grain.Increment();

        var thrown = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.Fail("wrong"));

        Assert.Contains("as asked", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(2, await grain.Increment());
    }

    /// <summary>Orleans: Task, Task of T, ValueTask and ValueTask of T may be returned.</summary>
    [Fact]
    public async Task All_four_task_types_may_be_returned()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        await grain.Increment();
        Assert.Equal(1, await grain.Read());
        await grain.Reset();
        Assert.Equal(0, await grain.Read());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.Fail("x"));
    }
}
