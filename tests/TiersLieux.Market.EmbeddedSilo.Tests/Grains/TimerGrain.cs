using Orleans;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    /// <summary>A timer whose tick waits at a gate.</summary>
    Task StartGated(string gate, bool interleave);

    Task StartFailing();

    Task StartWithState(string state);

    Task Change(TimeSpan due, TimeSpan period);

    Task Stop();

    Task<int> Ticks();

    Task Hold(string gate);

    Task Leave();

    Task<string> RegisterInTaskRun();
}

public sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private TaskScheduler? _scheduler;
    private int _ticks;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Add("timer grain deactivated");
        return Task.CompletedTask;
    }

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _scheduler = TaskScheduler.Current;
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartGated(string gate, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            async stopped =>
            {
                _ticks++;
                await probe.Pass(gate).WaitAsync(stopped);
            },
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TimeSpan.FromMilliseconds(10), Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                probe.Add("tick");
                throw new InvalidDataException("tick");
            },
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(10));
        return Task.CompletedTask;
    }

    public Task StartWithState(string state)
    {
        _timer = this.RegisterGrainTimer(
            (text, _) =>
            {
                probe.Log(text);
                return Task.CompletedTask;
            },
            state,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task Hold(string gate) => probe.Pass(gate);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> RegisterInTaskRun() => Task.Run(() =>
    {
        try
        {
            using var timer = this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return "registered";
        }
        catch (Exception refused)
        {
            return refused.GetType().Name;
        }
    });

    private Task Tick(CancellationToken stopped)
    {
        _ticks++;
        probe.Add("tick");
        if (TaskScheduler.Current != _scheduler)
            probe.Add("tick off the turn");
        return Task.CompletedTask;
    }
}
