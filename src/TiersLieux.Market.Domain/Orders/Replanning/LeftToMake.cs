namespace TiersLieux.Market.Domain.Orders.Replanning;

/// <summary>Work that stays as it is, and where.</summary>
public sealed record KeptWork(WorkOrder WorkOrder, WorkOrderOperation Operation);

/// <summary>Steps of one lot that follow each other and for which somebody is needed.</summary>
/// <param name="Lot">Its number within the line.</param>
/// <param name="Quantity">Pieces of the lot.</param>
/// <param name="Steps">Sequence numbers of the routing, with the pieces that are left to make: fewer than the lot where a step was interrupted.</param>
/// <param name="Before">What the goods come from; null when nothing is made yet.</param>
/// <param name="Next">What waits for them and stays where and when it is; null when they go to the customer.</param>
public sealed record Stretch(int Line, int Lot, decimal Quantity, IReadOnlyList<(int Sequence, decimal Quantity)> Steps, KeptWork? Before, KeptWork? Next);

/// <summary>
/// What of a running order must be planned again after a refusal or a breakdown: <see cref="Gaps"/> is that alone, <see cref="Rest"/> also all that
/// follows it, for when the gaps cannot be closed in time.
/// </summary>
public sealed class LeftToMake
{
    private readonly Dictionary<WorkOrder, List<WorkOrderOperation>> _kept = [];
    private readonly List<WorkOrderOperation> _left = [];

    /// <summary>What is made of given-up operations: kept, and not looked at again.</summary>
    private readonly HashSet<WorkOrderOperation> _made = new(ReferenceEqualityComparer.Instance);

    private LeftToMake(Order order)
    {
        foreach (var work in order.WorkOrders.Where(w => w.IsLive || w.NeedsReplacement))
        {
            if (work.State == WorkOrderState.Declined) GiveUp(work, work.Operations);
            else GiveUp(work, work.Operations.Where(o => o.LostFrom is not null));
        }
    }

    /// <summary>What is to be planned, by line, lot and step.</summary>
    public IReadOnlyList<Stretch> Stretches { get; private set; } = [];

    /// <summary>The work orders that lose work, with what each keeps; nothing means that it is replaced.</summary>
    public IReadOnlyDictionary<WorkOrder, List<WorkOrderOperation>> Kept => _kept;

    /// <summary>Only what nobody makes; what follows keeps its time.</summary>
    public static LeftToMake Gaps(Order order) => new LeftToMake(order).Arranged(order);

    /// <summary>
    /// What nobody makes and every later step of its lots. Work that has not begun is given up as a whole, so that its workshop gets one new proposal
    /// and not two halves, and with it the later steps of its other lots; of begun work only the later steps are.
    /// </summary>
    public static LeftToMake Rest(Order order)
    {
        var left = new LeftToMake(order);
        while (left.GiveUpWhatFollows(order))
        {
        }

        return left.Arranged(order);
    }

    private bool GiveUpWhatFollows(Order order)
    {
        var first = _left.GroupBy(o => (o.Line, o.Lot)).ToDictionary(lot => lot.Key, lot => lot.Min(o => o.Sequence));
        var found = false;
        foreach (var work in order.LiveWorkOrders)
        {
            var kept = KeptBy(work);
            var later = kept.Where(o => first.TryGetValue((o.Line, o.Lot), out var from) && o.Sequence > from && !_made.Contains(o)).ToList();
            if (later.Count == 0) continue;
            found = true;
            GiveUp(work, work.HasBegun ? later : [.. kept]);
        }

        return found;
    }

    private void GiveUp(WorkOrder work, IEnumerable<WorkOrderOperation> given)
    {
        foreach (var operation in given)
        {
            if (!_kept.TryGetValue(work, out var kept)) _kept[work] = kept = [.. work.Operations];
            kept.Remove(operation);
            // A step that several runs share is done in each of them alike.
            var made = work.HasBegun ? operation.Made(operation.LostFrom, Part(work.DoneOf(operation.Line, operation.Lot), operation, work)) : null;
            if (made is not null)
            {
                kept.Add(made);
                _made.Add(made);
            }

            if (made?.Quantity != operation.Quantity) _left.Add(operation with { Quantity = operation.Quantity - (made?.Quantity ?? 0) });
        }
    }

    private static decimal Part(decimal done, WorkOrderOperation run, WorkOrder work)
    {
        var step = work.Operations.Where(o => o.Line == run.Line && o.Lot == run.Lot && o.Sequence == run.Sequence).Sum(o => o.Quantity);
        return run.Quantity == step ? done : Math.Floor(done * run.Quantity / step);
    }

    private IReadOnlyList<WorkOrderOperation> KeptBy(WorkOrder work) => _kept.TryGetValue(work, out var kept) ? kept : work.Operations;

    private LeftToMake Arranged(Order order)
    {
        var stays = order.LiveWorkOrders.SelectMany(w => KeptBy(w).Select(o => new KeptWork(w, o))).ToLookup(k => (k.Operation.Line, k.Operation.Lot));
        Stretches = [.. _left.GroupBy(o => (o.Line, o.Lot)).OrderBy(lot => lot.Key).SelectMany(lot => OfLot(lot.Key.Line, lot.Key.Lot, [.. lot], [.. stays[lot.Key]]))];
        return this;
    }

    private static IEnumerable<Stretch> OfLot(int line, int lot, List<WorkOrderOperation> left, List<KeptWork> stays)
    {
        var quantity = left.Concat(stays.Select(k => k.Operation)).GroupBy(o => o.Sequence).Max(step => step.Sum(o => o.Quantity));
        var steps = left.GroupBy(o => o.Sequence).OrderBy(step => step.Key).Select(step => (Sequence: step.Key, Quantity: step.Sum(o => o.Quantity))).ToList();
        for (var from = 0; from < steps.Count;)
        {
            // What stays of the same step was made before the interruption: the goods lie there.
            var before = stays.Where(k => k.Operation.Sequence <= steps[from].Sequence).OrderBy(k => k.Operation.Sequence).ThenBy(k => k.Operation.End).LastOrDefault();
            // Steps that are left in part are not in the way of themselves.
            var next = stays.Where(k => k.Operation.Sequence > steps[from].Sequence && !steps.Exists(s => s.Sequence == k.Operation.Sequence)).OrderBy(k => k.Operation.Sequence).ThenBy(k => k.Operation.Start).FirstOrDefault();
            var count = steps.Skip(from).TakeWhile((step, i) => i == 0 || (next is null || step.Sequence < next.Operation.Sequence)).Count();
            yield return new Stretch(line, lot, quantity, steps.GetRange(from, count), before, next);
            from += count;
        }
    }
}
