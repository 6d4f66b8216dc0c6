namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>Says when a search must stop. One for each thread; the time is the same for all.</summary>
internal sealed class SearchClock(TimeProvider clock, long startedAt, SearchBudget budget, long nodes, int nodeSize, CancellationToken cancellation)
{
    /// <summary>Work between two looks at the clock, in operations gone through: a few tens of microseconds.</summary>
    private const int Stride = 8192;

    // Leaves room for what follows the last look: building the plan.
    private readonly double _seconds = budget.Time is { } time ? Math.Max(0, time.TotalSeconds * 0.99) : double.PositiveInfinity;
    private int _work;

    /// <summary>Moves made.</summary>
    public long Nodes { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Counts a move.</summary>
    public bool Tick()
    {
        if (++Nodes >= nodes) IsOver = true;
        return Work(nodeSize);
    }

    /// <summary>Counts work that is no move.</summary>
    public bool Work(int operations)
    {
        _work += operations;
        if (_work < Stride || IsOver) return IsOver;
        _work = 0;
        if (cancellation.IsCancellationRequested || clock.GetElapsedTime(startedAt).TotalSeconds >= _seconds) IsOver = true;
        return IsOver;
    }
}
