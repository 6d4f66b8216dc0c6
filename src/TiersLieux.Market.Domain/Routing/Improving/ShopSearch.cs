using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>How to search.</summary>
public sealed record ShopSearch(SearchBudget Budget)
{
    public ShopObjective Objective { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Searches side by side over one pool. With a budget of nodes the plan depends on their number, not on how they are scheduled.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>A plan to begin with; the answer is never worse. Times are taken as an order, not as they are.</summary>
    public ShopPlan? Start { get; init; }
}

/// <summary>What a search gives.</summary>
public abstract record ShopResult
{
    private ShopResult()
    {
    }

    /// <param name="Lateness">By how much promises are broken in all, in time units: 0 when all are kept.</param>
    /// <param name="Objective">Makespan or weighted completions.</param>
    /// <param name="LowerBound">No plan has an objective below it.</param>
    /// <param name="Moves">Moves made.</param>
    public sealed record Solved(ShopPlan Plan, long Lateness, long Objective, long LowerBound, long Moves) : ShopResult
    {
        public bool IsOptimal => Lateness == 0 && Objective <= LowerBound;
    }

    /// <summary>The problem makes no sense, or no plan was found that fits the free time and what is fixed.</summary>
    public sealed record Refused(Reason Reason) : ShopResult;
}
