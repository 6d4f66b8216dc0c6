namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>What a way of making something amounts to.</summary>
/// <param name="Minute">When it is done or delivered.</param>
internal readonly record struct Measure(int Minute, long Cents, decimal Km)
{
    public bool IsNoWorseThan(Measure other) => Minute <= other.Minute && Cents <= other.Cents && Km <= other.Km;
}

/// <summary>What a plan is made for: one order among measures, complete and so deterministic.</summary>
/// <param name="Spread">For <see cref="PlanKind.Balanced"/>: how far other plans lie apart in each respect, which says what a difference is worth.</param>
internal sealed record Objective(PlanKind Kind, Measure Spread)
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

    /// <summary>The whole spread of cost counts as much as that of time, and twice as much as that of distance.</summary>
    private double Score(Measure measure) =>
        (double)measure.Cents / Spread.Cents + (double)measure.Minute / Spread.Minute + (double)(measure.Km / Spread.Km) / 2;
}
