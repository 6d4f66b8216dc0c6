using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Orders;

/// <summary>What of an order may be moved, and when it is expected. It is Monday 2 March 2026, 9:00 in Paris.</summary>
public sealed class RunningOrdersTests
{
    private static readonly DateTime Now = ParisTime.ToUtc(new DateOnly(2026, 3, 2), new TimeOnly(9, 0));
    private static readonly GeoPoint Here = new(50.63, 3.06);
    private static readonly Dictionary<int, RoutingLine> Lines = new()
    {
        [1] = new(1, 10, 1, 1, [Step(10, "saw"), Step(20, "glue")]),
        [2] = new(2, 10, 1, 1, [Step(10, "saw")]),
    };

    [Fact]
    public void Work_that_is_only_planned_or_begun_or_about_to_stays()
    {
        // One work order with a lot tomorrow and one next week stays as a whole; another may move.
        var order = Running(Work("A", Operation(1, 10, "saw", 1), Operation(2, 10, "saw", 8)), Work("B", Operation(1, 20, "glue", 9)));
        Assert.Equal(["B"], Movable(order, Now));
        Assert.Equal(["A", "B"], Movable(order, Now.AddDays(-2)));
        Assert.Empty(Movable(order, Now.AddDays(8)));
        Assert.Null(order.WorkOrders[1].Accept());
        Assert.Equal(["B"], Movable(order, Now));
        Assert.Null(order.WorkOrders[1].Report(1, 0, null));
        Assert.Empty(Movable(order, Now));
    }

    [Fact]
    public void Work_whose_routing_has_changed_stays()
    {
        var order = Running(Work("A", Operation(1, 10, "saw", 8)), Work("B", Operation(1, 20, "sew", 9)));
        Assert.Equal(["A"], Movable(order, Now));
    }

    [Fact]
    public void An_order_of_which_a_part_is_being_planned_elsewhere_stays()
    {
        var order = Running(Work("A", Operation(1, 10, "saw", 8)), Work("B", Operation(1, 20, "glue", 9)));
        Assert.Null(order.WorkOrders[0].Decline("Machine en panne"));
        Assert.Empty(Movable(order, Now));
        Assert.Null(RunningOrders.ExpectedOn(order, _ => Here, Here, Now));
        order.WorkOrders[0].Replace(Now);
        order.AddWorkOrder(Work("C", Operation(1, 10, "saw", 8)));
        Assert.Empty(Movable(order, Now)); // Not proposed yet.
        order.WorkOrders[2].Propose(Now.AddDays(1));
        Assert.Equal(["B", "C"], Movable(order, Now));
        Assert.Empty(Movable(order, Now.AddDays(1))); // Its silence is about to count as a no.
    }

    [Fact]
    public void An_order_is_expected_when_its_last_lot_arrives()
    {
        var order = Running(Work("A", Operation(1, 10, "saw", 8), Operation(2, 10, "saw", 3)), Work("B", Operation(1, 20, "glue", 9)));
        // Done on Wednesday 11 March at 12:00, the round of that day arrives on Thursday.
        Assert.Equal(new DateOnly(2026, 3, 12), RunningOrders.ExpectedOn(order, _ => Here, Here, Now));
        // Late work is done today at the earliest; what is done is not late.
        Assert.Equal(new DateOnly(2026, 3, 17), RunningOrders.ExpectedOn(order, _ => Here, Here, Now.AddDays(14)));
        foreach (var work in order.WorkOrders)
        {
            if (work.State == WorkOrderState.Proposed) Assert.Null(work.Accept());
            Assert.Null(work.Report(work.Quantity, 0, null));
            Assert.Null(work.Finish(Now));
        }

        Assert.Equal(new DateOnly(2026, 3, 12), RunningOrders.ExpectedOn(order, _ => Here, Here, Now.AddDays(14)));
    }

    [Fact]
    public void Work_that_has_begun_gets_no_other_times()
    {
        var work = Work("A", Operation(1, 10, "saw", 8));
        work.Reschedule([Operation(1, 10, "saw", 4)]);
        Assert.Equal(Now.AddDays(4), work.Start);
        Assert.Equal(Now.AddDays(4).AddHours(3), work.End);
        Assert.Null(work.Accept());
        Assert.Null(work.Report(1, 0, null));
        Assert.Throws<InvalidOperationException>(() => work.Reschedule([Operation(1, 10, "saw", 3)]));
    }

    private static IEnumerable<string> Movable(Order order, DateTime now)
    {
        var running = RunningOrders.Of(order, Lines, Here, now);
        var ids = running?.Lots.SelectMany(lot => lot.Operations).Where(operation => operation.Movable is not null).Select(operation => operation.WorkOrder).ToHashSet() ?? [];
        Assert.Equal(running is null, ids.Count == 0);
        return order.WorkOrders.Where(work => ids.Contains(work.Id)).Select(work => work.Number);
    }

    private static Order Running(params WorkOrder[] works)
    {
        var plan = new Plan(PlanKind.Balanced, new DateOnly(2026, 3, 20), [], [], [], Price.Of([]), 0, 0, new Text("", ""));
        var quote = new Quote(Guid.CreateVersion7(), "DEV-2026-000001", null, null, Now, Now.AddDays(15), "59350", "59000 Lille", null, [], [plan]);
        var order = new Order(Guid.CreateVersion7(), "CMD-2026-000001", quote, plan, Guid.CreateVersion7(), null, new Address("", "59000", "Lille", "59350"), Money.Zero, Now);
        foreach (var work in works) order.AddWorkOrder(work);
        order.HeldOnTerms(Now);
        order.Confirmed();
        return order;
    }

    private static WorkOrder Work(string number, params WorkOrderOperation[] operations)
    {
        var work = new WorkOrder(Guid.CreateVersion7(), Guid.CreateVersion7(), number, Guid.CreateVersion7(), Guid.CreateVersion7(), operations, Money.Zero);
        if (number != "C") work.Propose(Now.AddDays(60));
        return work;
    }

    private static RoutingOperation Step(int sequence, string process) => new(sequence, process, TimeSpan.Zero, TimeSpan.FromMinutes(18));

    private static WorkOrderOperation Operation(int line, int sequence, string process, int days)
    {
        var time = new Interval(Now.AddDays(days), Now.AddDays(days).AddHours(3));
        return new WorkOrderOperation(line, 1, sequence, process, Guid.CreateVersion7(), 10, time.Start, time.End, [time], 0);
    }
}
