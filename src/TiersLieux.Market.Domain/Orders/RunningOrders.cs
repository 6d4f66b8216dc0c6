using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Domain.Routing.Rescheduling;

namespace TiersLieux.Market.Domain.Orders;

/// <summary>An order in production as the rescheduler reads it, and when it is expected.</summary>
public static class RunningOrders
{
    /// <summary>The order with what of it may move.</summary>
    /// <param name="lines">How each line is made, by today's catalogue: work whose routing has no such step any more stays.</param>
    /// <returns>Null when none of it may: it is not in production, a part of it waits for another workshop, or all has begun or is about to.</returns>
    public static RunningOrder? Of(Order order, IReadOnlyDictionary<int, RoutingLine> lines, GeoPoint destination, DateTime now)
    {
        if (order.State != OrderState.InProduction) return null;
        // The saga is about to plan or to propose a part of it: what it reads must not change under it.
        if (order.WorkOrders.Any(w => w.NeedsReplacement || w.State == WorkOrderState.Planned || (w.State == WorkOrderState.Proposed && w.AnswerBy <= now))) return null;
        var movable = order.LiveWorkOrders.Where(w => w.MayMove(now) && w.Operations.All(o => Asked(o) is not null)).Select(w => w.Id).ToHashSet();
        if (movable.Count == 0) return null;

        var lots = order.LiveWorkOrders.SelectMany(w => w.Operations, (w, o) => (Work: w, Operation: o))
            .GroupBy(pair => (pair.Operation.Line, pair.Operation.Lot))
            .OrderBy(lot => lot.Key)
            .Select(lot => new RunningLot(lot.Key.Line, lot.Key.Lot, [.. lot.OrderBy(pair => pair.Operation.Sequence).ThenBy(pair => pair.Operation.Start).Select(pair => Operation(pair.Work, pair.Operation))]));
        return new RunningOrder(order.Id, order.PromiseDate, destination, [.. lots]);

        RoutingOperation? Asked(WorkOrderOperation operation) =>
            lines.GetValueOrDefault(operation.Line)?.Operations.FirstOrDefault(step => step.Sequence == operation.Sequence && string.Equals(step.Process, operation.Process, StringComparison.Ordinal));

        RunningOperation Operation(WorkOrder work, WorkOrderOperation operation) => new(
            work.Id, operation.Sequence, work.WorkshopId, operation.MachineId, operation.Quantity, operation.Start, Later(work, operation, now), operation.Segments, operation.PeopleMinutes)
        {
            Movable = movable.Contains(work.Id) ? Asked(operation) : null,
            NotBefore = work.AnswerBy,
        };
    }

    /// <summary>When the order is with the customer if all goes on as planned now: the Paris date on which the last lot arrives.</summary>
    /// <param name="position">Of a workshop.</param>
    /// <returns>Null when it is not in production, or a part of it waits for another workshop.</returns>
    public static DateOnly? ExpectedOn(Order order, Func<Guid, GeoPoint> position, GeoPoint destination, DateTime now)
    {
        if (order.State != OrderState.InProduction || order.WorkOrders.Any(w => w.NeedsReplacement)) return null;
        var arrivals = order.LiveWorkOrders.SelectMany(w => w.Operations, (w, o) => (Work: w, Operation: o))
            .GroupBy(pair => (pair.Operation.Line, pair.Operation.Lot))
            .SelectMany(lot => lot.Where(pair => pair.Operation.Sequence == lot.Max(each => each.Operation.Sequence)))
            .Select(last => TransportSchedule.Default.Carry(Later(last.Work, last.Operation, now), TransportTable.RoundKm(position(last.Work.WorkshopId).RoadKm(destination))).Arrives)
            .ToList();
        return arrivals.Count == 0 ? null : ParisTime.DateOf(arrivals.Max());
    }

    /// <summary>What should be done and is not said to be is done now at the earliest.</summary>
    private static DateTime Later(WorkOrder work, WorkOrderOperation operation, DateTime now) =>
        work.State != WorkOrderState.Done && operation.End < now ? now : operation.End;
}
