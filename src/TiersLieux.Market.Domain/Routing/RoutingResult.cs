using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>The answer to a request.</summary>
public abstract record RoutingResult
{
    private RoutingResult()
    {
    }

    /// <summary>
    /// Up to four plans, no two alike, in the order of <see cref="PlanKind"/>, for the lines that can be made; and why the others cannot.
    /// Without a line that can be made there is no plan.
    /// </summary>
    public sealed record Answered(IReadOnlyList<Plan> Plans, IReadOnlyList<UnavailableLine> Unavailable) : RoutingResult;

    /// <summary>The request makes no sense; nothing was planned.</summary>
    public sealed record Refused(Reason Reason) : RoutingResult;
}

/// <summary>A line that nobody can make as asked, and what blocks it.</summary>
/// <param name="Possible">The earliest delivery date when only the due date blocks it.</param>
public sealed record UnavailableLine(int Line, Reason Reason, DateOnly? Possible = null)
{
    /// <summary>Changes that would make it possible, the least first; none known when empty.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];
}
