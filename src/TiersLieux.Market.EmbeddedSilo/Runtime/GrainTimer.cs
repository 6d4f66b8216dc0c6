using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>A grain timer, which is also its only turn: the next tick is set when the last one is over.</summary>
internal sealed partial class GrainTimer : Turn, IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ITimer _timer;
    private TimeSpan _next;
    private TimeSpan _period;
    private bool _ticking;

    public GrainTimer(Activation host, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Host = host;
        _callback = callback;
        Interleaves = options.Interleave;
        KeepsAlive = options.KeepAlive;
        _timer = host.Silo.Time.CreateTimer(static timer => ((GrainTimer)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override bool Interleaves { get; }

    public override bool KeepsAlive { get; }

    public override bool IsDead => _stopped.IsCancellationRequested;

    /// <summary>During a tick: takes effect when the tick is over.</summary>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            (_next, _period) = (dueTime, period);
            if (!_ticking)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _timer.Dispose();
        Host.Remove(this);
    }

    public override async Task RunAsync()
    {
        try
        {
            if (!IsDead)
                await _callback(_stopped.Token);
        }
        catch (Exception failure)
        {
            LogTickFailed(Host.Silo.Log, failure, Host.GrainId);
        }
        finally
        {
            lock (_gate)
            {
                _ticking = false;
                if (!IsDead)
                    _timer.Change(_next, Timeout.InfiniteTimeSpan);
            }

            Host.Completed(this);
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            _ticking = true;
            _next = _period;
        }

        Host.TryReceive(this);
    }

    [LoggerMessage(3, LogLevel.Error, "A timer of {Grain} failed; it goes on.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, GrainId grain);
}
