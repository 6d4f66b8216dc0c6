using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>
/// Plans the whole quantity of a line: in one lot, or in several when that is better for the objective. Each further lot goes
/// to other workshops where others can do the same, else into other gaps; the sizes are levelled so that the lots end together.
/// </summary>
internal sealed class BatchPlanner(PlanningContext context)
{
    /// <summary>Each step of levelling gives out this part of what is left, at least one piece.</summary>
    private const int LevellingPart = 4;
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Lots whose machines are shared are levelled by their pace, so many times.</summary>
    private const int PaceRounds = 4;

    private readonly LotSearch _search = new(context);
    private readonly LotPlacing _placing = new(context);

    /// <summary>Places the line and leaves it placed; null, and nothing placed, when it cannot be delivered in time.</summary>
    /// <param name="mostCents">What it may cost, transport included.</param>
    public IReadOnlyList<LotDraft>? Plan(LineModel model, Objective objective, int latestDelivery, long mostCents = long.MaxValue)
    {
        var mark = context.State.Mark;
        (decimal[] Sizes, WayStep[][] Ways, Measure Measure)? best = null;
        var ways = new List<WayStep[]>();
        for (var count = 1; count <= MostLots(model.Line); count++)
        {
            if (count > 1 && best is not null && !objective.Splits) break;
            var sizes = Split(model, count, ways, objective, latestDelivery, mostCents / count);
            if (sizes is null || _placing.Place(model, sizes, [.. ways], latestDelivery) is not { } lots)
            {
                if (best is not null) break;
                continue;
            }

            var measure = InDays(lots);
            context.State.GiveBackTo(mark);
            if (best is not null && objective.Compare(best.Value.Measure, measure) <= 0) break;
            best = (sizes, [.. ways], measure);
        }

        return best is { } chosen ? _placing.Place(model, chosen.Sizes, chosen.Ways, latestDelivery) : null;
    }

    /// <summary>Whole days, since a lot more must gain a day to pay for its set-up.</summary>
    private static Measure InDays(IReadOnlyList<LotDraft> lots) =>
        new(lots.Max(lot => lot.Delivered) / MinutesPerDay * MinutesPerDay, lots.Sum(lot => lot.Cents), lots.Sum(lot => lot.Km));

    private static int MostLots(RoutingLine line) =>
        (int)Math.Clamp(Math.Floor(line.Quantity / Math.Max(1, line.MinimumLot)), 1, line.MaximumLots);

    /// <summary>Sizes of so many lots, or null when they cannot be made.</summary>
    /// <param name="ways">Machines of the lots found so far; the missing ones are added.</param>
    /// <param name="mostCents">Of each lot.</param>
    private decimal[]? Split(LineModel model, int count, List<WayStep[]> ways, Objective objective, int latestDelivery, long mostCents)
    {
        var mark = context.State.Mark;
        var sizes = EqualSizes(model.Line.Quantity, count);
        for (var i = 0; i < count; i++)
        {
            if (i == ways.Count)
            {
                // Half for this lot, the rest for those to come.
                var outer = context.Budget.Narrow(0.5);
                var way = _search.Best(model, sizes[i], objective, latestDelivery, ways, mostCents);
                context.Budget.Widen(outer);
                if (way is null) break;
                ways.Add(way);
            }

            if (_placing.Place(model, sizes[i], ways[i], latestDelivery) is not null) continue;
            ways.RemoveRange(i, ways.Count - i);
            break;
        }

        context.State.GiveBackTo(mark);
        if (ways.Count < count) return null;
        if (count == 1) return sizes;
        return ways.Exists(way => Array.Exists(way, step => step.IsShared)) ? LevelByPace(model, sizes, [.. ways], latestDelivery) : Level(model, [.. ways], latestDelivery);
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

    private decimal[]? Level(LineModel model, WayStep[][] ways, int latestDelivery)
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

    /// <summary>Gives each lot as many pieces as it makes in the same time: what a lot of this size took says how fast it is. For long work, where trying piece by piece would take too long.</summary>
    private decimal[]? LevelByPace(LineModel model, decimal[] equal, WayStep[][] ways, int latestDelivery)
    {
        var smallest = (decimal)Math.Max(1, model.Line.MinimumLot);
        var whole = Math.Floor(model.Line.Quantity);
        (decimal[] Sizes, int End)? best = null;
        var sizes = equal;
        for (var round = 0; round < PaceRounds; round++)
        {
            var mark = context.State.Mark;
            var lots = _placing.Place(model, sizes, ways, latestDelivery);
            context.State.GiveBackTo(mark);
            if (lots is null) break;
            var end = lots.Max(lot => lot.End);
            if (best is null || end < best.Value.End) best = (sizes, end);
            var paces = lots.ConvertAll(lot => lot.Quantity / Math.Max(1, lot.End - context.Clock.Now));
            var spare = whole - smallest * sizes.Length;
            var extra = Rounding.Allocate((long)spare, [.. paces.Select(pace => Math.Max(0, pace * whole / paces.Sum() - smallest))]);
            sizes = [.. extra.Select((pieces, i) => smallest + pieces + (i == 0 ? model.Line.Quantity - whole : 0))];
        }

        return best?.Sizes;
    }

    /// <summary>When all lots are done, and then when this one is: lots on the same machines push each other.</summary>
    private (int All, int Own) EndOf(LineModel model, decimal[] sizes, WayStep[][] ways, int lot, int latestDelivery)
    {
        var mark = context.State.Mark;
        var lots = _placing.Place(model, sizes, ways, latestDelivery);
        context.State.GiveBackTo(mark);
        return lots is null ? (int.MaxValue, int.MaxValue) : (lots.Max(other => other.End), lots[lot].End);
    }
}
