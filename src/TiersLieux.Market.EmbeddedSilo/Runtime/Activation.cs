using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>One grain in memory, and the queue before it. Anything under <see cref="_gate"/> is quick and calls nobody.</summary>
internal sealed partial class Activation : IGrainContext, ITarget
{
    private readonly Lock _gate = new();
    private readonly ActivationScheduler _scheduler;
    private readonly Queue<Turn> _waiting = new();
    private readonly Queue<Turn> _waitingToInterleave = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StatelessWorkers? _pool;
    private AsyncServiceScope? _scope;
    private State _state;
    private DeactivationReason? _leaving;
    private CancellationToken _leaveSoon;
    private Turn? _blocking;
    private int _running;
    private long _lastUse = Environment.TickCount64;

    /// <param name="context">The request context of the call that needs it.</param>
    /// <param name="pool">Its siblings, if it is a stateless worker.</param>
    public Activation(Silo silo, GrainClass grainClass, GrainId id, Dictionary<string, object>? context, StatelessWorkers? pool = null)
    {
        (Silo, Class, GrainId, _pool) = (silo, grainClass, id, pool);
        _scheduler = new(this);
        _scheduler.Post(new ActivationTurn(this, context));
    }

    private enum State : byte
    {
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope!.Value.ServiceProvider;

    public Task Deactivated => _gone.Task;

    /// <summary>Running and waiting turns.</summary>
    public int Load
    {
        get
        {
            lock (_gate)
                return _running + _waiting.Count + _waitingToInterleave.Count;
        }
    }

    public IEnumerable<Activation> Activations => [this];

    /// <summary>Runs the turn now or queues it; false if this activation is gone and another must take it.</summary>
    public bool TryReceive(Turn turn)
    {
        lock (_gate)
        {
            if (_state == State.Gone)
                return false;
            if (_state == State.Active && MayRun(turn))
            {
                Admit(turn);
                return true;
            }

            (turn.Interleaves ? _waitingToInterleave : _waiting).Enqueue(turn);
            return true;
        }
    }

    /// <summary>A turn is over: the next may start, or the end.</summary>
    public void Completed(Turn turn)
    {
        lock (_gate)
        {
            _running--;
            if (_blocking == turn)
                _blocking = null;
            if (turn.KeepsAlive)
                _lastUse = Environment.TickCount64;
            Pump();
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state == State.Gone)
                return;
            _leaving ??= deactivationReason;
            if (cancellationToken.CanBeCanceled)
                _leaveSoon = cancellationToken;
            Pump();
        }
    }

    public void CollectIfIdle(TimeSpan age)
    {
        lock (_gate)
        {
            if (_state != State.Active || _running > 0 || Environment.TickCount64 - _lastUse < age.TotalMilliseconds)
                return;
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, "The activation was idle."));
    }

    public GrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (RuntimeContext.Current != this)
            throw new InvalidOperationException("A grain timer is registered on the grain's own turn, not inside Task.Run.");
        var timer = new GrainTimer(this, callback, options);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Remove(GrainTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    // A reentrant grain never has a blocking turn.
    private bool MayRun(Turn turn) => _leaving is null && (_blocking is null || turn.Interleaves);

    private void Admit(Turn turn)
    {
        turn.Host = this;
        _running++;
        if (!turn.Interleaves && !Class.IsReentrant)
            _blocking ??= turn;
        _scheduler.Post(turn);
    }

    private void Pump()
    {
        if (_state != State.Active)
            return;
        while (_waitingToInterleave.TryPeek(out var turn) && MayRun(turn))
            Admit(_waitingToInterleave.Dequeue());
        while (_waiting.TryPeek(out var turn) && MayRun(turn))
        {
            _waiting.Dequeue();
            if (!turn.IsDead)
                Admit(turn);
        }

        if (_leaving is { } reason && _running == 0)
        {
            _state = State.Deactivating;
            _scheduler.Post(new DeactivationTurn(this, reason, _leaveSoon));
        }
    }

    private async Task ActivateAsync(Dictionary<string, object>? context)
    {
        RequestContext.Current = context;
        try
        {
            _scope = Silo.Services.CreateAsyncScope();
            var grain = Class.Create(ActivationServices);
            GrainInstance = grain;
            var timeout = Silo.Collection.ActivationTimeout;
            using var limit = new CancellationTokenSource(timeout);
            try
            {
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{GrainId} was not active after {timeout}.");
            }

            lock (_gate)
            {
                _state = State.Active;
                _lastUse = Environment.TickCount64;
                Pump();
            }
        }
        catch (Exception failure)
        {
            LogActivationFailed(Silo.Log, failure, GrainId);
            await LeaveAsync(failure);
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason, CancellationToken soon)
    {
        StopTimers();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(soon);
            limit.CancelAfter(Silo.Collection.DeactivationTimeout);
            await ((Grain)GrainInstance!).OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Silo.Log, failure, GrainId);
        }

        await LeaveAsync(null);
    }

    private async Task LeaveAsync(Exception? failure)
    {
        StopTimers();
        List<Turn> left;
        lock (_gate)
        {
            _state = State.Gone;
            left = [.. _waitingToInterleave, .. _waiting];
            _waitingToInterleave.Clear();
            _waiting.Clear();
        }

        if (_pool is null)
            Silo.Remove(GrainId, this);
        else
            _pool.Remove(this);
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception fault)
        {
            LogDeactivationFailed(Silo.Log, fault, GrainId);
        }

        _gone.TrySetResult();
        foreach (var turn in left)
            turn.Abandon(failure);
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Dispose();
    }

    [LoggerMessage(1, LogLevel.Error, "Activation of {Grain} failed.")]
    private static partial void LogActivationFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(2, LogLevel.Error, "Deactivation of {Grain} failed; the activation is dropped all the same.")]
    private static partial void LogDeactivationFailed(ILogger log, Exception failure, GrainId grain);

    private sealed class ActivationTurn(Activation activation, Dictionary<string, object>? context) : Turn
    {
        public override Task RunAsync() => activation.ActivateAsync(context);
    }

    private sealed class DeactivationTurn(Activation activation, DeactivationReason reason, CancellationToken soon) : Turn
    {
        public override Task RunAsync() => activation.DeactivateAsync(reason, soon);
    }
}
