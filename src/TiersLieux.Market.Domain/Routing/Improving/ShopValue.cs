namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>What a solution is worth: promises and fixed times first, then the objective. Smaller is better.</summary>
/// <param name="Lateness">Sum of what is late, in time units; 0 when every promise is kept.</param>
/// <param name="Objective">Makespan or weighted completions.</param>
internal readonly record struct ShopValue(long Lateness, long Objective) : IComparable<ShopValue>
{
    public static ShopValue Worst { get; } = new(long.MaxValue, long.MaxValue);

    public int CompareTo(ShopValue other) => Lateness != other.Lateness ? Lateness.CompareTo(other.Lateness) : Objective.CompareTo(other.Objective);

    public static bool operator <(ShopValue a, ShopValue b) => a.CompareTo(b) < 0;

    public static bool operator >(ShopValue a, ShopValue b) => a.CompareTo(b) > 0;

    public static bool operator <=(ShopValue a, ShopValue b) => a.CompareTo(b) <= 0;

    public static bool operator >=(ShopValue a, ShopValue b) => a.CompareTo(b) >= 0;
}
