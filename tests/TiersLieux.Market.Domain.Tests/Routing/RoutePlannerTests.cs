using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Routing.TestNetwork;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>Small cases whose answer is worked out by hand.</summary>
public sealed class RoutePlannerTests
{
    [Fact]
    public void One_operation_on_one_machine()
    {
        // 10 + 5 × 10 = 60 min from 9:00; leaves at 16:00, arrives on Tuesday.
        var plan = Assert.Single(Plans(Request(Line(5, Operation("saw", 10, 10))), OneSaw()));
        var operation = Assert.Single(Assert.Single(plan.Lots).Operations);
        Assert.Equal((Saw, Lille, Paris(2, 9), Paris(2, 10)), (operation.Machine, operation.Workshop, operation.Start, operation.End));
        Assert.Equal(Paris(3, 8), plan.Lots[0].Delivered);
        Assert.Equal(new DateOnly(2026, 3, 3), plan.PromiseDate);

        // 1 h at 40 + 20; 10 + 0.5 × 1.7 km; 10 % of the share.
        Assert.Equal(1.7m, plan.Km);
        Assert.Equal([6000L, 1085L, 600L], plan.Price.Lines.Select(line => line.Amount.Cents));
        Assert.Equal((7685L, 1537L), (plan.Price.ExclTax.Cents, plan.Price.Tax.Cents));
        Assert.Equal(Math.Round(2 * 0.05m + 0.005m * 1.7m * 0.2m, 2), plan.Co2Kg);
        Assert.Equal("Livré le plus tôt, le 03/03/2026. C'est aussi le moins cher et le plus proche.", plan.Reason.French);
    }

    [Fact]
    public void Work_is_suspended_at_closing_time_and_keeps_the_machine()
    {
        var operation = Fastest(Request(Line(60, Operation("saw", 0, 10))), OneSaw()).Lots[0].Operations[0];
        Assert.Equal([new Interval(Paris(2, 9), Paris(2, 12)), new(Paris(2, 13), Paris(2, 17)), new(Paris(3, 9), Paris(3, 12))], operation.Segments);
        Assert.Equal((Paris(2, 9), Paris(3, 12)), (operation.Start, operation.End));
        Assert.Equal(TimeSpan.FromHours(10), operation.WorkingTime);
    }

    [Fact]
    public void Work_is_not_suspended_for_somebody_else()
    {
        var snapshot = OneSaw(new Interval(Paris(3, 10), Paris(3, 11)));
        var operation = Fastest(Request(Line(60, Operation("saw", 0, 10))), snapshot).Lots[0].Operations[0];
        Assert.Equal((Paris(3, 11), Paris(4, 15)), (operation.Start, operation.End));
    }

    [Fact]
    public void What_may_not_be_interrupted_waits_for_a_gap_that_holds_it()
    {
        var operation = Operation("saw", 0, 10) with { Interruptible = false };
        var snapshot = OneSaw(new Interval(Paris(2, 13), Paris(2, 14)));
        Assert.Equal(Paris(3, 13), Fastest(Request(Line(21, operation)), snapshot).Lots[0].Operations[0].Start);
    }

    [Fact]
    public void Goods_travel_to_the_next_working_morning()
    {
        var plan = Fastest(Request(Line(6, Operation("saw", 0, 10), Operation("sew", 0, 10))), SawAndSewing);
        var sewing = plan.Lots[0].Operations[1];
        Assert.Equal((Sewing, Paris(3, 9), Paris(3, 10)), (sewing.Machine, sewing.Start, sewing.End));
        Assert.Equal([(Paris(2, 16), Paris(3, 8)), (Paris(3, 16), Paris(4, 8))], plan.Shipments.Select(shipment => (shipment.Departs, shipment.Arrives)));
        Assert.Equal(2, plan.Shares.Count);
    }

    [Fact]
    public void A_batch_is_split_when_that_is_sooner_and_its_lots_end_together()
    {
        // 80 h in one place are more than eleven days; two places need half.
        var line = Line(480, Operation("saw", 0, 10)) with { MaximumLots = 4 };
        var plans = Plans(Request(line), TwoSaws);
        var fastest = plans[0];
        Assert.Equal([240m, 240m], fastest.Lots.Select(lot => lot.Quantity));
        Assert.Equal(fastest.Lots[0].Operations[0].End, fastest.Lots[1].Operations[0].End);
        Assert.Single(plans.Single(plan => plan.Kind == PlanKind.Cheapest).Lots);
        Assert.Single(Plans(Request(line with { MaximumLots = 1 }), TwoSaws)[0].Lots);
        Assert.Single(Plans(Request(line with { MinimumLot = 241 }), TwoSaws)[0].Lots);
    }

    [Fact]
    public void A_split_that_gains_no_day_is_not_made() =>
        Assert.Single(Fastest(Request(Line(6, Operation("saw", 0, 10)) with { MaximumLots = 4 }), TwoSaws).Lots);

    [Fact]
    public void A_batch_too_long_for_any_gap_is_split_over_several_gaps_of_one_machine()
    {
        // Runs of 13 or 14 h; the batch takes 15, not enough for several runs of one lot.
        var line = Line(90, Operation("saw", 0, 10));
        Assert.Equal(new DateOnly(2026, 4, 2), Fastest(Request(line), OneSaw(EveryOtherDay)).PromiseDate);
        var split = Fastest(Request(line with { MaximumLots = 2 }), OneSaw(EveryOtherDay));
        Assert.Equal((2, new DateOnly(2026, 3, 6)), (split.Lots.Count, split.PromiseDate));
    }

    [Fact]
    public void A_lot_of_long_work_comes_back_to_the_machine_after_somebody_else()
    {
        // 20 h in runs of at most 14: until Wednesday 9:00, and from 10:00 on; each with its set-up.
        var plan = Fastest(Request(Line(120, Operation("saw", 5, 10))), OneSaw(EveryOtherDay));
        var runs = Assert.Single(plan.Lots).Operations;
        Assert.Equal([(Paris(2, 9), 83m), (Paris(4, 10), 37m)], runs.Select(run => (run.Start, run.Quantity!.Value)));
        Assert.Equal([835, 375], runs.Select(run => run.WorkingTime.TotalMinutes));
        Assert.Equal(new DateOnly(2026, 3, 6), plan.PromiseDate);
        // 20 h of work and two set-ups at 60 euros an hour.
        Assert.Equal(121_000, plan.Shares[0].Total.Cents);
    }

    [Fact]
    public void Machines_of_one_workshop_share_long_work_and_end_together()
    {
        // 160 h for two saws, of which one is twice as fast, are 53 h 20 each and little more: set-ups, and whole pieces.
        var fast = Machine(OtherSaw, Lille, "saw") with { Capabilities = new Dictionary<string, MachineCapability> { ["saw"] = new(2, 40) } };
        var snapshot = new CapacitySnapshot([Workshop(Lille)], [Machine(Saw, Lille, "saw"), fast]);
        var runs = Assert.Single(Fastest(Request(Line(960, Operation("saw", 0, 10))), snapshot).Lots).Operations;
        Assert.Equal([Saw, OtherSaw], runs.Select(run => run.Machine).Order());
        Assert.Equal(960, runs.Sum(run => run.Quantity));
        Assert.InRange((runs[0].End - runs[1].End).Duration(), TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    /// <summary>Somebody uses the saw every other day, which leaves runs of 13 or 14 h.</summary>
    private static Interval[] EveryOtherDay { get; } =
        [.. Enumerable.Range(1, 14).Select(i => Paris(2 + i * 2, 9)).Select(start => new Interval(start, start.AddHours(1)))];

    [Fact]
    public void People_limit_a_day()
    {
        var snapshot = new CapacitySnapshot([Workshop(Lille, people: 120)], [Machine(Saw, Lille, "saw")]);
        var operation = Fastest(Request(Line(30, Operation("saw", 0, 10))), snapshot).Lots[0].Operations[0];
        Assert.Equal([new Interval(Paris(2, 9), Paris(2, 11)), new(Paris(3, 9), Paris(3, 11)), new(Paris(4, 9), Paris(4, 10))], operation.Segments);
        var half = Fastest(Request(Line(30, Operation("saw", 0, 10) with { Attendance = 0.5m })), snapshot).Lots[0].Operations[0];
        Assert.Equal(Paris(3, 10), half.End);
    }

    [Fact]
    public void Lines_of_an_order_share_the_machines()
    {
        var plan = Fastest(Request(Line(6, Operation("saw", 0, 10)), Line(6, Operation("saw", 0, 10))), OneSaw());
        Assert.Equal([(Paris(2, 9), Paris(2, 10)), (Paris(2, 10), Paris(2, 11))], plan.Lots.Select(lot => (lot.Operations[0].Start, lot.Operations[0].End)));
        var shipment = Assert.Single(plan.Shipments);
        Assert.Equal((2, 12m), (shipment.Lots.Count, shipment.WeightKg));
    }

    [Fact]
    public void Notice_and_material_come_first()
    {
        var slow = new CapacitySnapshot([Workshop(Lille) with { Notice = TimeSpan.FromHours(24) }], [Machine(Saw, Lille, "saw")]);
        Assert.Equal(Paris(3, 9), Fastest(Request(Line(1, Operation("saw", 0, 10))), slow).Lots[0].Operations[0].Start);

        var oak = Fastest(Request(Line(1, Operation("saw", 0, 60) with { Material = "oak", MaterialPerUnit = 3 })), OneSaw());
        Assert.Equal(Paris(4, 9), oak.Lots[0].Operations[0].Start);
        Assert.Equal(6900, oak.Shares[0].Total.Cents);
    }

    [Fact]
    public void A_customer_who_collects_needs_no_transport()
    {
        var plan = Assert.Single(Plans(Request(Line(6, Operation("saw", 0, 10))) with { CollectAt = LillePlace }, OneSaw()));
        Assert.Empty(plan.Shipments);
        Assert.Equal(Paris(2, 10), plan.Lots[0].Delivered);
        Assert.Equal(0, plan.Km);
    }

    [Fact]
    public void An_artisans_offer_is_made_at_its_price_in_its_workshop()
    {
        var line = Line(10, Operation("saw", 0, 10)) with { OnlyWorkshop = Arras, FixedPrices = new QuantityPrices([new QuantityBreak(1, 9), new QuantityBreak(10, 8)]) };
        var plan = Assert.Single(Plans(Request(line), TwoSaws));
        Assert.Equal((Arras, 8000L), (plan.Shares[0].Workshop, plan.Shares[0].Total.Cents));
    }

    [Fact]
    public void Only_the_rest_is_planned_when_goods_are_begun()
    {
        var goods = new GoodsOrigin(LillePlace, Workshop(Lille).Position, Paris(4, 12), new Text("Atelier A", "Workshop A"));
        var plan = Fastest(Request(Line(6, Operation("sew", 0, 10)) with { Goods = goods }), SawAndSewing);
        Assert.Equal(Paris(5, 9), plan.Lots[0].Operations[0].Start);
        Assert.Equal((LillePlace, Paris(4, 16)), (plan.Shipments[0].From, plan.Shipments[0].Departs));
    }

    [Fact]
    public void A_workshop_that_declined_is_not_asked_again()
    {
        var request = Request(Line(6, Operation("saw", 0, 10)));
        Assert.Equal(Lille, Fastest(request, TwoSaws).Workshops.Single());
        Assert.Equal(Arras, Fastest(request with { Excluded = new HashSet<Guid> { Lille } }, TwoSaws).Workshops.Single());
    }

    [Fact]
    public void The_due_date_holds_for_every_kind_of_plan()
    {
        var request = Request(Line(480, Operation("saw", 0, 10)) with { MaximumLots = 2 }) with { Due = new DateOnly(2026, 3, 11) };
        Assert.All(Plans(request, TwoSaws), plan => Assert.Equal(2, plan.Lots.Count));
    }
}
