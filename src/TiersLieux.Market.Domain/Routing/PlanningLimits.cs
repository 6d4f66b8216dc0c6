namespace TiersLieux.Market.Domain.Routing;

/// <summary>
/// How long a search may go on. The same limits give the same plans, except where <see cref="Time"/> cuts in: then what was found so far is the answer.
/// </summary>
public sealed record PlanningLimits
{
    public static PlanningLimits Default { get; } = new();

    /// <summary>Machine calendars that may be looked at for one request. The most promising come first, so that a spent budget costs little.</summary>
    public int Calendars { get; init; } = 120_000;

    /// <summary>How long it may take, and what measures it; null: as long as it takes. No plan depends on the clock otherwise.</summary>
    public (TimeProvider Clock, TimeSpan Length)? Time { get; init; }

    /// <summary>Looks at every machine that can do the work, bounds or not; for measuring what passing over them costs.</summary>
    public bool Exhaustive { get; init; }

    /// <summary>Stops the search with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
