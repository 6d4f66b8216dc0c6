using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>The last operations of a lot, as many as may move: only what comes last decides when the lot arrives.</summary>
/// <param name="Ready">When the goods are at the first one's place, by what stays before it; in minutes of the clock.</param>
internal sealed record MovableTail(RunningOrder Order, RunningLot Lot, int Ready, IReadOnlyList<MovableOperation> Operations);

/// <summary>An operation with the machines of its workshop that can make it and cost no more, its own first.</summary>
/// <param name="Earliest">First minute after freeze, notice, material and answer.</param>
/// <param name="Attendance">People in hundredths.</param>
internal sealed record MovableOperation(RunningOperation Now, RoutingOperation Asked, int Earliest, int Attendance, IReadOnlyList<(MachineCapacity Machine, int Minutes)> Machines)
{
    public int MinutesOn(Guid machine) => Machines.First(each => each.Machine.Id == machine).Minutes;
}

/// <summary>Finds what may move.</summary>
internal sealed class MovableTails(RunningShop shop, PlanningClock clock)
{
    public MovableTail? Of(RunningOrder order, RunningLot lot)
    {
        var tail = new List<MovableOperation>();
        for (var i = lot.Operations.Count - 1; i >= 0; i--)
        {
            var operation = lot.Operations[i];
            // A step in several runs has no one machine: it stays as it is, and so does what comes before it.
            if (lot.Operations.Count(other => other.Sequence == operation.Sequence) > 1 || Of(lot, operation) is not { } movable) break;
            tail.Insert(0, movable);
        }

        return tail.Count == 0 ? null : new MovableTail(order, lot, Ready(lot, tail[0].Now), tail);
    }

    /// <summary>When a lot is with the customer, its last operation ending at a minute.</summary>
    public int Delivered(RunningOrder order, Guid workshop, int end) => Carried(end, shop.Snapshot.Workshop(workshop).Position, order.Destination);

    /// <summary>When goods are at another workshop; at once within a place.</summary>
    public int Arrival(Guid from, Guid to, int ready)
    {
        var (one, other) = (shop.Snapshot.Workshop(from), shop.Snapshot.Workshop(to));
        return one.Place == other.Place ? ready : Carried(ready, one.Position, other.Position);
    }

    private int Ready(RunningLot lot, RunningOperation first) => lot.Operations.Where(operation => operation.Sequence < first.Sequence)
        .Select(before => Arrival(before.Workshop, first.Workshop, clock.Ceiling(before.End))).DefaultIfEmpty(0).Max();

    private int Carried(int ready, GeoPoint from, GeoPoint to) => clock.Arrival(ready, clock.DaysOnTheRoad((int)(TransportTable.RoundKm(from.RoadKm(to)) * 10)));

    private MovableOperation? Of(RunningLot lot, RunningOperation operation)
    {
        if (operation.Movable is not { } asked || shop.Snapshot.Machine(operation.Machine) is not { } own || own.Workshop != operation.Workshop) return null;
        if (!own.Capabilities.TryGetValue(asked.Process, out var capability)) return null;
        var workshop = shop.Snapshot.Workshop(operation.Workshop);
        var earliest = shop.Now + (workshop.Notice > RunningShop.Freeze ? workshop.Notice : RunningShop.Freeze);
        // As if it were ordered now: it may have been ordered already, but not sooner than the work was given to this workshop.
        if (asked is { Material: { } code, MaterialPerUnit: > 0 } && Eligibility.MaterialPrice(code, workshop, shop.Rules) is { } material && shop.Now + material.LeadTime > earliest)
            earliest = shop.Now + material.LeadTime;
        if (operation.NotBefore > earliest) earliest = operation.NotBefore.Value;
        if (operation.Start < earliest) return null;

        var machines = new List<(MachineCapacity, int)> { (own, operation.WorkingMinutes) };
        var minutes = WorkTime.Minutes(asked, operation.Quantity, capability.Speed);
        // Where the routing asks for another time than was planned, it has changed since: only its own machine is sure to do.
        if (WorkTime.Planned(minutes) == operation.WorkingMinutes) machines.AddRange(Others(lot, operation, asked, workshop, minutes * Rate(capability)));
        return new MovableOperation(operation, asked, clock.Ceiling(earliest), (int)(asked.Attendance * 100), machines);

        decimal Rate(MachineCapability of) => of.HourlyRate + asked.Attendance * workshop.LabourRate;

        IEnumerable<(MachineCapacity, int)> Others(RunningLot of, RunningOperation moved, RoutingOperation step, WorkshopCapacity at, decimal cost)
        {
            var line = new RoutingLine(of.Line, moved.Quantity, 0, 1, [step]);
            var eligible = new Eligibility(line, step, new RoutingRequest([line], at.Position, shop.Now), shop.Snapshot, shop.Rules);
            foreach (var machine in shop.Snapshot.MachinesOf(at.Id))
            {
                if (machine.Id == moved.Machine || !eligible.Takes(machine)) continue;
                var can = machine.Capabilities[step.Process];
                var needed = WorkTime.Minutes(step, moved.Quantity, can.Speed);
                if (needed * Rate(can) <= cost) yield return (machine, WorkTime.Planned(needed));
            }
        }
    }
}
