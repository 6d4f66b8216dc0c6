namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>What a way of making something amounts to.</summary>
/// <param name="Minute">When it is done or delivered.</param>
/// <param name="Cents">For comparing, not for paying.</param>
/// <param name="Km">In tenths.</param>
internal readonly record struct Measure(int Minute, long Cents, int Km);

/// <summary>
/// What a plan is made for: one order among measures, complete and so deterministic. It never prefers more of anything, so that
/// what a bound puts behind stays behind.
/// </summary>
/// <param name="Spread">For <see cref="PlanKind.Balanced"/>: how far other plans lie apart in each respect, which says what a difference is worth.</param>
internal sealed record Objective(PlanKind Kind, Measure Spread) : IComparer<Measure>
{
    public static Objective Soonest { get; } = new(PlanKind.Fastest, default);

    /// <summary>Whether it looks at split batches though the whole one is possible.</summary>
    public bool Splits => Kind is PlanKind.Fastest or PlanKind.Balanced;

    public int Compare(Measure x, Measure y)
    {
        var order = Kind switch
        {
            PlanKind.Fastest => x.Minute.CompareTo(y.Minute),
            PlanKind.Nearest => x.Km.CompareTo(y.Km),
            PlanKind.Balanced => Score(x).CompareTo(Score(y)),
            _ => 0,
        };
        if (order == 0) order = x.Cents.CompareTo(y.Cents);
        if (order == 0) order = x.Minute.CompareTo(y.Minute);
        return order == 0 ? x.Km.CompareTo(y.Km) : order;
    }

    /// <summary>The latest minute with which something of this cost and distance could still come before a measure.</summary>
    public int Latest(Measure before, long cents, int km) => Kind switch
    {
        PlanKind.Fastest => before.Minute,
        PlanKind.Balanced => (int)Math.Clamp((Score(before) - Score(new Measure(0, cents, km))) * Spread.Minute / TimeWeight + 1, -1, int.MaxValue / 4),
        _ => int.MaxValue / 4,
    };

    /// <summary>The whole spread of time counts twice as much as that of cost, and this twice as much as that of distance.</summary>
    private double Score(Measure measure) =>
        (double)measure.Cents / Spread.Cents + TimeWeight * measure.Minute / Spread.Minute + (double)measure.Km / Spread.Km / 2;

    private const double TimeWeight = 2;
}
