namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>
/// The calls under way, oldest first. All wait equally long, so the first is due first: one clock looks at
/// the head now and then, and no call needs a timer of its own.
/// </summary>
internal sealed class CallTimeouts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _timeout;
    private readonly Timer _clock;
    private Call? _first;
    private Call? _last;
    private int _count;

    public CallTimeouts(TimeSpan timeout)
    {
        _timeout = timeout;
        var often = TimeSpan.FromMilliseconds(Math.Clamp(timeout.TotalMilliseconds / 20, 5, 1000));
        _clock = new(_ => Sweep(), null, often, often);
    }

    public int Count => Volatile.Read(ref _count);

    public void Add(Call call)
    {
        lock (_gate)
        {
            call.Due = _timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)_timeout.TotalMilliseconds;
            call.Earlier = _last;
            if (_last is null)
                _first = call;
            else
                _last.Later = call;
            _last = call;
            _count++;
        }
    }

    public void Remove(Call call)
    {
        lock (_gate)
        {
            if (call.Due == 0)
                return;
            call.Due = 0;
            if (call.Earlier is null)
                _first = call.Later;
            else
                call.Earlier.Later = call.Later;
            if (call.Later is null)
                _last = call.Earlier;
            else
                call.Later.Earlier = call.Earlier;
            call.Earlier = call.Later = null;
            _count--;
        }
    }

    public void Dispose() => _clock.Dispose();

    private void Sweep()
    {
        List<Call> overdue = [];
        lock (_gate)
        {
            for (var call = _first; call is not null && call.Due <= Environment.TickCount64; call = call.Later)
                overdue.Add(call);
        }

        foreach (var call in overdue)
            call.Fail(new TimeoutException($"Response did not arrive on time in {_timeout} for message: {call.InterfaceName}.{call.MethodName} to {call.TargetId}."));
    }
}
