using Orleans.Runtime;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: RequestContext travels with calls, as nothing else of the caller's surroundings does.</summary>
public sealed class RequestContextTests
{
    /// <summary>Orleans: it reaches the grain, and the grains that this one calls.</summary>
    [Fact]
    public async Task It_travels_down_the_chain()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        RequestContext.Set("who", "Ada");

        Assert.Equal("Ada", await grain.Context("who"));
        Assert.Equal("Ada", await grain.ContextThrough("who", "b"));
        Assert.Contains("activate a with Ada", silo.Probe.Events);

        RequestContext.Clear();
        Assert.Null(await grain.Context("who"));
    }

    /// <summary>Orleans: what a grain sets is seen by itself and those it calls, never by its caller or its next call.</summary>
    [Fact]
    public async Task It_does_not_travel_back()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");

        await grain.SetContext("who", "Grace");

        Assert.Contains("who is Grace", silo.Probe.Events);
        Assert.Null(RequestContext.Get("who"));
        Assert.Null(await grain.Context("who"));
    }

    /// <summary>Orleans: AsyncLocal values stay behind, as they would on a wire.</summary>
    [Fact]
    public async Task Other_ambient_values_stay_behind()
    {
        await using var silo = await TestSilo.StartAsync();
        CounterGrain.Ambient.Value = "caller";
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        Assert.False(await grain.SeesAmbient());
        Assert.False(await grain.SeesAmbient());
    }

    /// <summary>Orleans: values can be listed and removed, and a change is not seen by what was started before.</summary>
    [Fact]
    public async Task Values_can_be_changed()
    {
        RequestContext.Clear();
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);
        var earlier = new TaskCompletionSource();
        var seen = SeenAfter(earlier.Task);
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        RequestContext.Set("b", 3);
        earlier.SetResult();

        Assert.Equal(2, await seen);
        Assert.Equal(["b"], RequestContext.Keys);
        Assert.Equal(3, RequestContext.Entries.Single().Value);

        static async Task<object?> SeenAfter(Task task)
        {
            await task;
            return RequestContext.Get("b");
        }
    }
}
