namespace TiersLieux.Market.Domain.Routing;

/// <summary>
/// How long a search may go on. The same limits give the same plans, except where <see cref="Time"/> cuts in: then what was found so far is the answer.
/// </summary>
public sealed record PlanningLimits
{
    public static PlanningLimits Default { get; } = new();

    /// <summary>Machine calendars that may be looked at for one request. The most promising come first, so that a spent budget costs little.</summary>
    public int Calendars { get; init; } = 60_000;

    /// <summary>How long it may take, by <see cref="Clock"/>; null: as long as it takes.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>What <see cref="Time"/> is measured with; a plan never depends on it otherwise.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Looks at every machine that can do the work, bounds or not; for measuring what passing over them costs.</summary>
    public bool Exhaustive { get; init; }

    /// <summary>Stops the search with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
