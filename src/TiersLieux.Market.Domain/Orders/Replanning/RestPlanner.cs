using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Domain.Orders.Replanning;

/// <summary>Who makes what is left of an order.</summary>
/// <param name="Plans">New work, its lots numbered as the order numbers them; to be carried out together.</param>
/// <param name="Kept">The work orders that lose work, with what each keeps; nothing means that it is replaced.</param>
/// <param name="PromiseDate">When the whole order is delivered.</param>
public sealed record RestPlan(IReadOnlyList<Plan> Plans, IReadOnlyDictionary<WorkOrder, List<WorkOrderOperation>> Kept, DateOnly PromiseDate);

/// <summary>Plans what is left of an order, and nothing that stays as it is.</summary>
/// <param name="routes">How each line of the order is made, for its whole quantity.</param>
public sealed class RestPlanner(
    Order order, IReadOnlyDictionary<int, RoutingLine> routes, GeoPoint destination, CapacitySnapshot snapshot, PricingRules rules, DateTime now)
{
    private readonly HashSet<Guid> _excluded = [.. order.WorkOrders.Where(w => w.WasRefused).Select(w => w.WorkshopId)];

    /// <summary>
    /// A plan that keeps the promise: one that only closes the gaps, so that nobody else notices; or one for all that follows them, too. Null when there is none.
    /// </summary>
    public RestPlan? InTime() => CloseGaps() ?? Rest(order.PromiseDate);

    /// <summary>The soonest plan, whenever it is. Null when nobody can within the horizon.</summary>
    public RestPlan? Soonest() => Rest(null);

    private RestPlan? CloseGaps()
    {
        var left = LeftToMake.Gaps(order);
        var (free, plans) = (snapshot, new List<Plan>());
        foreach (var stretch in left.Stretches)
        {
            var line = Line(stretch, stretch.Line);
            var request = new RoutingRequest([line], stretch.Next is { } next ? free.Workshop(next.WorkOrder.WorkshopId).Position : destination, now)
            {
                Excluded = _excluded,
                CollectAt = stretch.Next is { } receiver ? free.Workshop(receiver.WorkOrder.WorkshopId).Place : null,
            };
            if (RoutePlanner.Plan(request, free, rules) is not RoutingResult.Answered { Plans: { Count: > 0 } found }) return null;
            var inTime = found.Where(p => stretch.Next is { } follows ? p.Lots.Max(l => l.Delivered) <= follows.Operation.Start : p.PromiseDate <= order.PromiseDate).ToList();
            if (inTime.MinBy(p => p.Price.ExclTax.Cents) is not { } plan) return null;
            free = free.Without([.. plan.Lots.SelectMany(l => l.Operations)], o => line.Operations.First(asked => asked.Sequence == o.Sequence).Attendance);
            plans.Add(Named(plan, new Dictionary<int, Stretch> { [line.Line] = stretch }));
        }

        return new RestPlan(plans, left.Kept, order.PromiseDate);
    }

    private RestPlan? Rest(DateOnly? due)
    {
        if (due < ParisTime.DateOf(now)) return null;
        var left = LeftToMake.Rest(order);
        // Begun work may still stand in the way of its own order: nothing follows it that is not planned here.
        if (left.Stretches.Any(s => s.Next is not null) || left.Stretches.Count > RoutingLimits.MaximumLines) return null;
        var stretches = left.Stretches.Select((stretch, i) => (Number: i + 1, Stretch: stretch)).ToDictionary(s => s.Number, s => s.Stretch);
        var request = new RoutingRequest([.. stretches.Select(s => Line(s.Value, s.Key))], destination, now, due) { Excluded = _excluded };
        if (RoutePlanner.Plan(request, snapshot, rules) is not RoutingResult.Answered { Unavailable.Count: 0, Plans: { Count: > 0 } found }) return null;
        // In time, the consortium pays for no more than it must; late, the customer waits no longer than need be.
        var plan = due is null ? found.MinBy(p => (p.PromiseDate, p.Price.ExclTax.Cents))! : found.MinBy(p => p.Price.ExclTax.Cents)!;
        return new RestPlan([Named(plan, stretches)], left.Kept, plan.PromiseDate > order.PromiseDate ? plan.PromiseDate : order.PromiseDate);
    }

    /// <summary>A stretch as a line of its own, of one lot, since its goods are in one place.</summary>
    private RoutingLine Line(Stretch stretch, int number) => routes[stretch.Line] with
    {
        Line = number,
        Quantity = stretch.Quantity,
        MaximumLots = 1,
        Operations =
        [
            .. stretch.Steps.Select(step =>
            {
                var operation = routes[stretch.Line].Operations.First(o => o.Sequence == step.Sequence);
                var part = step.Quantity / stretch.Quantity;
                return part == 1 ? operation : operation with { UnitTime = operation.UnitTime * (double)part, MaterialPerUnit = operation.MaterialPerUnit * part };
            }),
        ],
        Goods = stretch.Before is { } before ? Origin(before) : null,
    };

    private GoodsOrigin Origin(KeptWork before)
    {
        var workshop = snapshot.Workshop(before.WorkOrder.WorkshopId);
        return new GoodsOrigin(workshop.Place, workshop.Position, before.Operation.End < now ? now : before.Operation.End, workshop.Name);
    }

    /// <summary>The plan with the order's own numbers of lines and lots, and the pieces really left of an interrupted step.</summary>
    private static Plan Named(Plan plan, Dictionary<int, Stretch> stretches) => plan with
    {
        Lots =
        [
            .. plan.Lots.Select(lot =>
            {
                var stretch = stretches[lot.Line];
                return lot with { Line = stretch.Line, Number = stretch.Lot, Operations = [.. stretch.Steps.SelectMany(step => Runs(lot, step, stretch.Quantity))] };
            }),
        ],
        Shipments = [.. plan.Shipments.Select(shipment => shipment with { Lots = [.. shipment.Lots.Select(l => new ShippedLot(stretches[l.Line].Line, stretches[l.Line].Lot))] })],
    };

    private static IEnumerable<PlannedOperation> Runs(PlannedLot lot, (int Sequence, decimal Quantity) step, decimal whole)
    {
        var runs = lot.Operations.Where(o => o.Sequence == step.Sequence).ToList();
        if (step.Quantity == whole) return runs;
        // In thousandths, as quantities are; whole pieces in thousands.
        var unit = step.Quantity % 1 == 0 ? 1m : 0.001m;
        var parts = Rounding.Allocate((long)(step.Quantity / unit), [.. runs.Select(run => run.Quantity ?? lot.Quantity)]);
        return runs.Select((run, i) => run with { Quantity = parts[i] * unit });
    }
}
