using Orleans.Hosting;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Embedded;

/// <summary>Orleans: what a call carries is copied or serialised, so nothing leans on shared memory. Here a switch does it, in tests.</summary>
public sealed class CopyTests
{
    /// <summary>Records, values, collections, nullable, a nested record of a closed family, and a surrogate arrive equal, and share nothing.</summary>
    [Fact]
    public async Task A_message_arrives_equal_and_apart()
    {
        await using var silo = await StartAsync(copy: true);

        var copy = await silo.Grains.GetGrain<ICounterGrain>("a").Echo(Hold.Example);

        Assert.Equal(Hold.Example, copy with { Lines = Hold.Example.Lines, Seats = Hold.Example.Seats, Outcome = Hold.Example.Outcome });
        Assert.Equal(Hold.Example.Lines, copy.Lines);
        Assert.Equal(Hold.Example.Seats, copy.Seats);
        Assert.Equal(2, copy.Seats["a"]);
        Assert.Equal(Hold.Example.Outcome, copy.Outcome);
        Assert.Equal(DateTimeKind.Utc, copy.From.Kind);
        Assert.NotSame(Hold.Example, copy);
        Assert.NotSame(Hold.Example.Lines, copy.Lines);
        Assert.NotSame(Hold.Example.Outcome, copy.Outcome);
    }

    /// <summary>Without the switch nothing is copied: one process needs none.</summary>
    [Fact]
    public async Task Without_the_switch_nothing_is_copied()
    {
        await using var silo = await StartAsync(copy: false);
        Assert.Same(Hold.Example, await silo.Grains.GetGrain<ICounterGrain>("a").Echo(Hold.Example));
    }

    /// <summary>What could not travel fails loudly and says which type and why; a list from a collection expression is such a type.</summary>
    [Fact]
    public async Task What_cannot_travel_fails()
    {
        await using var silo = await StartAsync(copy: true);
        var grain = silo.Grains.GetGrain<ITroubleGrain>("a");

        Assert.Contains("Unmarked", (await Assert.ThrowsAsync<NotSupportedException>(() => grain.Take(new Unmarked("x")))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(grain.Give);
        Assert.Contains("Name has no [Id]", (await Assert.ThrowsAsync<NotSupportedException>(() => grain.TakeForgetful(new Forgetful()))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.TakeNames([$"a{Environment.ProcessId}"]));
        Assert.Equal(1, await grain.TakeNames(new List<string> { "a" }));
    }

    /// <summary>Collections of every known kind, tuples, cycles and twice the same object come out as they went in.</summary>
    [Fact]
    public async Task Collections_come_out_as_they_went_in()
    {
        await using var silo = await StartAsync(copy: true);
        var grain = silo.Grains.GetGrain<ITroubleGrain>("a");
        var box = Box.Example();

        var copy = await grain.Echo(box);

        Assert.Equivalent(box, copy, strict: true);
        Assert.NotSame(box.Names, copy.Names);
        Assert.Same(copy.Names, copy.Again);
        var loop = new Loop();
        loop.Self = loop;
        var looped = await grain.EchoLoop(loop);
        Assert.Same(looped, looped.Self);
        Assert.NotSame(loop, looped);
    }

    private static Task<TestSilo> StartAsync(bool copy) =>
        TestSilo.StartAsync(silo => silo.Configure<EmbeddedSiloOptions>(options => options.CopyMessages = copy));
}
