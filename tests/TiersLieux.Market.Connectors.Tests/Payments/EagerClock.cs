using System.Collections.Concurrent;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>A clock that does not make a test wait: short timers (pauses) elapse at once and are noted, long ones (time-outs) only when told.</summary>
internal sealed class EagerClock(DateTime now) : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentBag<Held> _held = [];

    public DateTime Now { get; set; } = now;

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override DateTimeOffset GetUtcNow() => new(Now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(callback, state);
        if (dueTime < TimeSpan.Zero) return timer;
        if (dueTime > LongestPause)
        {
            _held.Add(timer);
            return timer;
        }

        Pauses.Enqueue(dueTime);
        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
        return timer;
    }

    /// <summary>Lets every time-out under way elapse.</summary>
    public void TimeOut()
    {
        foreach (var timer in _held) timer.Fire();
    }

    private sealed class Held(TimerCallback callback, object? state) : ITimer
    {
        private int _done;

        public void Fire()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Interlocked.Exchange(ref _done, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
