namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// A flexible job shop: jobs of ordered operations, each on one of several machines; with what the market adds to it: release and promise of a job,
/// calendars, transport, work that is already fixed, several factories. Times are whole units from 0, intervals half-open.
/// </summary>
public sealed record ShopProblem(IReadOnlyList<ShopJob> Jobs, IReadOnlyList<ShopMachine> Machines)
{
    /// <summary>Identical copies of all machines; a job stays in one (distributed flexible job shop).</summary>
    public int Factories { get; init; } = 1;

    /// <summary>Time from place to place, rows from, columns to; null when transport takes none. The diagonal is 0.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Transport { get; init; }
}

/// <param name="Place">Row and column of <see cref="ShopProblem.Transport"/>.</param>
/// <param name="Free">When it may work: sorted, disjoint; null when always.</param>
public sealed record ShopMachine(int Place = 0, IReadOnlyList<ShopFreeTime>? Free = null);

/// <param name="ContinuesAfterClosing">Suspended work may stay in place until the next stretch, since nobody uses the machine between.</param>
public readonly record struct ShopFreeTime(int Start, int End, bool ContinuesAfterClosing = false);

/// <summary>Operations in their order.</summary>
public sealed record ShopJob(IReadOnlyList<ShopOperation> Operations)
{
    /// <summary>No operation starts before.</summary>
    public int Release { get; init; }

    /// <summary>The promise: no plan that meets every promise is given up for one that does not.</summary>
    public int? Deadline { get; init; }

    /// <summary>Weight of its completion in <see cref="ShopObjective.Completions"/>.</summary>
    public int Weight { get; init; } = 1;
}

/// <summary>One operation and the machines that can make it.</summary>
public sealed record ShopOperation(IReadOnlyList<ShopAlternative> Alternatives)
{
    /// <summary>Not before, for its own reasons: material, notice.</summary>
    public int EarliestStart { get; init; }

    /// <summary>May be suspended where the free time says so; otherwise it fits in one stretch.</summary>
    public bool Interruptible { get; init; }

    /// <summary>Already fixed: neither machine nor time may change. Alternatives are then not looked at.</summary>
    public ShopFrozen? Frozen { get; init; }
}

/// <param name="Duration">Working time on that machine.</param>
public readonly record struct ShopAlternative(int Machine, int Duration);

/// <summary>Where and when fixed work lies; the machine is taken from start to end, whatever its calendar says.</summary>
public sealed record ShopFrozen(int Machine, int Start, int End, int Factory = 0);

/// <summary>What a plan is judged by, once every promise is kept.</summary>
public enum ShopObjective
{
    /// <summary>The last end.</summary>
    Makespan,

    /// <summary>The weighted sum of the ends of all jobs.</summary>
    Completions,
}
