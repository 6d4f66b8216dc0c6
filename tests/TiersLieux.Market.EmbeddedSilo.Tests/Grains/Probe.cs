using System.Collections.Concurrent;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Grains;

/// <summary>What a test and its grains share beside calls: a log of events, and gates that hold a grain until the test opens them.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<string> _events = new();

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Events => [.. _events];

    public void Log(string what) => _events.Enqueue(what);

    public int Count(string what) => _counts.GetValueOrDefault(what);

    public int Add(string what, int change = 1) => _counts.AddOrUpdate(what, change, (_, before) => before + change);

    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    /// <summary>Says that a place was reached, then waits for its gate.</summary>
    public Task Pass(string name)
    {
        Open($"{name} reached");
        return Gate(name);
    }

    public Task Reached(string name) => Gate($"{name} reached").WaitAsync(TimeSpan.FromSeconds(10));

    public async Task Until(Func<Probe, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition(this))
            await Task.Delay(5, limit.Token);
    }

    private TaskCompletionSource Source(string name) => _gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
