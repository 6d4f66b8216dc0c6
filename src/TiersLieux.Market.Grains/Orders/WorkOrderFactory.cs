using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Capacity;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>Cuts a plan into what each workshop must do.</summary>
internal static class WorkOrderFactory
{
    /// <param name="number">The order's number; each workshop gets a letter.</param>
    /// <param name="taken">Letters given before, when part of an order is planned again.</param>
    public static IReadOnlyList<WorkOrder> Make(
        Guid orderId, string number, Plan plan, IReadOnlyDictionary<int, Offer> offerOfLine, IReadOnlyDictionary<Guid, Guid> organisationOfWorkshop, int taken)
    {
        var byWorkshop = plan.Lots
            .SelectMany(lot => lot.Operations.Select(operation => (Lot: lot, Operation: operation)))
            .GroupBy(pair => pair.Operation.Workshop)
            .OrderBy(group => group.Min(pair => pair.Operation.Start))
            .ThenBy(group => group.Key)
            .ToList();
        return
        [
            .. byWorkshop.Select((group, i) => new WorkOrder(
                Guid.CreateVersion7(),
                orderId,
                $"{number}-{Letter(taken + i)}",
                group.Key,
                organisationOfWorkshop[group.Key],
                [.. group.OrderBy(p => p.Operation.Start).Select(p => Operation(p.Lot, p.Operation, offerOfLine[p.Lot.Line].Routing.First(o => o.Sequence == p.Operation.Sequence)))],
                plan.Shares.First(s => s.Workshop == group.Key).Total)),
        ];
    }

    /// <summary>What work orders take of each machine.</summary>
    public static IReadOnlyList<(Guid Machine, List<Slot> Slots)> Machines(IEnumerable<WorkOrder> workOrders) =>
        [.. workOrders.SelectMany(w => w.Operations).Where(o => o.End > o.Start).GroupBy(o => o.MachineId).Select(g => (g.Key, g.Select(o => new Slot(o.Start, o.End)).OrderBy(s => s.Start).ToList()))];

    /// <summary>What a work order takes of its workshop's people, per Paris date, in whole minutes.</summary>
    public static List<DayLoad> People(WorkOrder workOrder) =>
        [.. PeopleLoad.PerDay(workOrder.Operations.Select(o => (o.Segments, o.PeopleMinutes))).Select(day => new DayLoad(day.Day, day.Minutes))];

    private static WorkOrderOperation Operation(PlannedLot lot, PlannedOperation operation, OfferOperation routing) => new(
        lot.Line, lot.Number, operation.Sequence, operation.Process, operation.Machine, operation.Quantity ?? lot.Quantity, operation.Start, operation.End, operation.Segments,
        (int)Math.Floor((decimal)operation.WorkingTime.TotalMinutes * routing.Attendance));

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : $"{(char)('A' + index / 26 - 1)}{(char)('A' + index % 26)}";
}
