namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>What a solution is worth: promises and fixed times first, then the objective. Smaller is better.</summary>
/// <param name="Lateness">Sum of what is late, in time units; 0 when every promise is kept. <see cref="Impossible"/> and more when it is no plan at all.</param>
/// <param name="Objective">Makespan or weighted completions.</param>
internal readonly record struct ShopValue(long Lateness, long Objective) : IComparable<ShopValue>
{
    /// <summary>Added for each fixed operation that is late and each job that ends after the last free time.</summary>
    public const long Impossible = 1L << 40;

    public static ShopValue Worst { get; } = new(long.MaxValue, long.MaxValue);

    public int CompareTo(ShopValue other) => Lateness != other.Lateness ? Lateness.CompareTo(other.Lateness) : Objective.CompareTo(other.Objective);

    /// <summary>Nothing is late and the objective cannot be less.</summary>
    public bool Meets(long bound) => Lateness == 0 && Objective <= bound;

    public static bool operator <(ShopValue a, ShopValue b) => a.CompareTo(b) < 0;

    public static bool operator >(ShopValue a, ShopValue b) => a.CompareTo(b) > 0;

    public static bool operator <=(ShopValue a, ShopValue b) => a.CompareTo(b) <= 0;

    public static bool operator >=(ShopValue a, ShopValue b) => a.CompareTo(b) >= 0;
}
