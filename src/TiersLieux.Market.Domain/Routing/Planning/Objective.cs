namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>What a way of making something amounts to.</summary>
/// <param name="Minute">When it is done or delivered.</param>
internal readonly record struct Measure(int Minute, long Cents, decimal Km)
{
    public bool IsNoWorseThan(Measure other) => Minute <= other.Minute && Cents <= other.Cents && Km <= other.Km;
}

/// <summary>What a plan is made for: one order among measures, complete and so deterministic.</summary>
/// <param name="Units">What counts as one of each for <see cref="PlanKind.Balanced"/>: the best of the other plans, time since now.</param>
internal sealed record Objective(PlanKind Kind, int Now, Measure Units)
{
    /// <summary>Whether it looks at split batches though the whole one is possible.</summary>
    public bool Splits => Kind is PlanKind.Fastest or PlanKind.Balanced;

    public int Compare(Measure a, Measure b)
    {
        var order = Kind switch
        {
            PlanKind.Fastest => a.Minute.CompareTo(b.Minute),
            PlanKind.Nearest => a.Km.CompareTo(b.Km),
            PlanKind.Balanced => Score(a).CompareTo(Score(b)),
            _ => 0,
        };
        if (order == 0) order = a.Cents.CompareTo(b.Cents);
        if (order == 0) order = a.Minute.CompareTo(b.Minute);
        return order == 0 ? a.Km.CompareTo(b.Km) : order;
    }

    /// <summary>Cost, time and distance as multiples of the best; a few km more or less count little.</summary>
    private double Score(Measure measure) =>
        (double)measure.Cents / Math.Max(1, Units.Cents)
        + (double)(measure.Minute - Now) / Math.Max(1, Units.Minute - Now)
        + ((double)measure.Km + 20) / ((double)Units.Km + 20) / 2;
}
