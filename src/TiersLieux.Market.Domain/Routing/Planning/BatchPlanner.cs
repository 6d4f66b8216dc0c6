namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>An operation as placed, in minutes of the <see cref="PlanningClock"/>.</summary>
internal sealed record OperationDraft(Candidate Candidate, int Start, int End, (int Start, int End)[] Segments);

/// <summary>A lot as placed.</summary>
internal sealed record LotDraft(LineModel Model, decimal Quantity, OperationDraft[] Operations, int Delivered, long Cents, decimal Km)
{
    public int End => Operations[^1].End;
}

/// <summary>
/// Plans the whole quantity of a line: in one lot, or in several when that is better for the objective. Each further lot goes
/// to other workshops where others can do the same, else into other gaps; the sizes are levelled so that the lots end together.
/// </summary>
internal sealed class BatchPlanner(PlanningContext context)
{
    /// <summary>Each step of levelling gives out this part of what is left, at least one piece.</summary>
    private const int LevellingPart = 4;
    private const int MinutesPerDay = 24 * 60;

    private readonly LotSearch _search = new(context);

    /// <summary>Places the line and leaves it placed; null, and nothing placed, when it cannot be delivered in time.</summary>
    public IReadOnlyList<LotDraft>? Plan(LineModel model, Objective objective, int latestDelivery)
    {
        var mark = context.State.Mark;
        (decimal[] Sizes, Candidate[][] Ways, Measure Measure)? best = null;
        var ways = new List<Candidate[]>();
        for (var count = 1; count <= MostLots(model.Line); count++)
        {
            if (count > 1 && best is not null && !objective.Splits) break;
            var sizes = Split(model, count, ways, objective, latestDelivery);
            if (sizes is null || Place(model, sizes, [.. ways], latestDelivery) is not { } lots)
            {
                if (best is not null) break;
                continue;
            }

            var measure = InDays(lots);
            context.State.GiveBackTo(mark);
            if (best is not null && objective.Compare(best.Value.Measure, measure) <= 0) break;
            best = (sizes, [.. ways], measure);
        }

        return best is { } chosen ? Place(model, chosen.Sizes, chosen.Ways, latestDelivery) : null;
    }

    /// <summary>Whole days, since a lot more must gain a day to pay for its set-up.</summary>
    private static Measure InDays(IReadOnlyList<LotDraft> lots) =>
        new(lots.Max(lot => lot.Delivered) / MinutesPerDay * MinutesPerDay, lots.Sum(lot => lot.Cents), lots.Sum(lot => lot.Km));

    private static int MostLots(RoutingLine line) =>
        (int)Math.Clamp(Math.Floor(line.Quantity / Math.Max(1, line.MinimumLot)), 1, line.MaximumLots);

    /// <summary>Sizes of so many lots, or null when they cannot be made.</summary>
    /// <param name="ways">Machines of the lots found so far; the missing ones are added.</param>
    private decimal[]? Split(LineModel model, int count, List<Candidate[]> ways, Objective objective, int latestDelivery)
    {
        var mark = context.State.Mark;
        var sizes = EqualSizes(model.Line.Quantity, count);
        for (var i = 0; i < count; i++)
        {
            if (i == ways.Count)
            {
                if (_search.Best(model, sizes[i], objective, latestDelivery, ways) is not { } way) break;
                ways.Add(way);
            }

            if (Place(model, sizes[i], ways[i], latestDelivery) is not null) continue;
            ways.RemoveRange(i, ways.Count - i);
            break;
        }

        context.State.GiveBackTo(mark);
        if (ways.Count < count) return null;
        return count == 1 ? sizes : Level(model, [.. ways], latestDelivery);
    }

    private static decimal[] EqualSizes(decimal quantity, int count)
    {
        if (count == 1) return [quantity];
        var whole = Math.Floor(quantity);
        var each = Math.Floor(whole / count);
        var sizes = Enumerable.Repeat(each, count).ToArray();
        for (var i = 0; i < (int)(whole - each * count); i++) sizes[i]++;
        sizes[0] += quantity - whole;
        return sizes;
    }

    private decimal[]? Level(LineModel model, Candidate[][] ways, int latestDelivery)
    {
        var smallest = (decimal)Math.Max(1, model.Line.MinimumLot);
        var whole = Math.Floor(model.Line.Quantity);
        var sizes = Enumerable.Repeat(smallest, ways.Length).ToArray();
        sizes[0] += model.Line.Quantity - whole;
        var rest = whole - smallest * ways.Length;
        while (rest > 0)
        {
            var part = Math.Max(1, Math.Floor(rest / LevellingPart));
            var (best, earliest) = (-1, (All: int.MaxValue, Own: int.MaxValue));
            for (var i = 0; i < sizes.Length; i++)
            {
                sizes[i] += part;
                var end = EndOf(model, sizes, ways, i, latestDelivery);
                sizes[i] -= part;
                if (end.CompareTo(earliest) < 0) (best, earliest) = (i, end);
            }

            if (best < 0) return null;
            sizes[best] += part;
            rest -= part;
        }

        return sizes;
    }

    /// <summary>When all lots are done, and then when this one is: lots on the same machines push each other.</summary>
    private (int All, int Own) EndOf(LineModel model, decimal[] sizes, Candidate[][] ways, int lot, int latestDelivery)
    {
        var mark = context.State.Mark;
        var lots = Place(model, sizes, ways, latestDelivery);
        context.State.GiveBackTo(mark);
        return lots is null ? (int.MaxValue, int.MaxValue) : (lots.Max(other => other.End), lots[lot].End);
    }

    private List<LotDraft>? Place(LineModel model, decimal[] sizes, Candidate[][] ways, int latestDelivery)
    {
        var mark = context.State.Mark;
        var lots = new List<LotDraft>(sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
        {
            if (Place(model, sizes[i], ways[i], latestDelivery) is { } lot)
            {
                lots.Add(lot);
                continue;
            }

            context.State.GiveBackTo(mark);
            return null;
        }

        return lots;
    }

    /// <summary>Places one lot on the machines of its way, each operation as early as it can be.</summary>
    private LotDraft? Place(LineModel model, decimal quantity, Candidate[] way, int latestDelivery)
    {
        var mark = context.State.Mark;
        var weight = quantity * model.Line.UnitWeightKg;
        var operations = new OperationDraft[way.Length];
        var (cents, km) = (0L, 0m);
        for (var i = 0; i < way.Length; i++)
        {
            var (candidate, operation) = (way[i], model.Operations[i]);
            var there = i == 0
                ? context.FromGoods(model.Line.Goods, candidate.Workshop, weight)
                : context.Between(way[i - 1].Workshop, candidate.Workshop, operations[i - 1].End, weight);
            var slots = context.Slots;
            var (minutes, effort) = model.Effort(i, quantity, candidate);
            if (!slots.Find(candidate.Machine, candidate.Workshop, Math.Max(there.Arrives, candidate.Earliest), minutes,
                operation.Attendance, operation.Operation.Interruptible, latestDelivery))
            {
                context.State.GiveBackTo(mark);
                return null;
            }

            operations[i] = new OperationDraft(candidate, slots.Start, slots.End, [.. slots.Segments]);
            context.State.Take(candidate, slots.Start, slots.End, [.. slots.Use]);
            cents += there.Cents + effort;
            km += there.Km;
        }

        var home = context.ToCustomer(way[^1].Workshop, operations[^1].End, weight);
        if (home.Arrives <= latestDelivery) return new LotDraft(model, quantity, operations, home.Arrives, cents + home.Cents, km + home.Km);
        context.State.GiveBackTo(mark);
        return null;
    }
}
