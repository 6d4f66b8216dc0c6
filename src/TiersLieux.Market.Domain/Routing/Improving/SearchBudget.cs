namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>When a search ends, besides a proven optimum or a cancellation. Only a budget without time gives the same plan every time.</summary>
/// <param name="Time">From the call on; read from the clock that is handed in.</param>
/// <param name="Nodes">Moves made, all threads together.</param>
public sealed record SearchBudget(TimeSpan? Time, long? Nodes = null)
{
    public static SearchBudget Of(TimeSpan time) => new(time);

    public static SearchBudget OfNodes(long nodes) => new(null, nodes);
}
