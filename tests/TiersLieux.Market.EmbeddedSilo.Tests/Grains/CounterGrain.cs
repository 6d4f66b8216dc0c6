using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Grains;

/// <summary>An ordinary grain: one turn at a time.</summary>
public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Increment();

    ValueTask<int> Read();

    ValueTask Reset();

    Task<string> Key();

    Task<Hold> Echo(Hold hold);

    Task<Guid> Activation();

    Task<bool> ScopeIsAlive();

    Task Fail(string message);

    /// <summary>Increments in two steps with an await between: loses updates if turns mix.</summary>
    Task<int> IncrementSlowly();

    Task Wait(string gate);

    Task<int> WaitThenIncrement(string gate, string other);

    Task<bool> WaitFor(string gate, CancellationToken cancellationToken);

    Task Leave();

    Task LeaveAfter(string gate);

    /// <summary>The scheduler before and after awaits, and inside Task.Run.</summary>
    Task<(bool SameAfterAwait, bool SameInTaskRun)> Schedulers();

    Task<string?> Context(string name);

    Task<string?> ContextThrough(string name, string other);

    Task SetContext(string name, string value);

    Task<bool> SeesAmbient();
}

/// <summary>A disposable service of one activation.</summary>
public sealed class Scoped : IDisposable
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

public sealed class CounterGrain(Probe probe, Scoped scoped) : Grain, ICounterGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    private readonly Guid _activation = Guid.CreateVersion7();
    private int _count;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Add($"activated {this.GetPrimaryKeyString()}");
        probe.Log($"activate {this.GetPrimaryKeyString()} with {RequestContext.Get("who")}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Log($"deactivate {this.GetPrimaryKeyString()}: {reason.ReasonCode}");
        probe.Add($"deactivated {this.GetPrimaryKeyString()}");
        probe.Add(scoped.IsDisposed ? "scope ended early" : "scope lived to the end");
        return Task.CompletedTask;
    }

    public Task<int> Increment() => Task.FromResult(++_count);

    public ValueTask<int> Read() => new(_count);

    public ValueTask Reset()
    {
        _count = 0;
        return default;
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Hold> Echo(Hold hold) => Task.FromResult(hold);

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task<bool> ScopeIsAlive() => Task.FromResult(!scoped.IsDisposed && ServiceProvider.GetRequiredService<Scoped>() == scoped);

    public Task Fail(string message) => throw new ArgumentOutOfRangeException(nameof(message), message, "as asked");

    public async Task<int> IncrementSlowly()
    {
        var before = _count;
        await Task.Yield();
        return _count = before + 1;
    }

    public async Task Wait(string gate)
    {
        probe.Log($"{gate} begins");
        await probe.Pass(gate);
        probe.Log($"{gate} ends");
    }

    public async Task<int> WaitThenIncrement(string gate, string other)
    {
        await probe.Pass(gate);
        return await GrainFactory.GetGrain<ICounterGrain>(other).Increment();
    }

    public async Task<bool> WaitFor(string gate, CancellationToken cancellationToken)
    {
        probe.Add($"{gate} started");
        try
        {
            await probe.Pass(gate).WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            probe.Open($"{gate} cancelled");
            throw;
        }
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAfter(string gate)
    {
        DeactivateOnIdle();
        await probe.Pass(gate);
        probe.Log("left");
    }

    public async Task<(bool SameAfterAwait, bool SameInTaskRun)> Schedulers()
    {
        var mine = TaskScheduler.Current;
        await Task.Delay(1);
        var same = TaskScheduler.Current == mine && mine != TaskScheduler.Default;
        await Task.Yield();
        same &= TaskScheduler.Current == mine;
        var elsewhere = await Task.Run(() => TaskScheduler.Current);
        return (same && TaskScheduler.Current == mine, elsewhere == mine);
    }

    public Task<string?> Context(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public Task<string?> ContextThrough(string name, string other) => GrainFactory.GetGrain<ICounterGrain>(other).Context(name);

    public async Task SetContext(string name, string value)
    {
        RequestContext.Set(name, value);
        await Task.Yield();
        probe.Log($"{name} is {RequestContext.Get(name)}");
    }

    public Task<bool> SeesAmbient() => Task.FromResult(Ambient.Value is not null);
}
