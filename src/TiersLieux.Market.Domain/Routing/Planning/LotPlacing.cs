namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Places lots on the machines of given ways, each operation as early as it can be.</summary>
internal sealed class LotPlacing(PlanningContext context)
{
    private readonly SharedWork _shared = new(context);

    /// <summary>Places all lots and leaves them placed; null, and nothing placed, when one does not fit in time.</summary>
    public List<LotDraft>? Place(LineModel model, decimal[] sizes, IReadOnlyList<WayStep[]> ways, int latestDelivery)
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

    public LotDraft? Place(LineModel model, decimal quantity, WayStep[] way, int latestDelivery)
    {
        var mark = context.State.Mark;
        var weight = quantity * model.Line.UnitWeightKg;
        var operations = new List<OperationDraft>(way.Length);
        var (end, cents, km) = (0, 0L, 0);
        for (var i = 0; i < way.Length; i++)
        {
            var workshop = way[i].Candidate.Workshop;
            var there = i == 0 ? context.FromGoods(model.Line.Goods, workshop, weight) : context.Between(way[i - 1].Candidate.Workshop, workshop, end, weight);
            var runs = way[i].IsShared
                ? _shared.Place(model, i, way[i].Candidate, quantity, there.Arrives, latestDelivery)
                : Whole(model, i, way[i].Candidate, quantity, there.Arrives, latestDelivery);
            if (runs is null)
            {
                context.State.GiveBackTo(mark);
                return null;
            }

            operations.AddRange(runs);
            end = runs.Max(run => run.End);
            cents += there.Cents + runs.Sum(run => model.Effort(i, run.Quantity, run.Candidate).Cents);
            km += there.Km;
        }

        var home = context.ToCustomer(way[^1].Candidate.Workshop, end, weight);
        if (home.Arrives <= latestDelivery) return new LotDraft(model, quantity, operations, end, home.Arrives, cents + home.Cents, km + home.Km);
        context.State.GiveBackTo(mark);
        return null;
    }

    private List<OperationDraft>? Whole(LineModel model, int index, Candidate candidate, decimal quantity, int there, int latest)
    {
        var (operation, slots) = (model.Operations[index], context.Slots);
        var minutes = model.Effort(index, quantity, candidate).Minutes;
        if (!slots.Find(candidate.Machine, candidate.Workshop, Math.Max(there, candidate.Earliest), minutes, operation.Attendance, operation.Operation.Interruptible, latest)) return null;
        var run = new OperationDraft(index, candidate, quantity, slots.Start, slots.End, [.. slots.Segments], [.. slots.Use]);
        context.State.Take(candidate, run.Start, run.End, run.Use);
        return [run];
    }
}
