using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Domain.Tests.Routing;

namespace TiersLieux.Market.Domain.Tests.Orders.Replanning;

/// <summary>A random order under way, to which something has happened: a refusal or a breakdown.</summary>
internal sealed record RunningOrder(Order Order, RoutingRequest Request, CapacitySnapshot Before, CapacitySnapshot Snapshot, PricingRules Rules, DateTime Now)
{
    public IReadOnlyDictionary<int, RoutingLine> Routes => Request.Lines.ToDictionary(l => l.Line);

    /// <returns>Null when the random request has no plan, or nothing is left that could be lost.</returns>
    public static RunningOrder? Create(int seed)
    {
        var (asked, snapshot, rules) = RandomCases.Create(seed);
        var request = asked with { Lines = [.. asked.Lines.Select(l => l with { Goods = null })], CollectAt = null, Due = null, Excluded = new HashSet<Guid>() };
        if (RoutePlanner.Plan(request, snapshot, rules) is not RoutingResult.Answered { Unavailable.Count: 0, Plans: { Count: > 0 } plans }) return null;

        var random = new Random(seed);
        var order = Place(plans[random.Next(plans.Count)], request);
        var (first, last) = (order.WorkOrders.Min(w => w.Start), order.WorkOrders.Max(w => w.End));
        var now = ParisTime.ToMicroseconds(request.Now > first || random.Next(3) == 0 ? request.Now : first + (last - first) * random.NextDouble());
        foreach (var work in order.WorkOrders)
        {
            work.Propose(now);
            work.Accept();
            if (work.Start < now) work.Report(Math.Floor(work.Quantity / 2), 0, null);
            if (work.End <= now) Finish(work, now);
        }

        var after = snapshot.Without([.. order.Plan.Lots.SelectMany(l => l.Operations)], o => AttendanceOf(request, order.Plan, o));
        return Happen(order, random, now, after) is { } left ? new RunningOrder(order, request, snapshot, left, rules, now) : null;
    }

    private static Order Place(Plan plan, RoutingRequest request)
    {
        var quote = new Quote(Guid.CreateVersion7(), "DEV-2026-000001", null, null, request.Now, request.Now.AddDays(15), "59350", "59000 Lille", null, [], [plan]);
        var order = new Order(Guid.CreateVersion7(), "CMD-2026-000001", quote, plan, Guid.CreateVersion7(), null, new Address("", "59000", "Lille", "59350"), Money.Zero, request.Now);
        foreach (var group in plan.Lots.SelectMany(lot => lot.Operations.Select(o => (Lot: lot, Operation: o))).GroupBy(p => p.Operation.Workshop))
        {
            order.AddWorkOrder(new WorkOrder(
                Guid.CreateVersion7(), order.Id, $"CMD-2026-000001-{order.WorkOrders.Count}", group.Key, group.Key,
                [.. group.Select(p => new WorkOrderOperation(p.Lot.Line, p.Lot.Number, p.Operation.Sequence, p.Operation.Process, p.Operation.Machine, p.Operation.Quantity ?? p.Lot.Quantity, p.Operation.Start, p.Operation.End, p.Operation.Segments, 0))],
                plan.Shares.First(s => s.Workshop == group.Key).Total));
        }

        order.HeldOnTerms(request.Now);
        order.Confirmed();
        return order;
    }

    private static void Finish(WorkOrder work, DateTime now)
    {
        work.Report(work.Quantity, 0, null);
        work.Finish(now);
    }

    private static decimal AttendanceOf(RoutingRequest request, Plan plan, PlannedOperation operation) =>
        request.Lines.First(l => l.Line == plan.Lots.First(lot => lot.Operations.Contains(operation)).Line).Operations.First(o => o.Sequence == operation.Sequence).Attendance;

    /// <summary>A workshop that has not begun says no, or a machine breaks down for some days.</summary>
    private static CapacitySnapshot? Happen(Order order, Random random, DateTime now, CapacitySnapshot snapshot)
    {
        var waiting = order.WorkOrders.Where(w => !w.HasBegun).ToList();
        if (random.Next(2) == 0 && waiting.Count > 0)
        {
            waiting[random.Next(waiting.Count)].Decline("occupé");
            return snapshot;
        }

        var coming = order.WorkOrders.Where(w => w.State != WorkOrderState.Done).SelectMany(w => w.Operations).Where(o => o.End > now).ToList();
        if (coming.Count == 0) return null;
        var machine = snapshot.Machine(coming[random.Next(coming.Count)].MachineId)!;
        var down = new Interval(now, now.AddDays(random.Next(1, 20)));
        return order.WorkOrders.Count(w => w.Interrupt(machine.Id, down)) == 0
            ? null
            : snapshot.With([machine with { Free = FreeTime.Without(machine.Free, [down]) }], []);
    }
}
