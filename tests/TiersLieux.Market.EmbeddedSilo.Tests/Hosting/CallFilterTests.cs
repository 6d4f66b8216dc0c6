using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Hosting;

/// <summary>Orleans: incoming filters wrap every call into a grain, for authorisation, tracing and metrics.</summary>
public sealed class CallFilterTests
{
    /// <summary>Orleans: in order of registration, the grain's own filter last, on the grain's turn.</summary>
    [Fact]
    public async Task Filters_wrap_the_call_in_order()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddIncomingGrainCallFilter<LoggingFilter>()
            .AddIncomingGrainCallFilter(Watched(async context =>
            {
                var probe = context.TargetContext.ActivationServices.GetRequiredService<Probe>();
                probe.Log($"second before {context.InterfaceMethod.Name} {TaskScheduler.Current == TaskScheduler.Default}");
                await context.Invoke();
                probe.Log($"second after {context.Result}");
            })));

        Assert.Equal(5, await silo.Grains.GetGrain<IWatchedGrain>("a").Add(2, 3));

        Assert.Equal(
            [
                "first before TiersLieux.Market.EmbeddedSilo.Tests.Grains.IWatchedGrain.Add(2, 3) on watched/a from nobody in WatchedGrain",
                "second before Add False",
                "own before Add",
                "adding",
                "own after Add",
                "second after 5",
                "first after 5",
            ],
            silo.Probe.Events);
    }

    /// <summary>Orleans: a filter may replace arguments and the result.</summary>
    [Fact]
    public async Task A_filter_may_change_arguments_and_result()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(Watched(async context =>
        {
            if (context.MethodName == nameof(IWatchedGrain.Add))
                context.Request.SetArgument(1, 40);
            await context.Invoke();
            if (context.Result is int sum)
                context.Result = sum + 100;
        })));
        Assert.Equal(142, await silo.Grains.GetGrain<IWatchedGrain>("a").Add(2, 3));
        await silo.Grains.GetGrain<IWatchedGrain>("a").Nothing();
    }

    /// <summary>Orleans: a filter that throws refuses the call, and the grain is not touched.</summary>
    [Fact]
    public async Task A_filter_may_refuse()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(Watched(_ => throw new UnauthorizedAccessException("no"))));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grains.GetGrain<IWatchedGrain>("a").Add(2, 3));
        Assert.Empty(silo.Probe.Events);
    }

    /// <summary>Orleans: what the grain throws comes out of Invoke, where a filter may answer in its place.</summary>
    [Fact]
    public async Task A_filter_sees_the_exception()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(Watched(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidDataException seen)
            {
                throw new InvalidOperationException($"saw {seen.Message}", seen);
            }
        })));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(silo.Grains.GetGrain<IWatchedGrain>("a").Fail);
        Assert.Equal("saw failed", thrown.Message);
    }

    /// <summary>Orleans: a filter that sets the result need not invoke the grain.</summary>
    [Fact]
    public async Task A_filter_may_answer_itself()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(Watched(context =>
        {
            context.Result = 7;
            return Task.CompletedTask;
        })));
        Assert.Equal(7, await silo.Grains.GetGrain<IWatchedGrain>("a").Add(2, 3));
        Assert.Empty(silo.Probe.Events);
    }

    /// <summary>Orleans: SourceId names the grain that calls.</summary>
    [Fact]
    public async Task A_filter_knows_the_calling_grain()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("cycle/caller", await silo.Grains.GetGrain<ICycleGrain>("caller").Source("a"));
    }

    /// <summary>Orleans: its own calls between silos pass the filters too, so a filter looks first whose call it is.</summary>
    private static IncomingGrainCallFilterDelegate Watched(IncomingGrainCallFilterDelegate filter) =>
        context => context.Grain is IWatchedGrain ? filter(context) : context.Invoke();

    private sealed class LoggingFilter(Probe probe, IGrainFactory grains) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not IWatchedGrain)
            {
                await context.Invoke();
                return;
            }

            Assert.NotNull(grains);
            var arguments = string.Join(", ", Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument));
            var source = context.SourceId is { } id && !id.ToString().Contains("client", StringComparison.Ordinal) ? id.ToString() : "nobody";
            probe.Log($"first before {context.InterfaceName}.{context.MethodName}({arguments}) on {context.TargetId} from {source} in {context.ImplementationMethod.DeclaringType!.Name}");
            await context.Invoke();
            probe.Log($"first after {context.Result}");
        }
    }
}
