using Orleans;
using Orleans.Concurrency;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Grains;

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

/// <summary>Its activation fails as often as the test says, in the constructor or after it.</summary>
public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Ping();
}

public sealed class FragileGrain : Grain, IFragileGrain, IDisposable
{
    private readonly Probe _probe;

    public FragileGrain(Probe probe)
    {
        _probe = probe;
        probe.Add("constructed");
        if (probe.Count("fail constructor") > 0)
        {
            probe.Add("fail constructor", -1);
            throw new InvalidDataException("constructor");
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (_probe.Count("hold activation") > 0)
            await _probe.Pass("activation");
        if (_probe.Count("fail activation") > 0)
        {
            _probe.Add("fail activation", -1);
            throw new InvalidDataException("activation");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _probe.Add("fragile deactivated");
        return Task.CompletedTask;
    }

    public Task<string> Ping() => Task.FromResult("pong");

    public void Dispose() => _probe.Add("fragile disposed");
}

/// <summary>Calls another of its kind, which may call back.</summary>
public interface ICycleGrain : IGrainWithStringKey
{
    Task<string> Ping();

    Task<string> Call(string other);

    Task<string> CallRoundTrip(string other);

    Task<string?> Source(string other);
}

public sealed class CycleGrain : Grain, ICycleGrain
{
    public Task<string> Ping() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> Call(string other) => GrainFactory.GetGrain<ICycleGrain>(other).Ping();

    public Task<string> CallRoundTrip(string other) => GrainFactory.GetGrain<ICycleGrain>(other).Call(this.GetPrimaryKeyString());

    public Task<string?> Source(string other) => GrainFactory.GetGrain<IWatchedGrain>(other).Source();
}

/// <summary>What a reentrant and an ordinary grain have in common; one method may always interleave.</summary>
public interface IGated : IGrainWithStringKey
{
    Task<int> Wait(string gate);

    Task<int> Now();

    [AlwaysInterleave]
    Task<int> Peek();

    [AlwaysInterleave]
    Task<int> PeekWait(string gate);

    /// <summary>Increments a plain field many times, yielding between: correct only if no two threads are ever inside.</summary>
    Task Spin(int times);

    Task<int> Spun();
}

public interface IGatedGrain : IGated;

public interface IReentrantGrain : IGated;

public abstract class Gated(Probe probe) : Grain
{
    private int _inside;
    private int _spun;
    private int _threads;

    public async Task<int> Wait(string gate)
    {
        _inside++;
        await probe.Pass(gate);
        return _inside--;
    }

    public Task<int> Now() => Task.FromResult(_inside);

    public Task<int> Peek() => Task.FromResult(_inside);

    public Task<int> PeekWait(string gate) => Wait(gate);

    public async Task Spin(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Interlocked.Increment(ref _threads) != 1)
                probe.Add("two threads in one activation");
            _spun++;
            Interlocked.Decrement(ref _threads);
            await Task.Yield();
        }
    }

    public Task<int> Spun() => Task.FromResult(_spun);
}

public sealed class GatedGrain(Probe probe) : Gated(probe), IGatedGrain;

[Reentrant]
public sealed class ReentrantGrain(Probe probe) : Gated(probe), IReentrantGrain;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<Guid> Work(string gate);
}

[StatelessWorker(2)]
public sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private readonly Guid _activation = Guid.CreateVersion7();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Add("worker activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Add("worker deactivated");
        return Task.CompletedTask;
    }

    public async Task<Guid> Work(string gate)
    {
        probe.Add("working");
        await probe.Pass(gate);
        probe.Add("working", -1);
        return _activation;
    }
}

/// <summary>A grain that filters its own calls.</summary>
public interface IWatchedGrain : IGrainWithStringKey
{
    Task<int> Add(int a, int b);

    Task<string?> Source();

    Task Fail();

    Task Nothing();
}

public sealed class WatchedGrain(Probe probe) : Grain, IWatchedGrain, IIncomingGrainCallFilter
{
    private string? _source;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        probe.Log($"own before {context.MethodName}");
        _source = context.SourceId?.ToString();
        await context.Invoke();
        probe.Log($"own after {context.MethodName}");
    }

    public Task<int> Add(int a, int b)
    {
        probe.Log("adding");
        return Task.FromResult(a + b);
    }

    public Task<string?> Source() => Task.FromResult(_source);

    public Task Fail() => throw new InvalidDataException("failed");

    public Task Nothing() => Task.CompletedTask;
}

public interface INobodyGrain : IGrainWithStringKey
{
    Task Ping();
}
