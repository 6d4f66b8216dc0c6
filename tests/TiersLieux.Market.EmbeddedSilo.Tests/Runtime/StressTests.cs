using Orleans.Runtime;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: all of the above also holds when everything happens at once.</summary>
public sealed class StressTests
{
    /// <summary>Orleans: while grains are called, leave and are collected, every call is answered once, and no activation lives beside another of its key.</summary>
    [Fact]
    public async Task Nothing_is_lost_while_activations_come_and_go()
    {
        await using var silo = await TestSilo.StartForgetfulAsync();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var keys = Enumerable.Range(0, 8).Select(i => $"k{i}").ToList();
        var rejected = 0;
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            var count = 0;
            while (!enough.IsCancellationRequested)
            {
                var grain = silo.Grains.GetGrain<ICounterGrain>(keys[random.Next(keys.Count)]);
                try
                {
                    switch (random.Next(40))
                    {
                        case 0:
                            await grain.Leave();
                            break;
                        case 1:
                            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.Fail("x"));
                            break;
                        case 2:
                            await grain.ContextThrough("who", $"other {random.Next(100)}");
                            break;
                        case 3 when count % 10 == 0:
                            await Task.Delay(random.Next(5));
                            break;
                        default:
                            Assert.True(await grain.IncrementSlowly() > 0);
                            break;
                    }
                }
                catch (OrleansException)
                {
                    // Orleans gives up on a call that met three leaving activations in a row.
                    Interlocked.Increment(ref rejected);
                }

                count++;
            }

            return count;
        })));

        Assert.True(calls.Sum() > 1000, $"{calls.Sum()} calls");
        Assert.True(rejected * 100 < calls.Sum(), $"{rejected} of {calls.Sum()} calls rejected");
        foreach (var key in keys)
            await silo.Probe.Until(probe => probe.Count($"activated {key}") == probe.Count($"deactivated {key}"));
        AssertNeverTwo(silo.Probe.Events, keys);
    }

    /// <summary>Orleans: many callers on many grains at once get each their own answers.</summary>
    [Fact]
    public async Task Many_grains_at_once()
    {
        await using var silo = await TestSilo.StartAsync();
        await Parallel.ForAsync(0, 5_000, TestContext.Current.CancellationToken, async (i, _) =>
            Assert.Equal($"g{i}", await silo.Grains.GetGrain<ICounterGrain>($"g{i}").Key()));
    }

    private static void AssertNeverTwo(IEnumerable<string> events, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            var alive = 0;
            foreach (var e in events)
            {
                if (e.StartsWith($"activate {key} ", StringComparison.Ordinal))
                    Assert.Equal(1, ++alive);
                else if (e.StartsWith($"deactivate {key}:", StringComparison.Ordinal))
                    alive--;
            }
        }
    }
}
