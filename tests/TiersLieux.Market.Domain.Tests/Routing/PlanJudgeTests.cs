using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Routing.TestNetwork;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>A good plan spoiled in every way: the judge sees each.</summary>
public sealed class PlanJudgeTests
{
    private static readonly CapacitySnapshot Snapshot = new(
        [Workshop(Lille), Workshop(Arras)],
        [
            Machine(Saw, Lille, "saw", new Interval(Paris(16, 9), Paris(16, 10))) with { Materials = new HashSet<string> { "oak" }, WorkArea = new WorkArea(2500, 1300, 100) },
            Machine(OtherSaw, Arras, "saw"), Machine(Sewing, Arras, "sew"),
        ]);

    private static readonly RoutingRequest Asked = Request(
        Line(200, Operation("saw", 30, 10) with { Material = "oak", MaterialPerUnit = 0.5m, Piece = new WorkArea(900, 400, 20) }, Operation("sew", 10, 0.5) with { Interruptible = false })
            with { MaximumLots = 2, MinimumLot = 20 },
        Line(7, Operation("sew", 5, 3))) with { Due = new DateOnly(2026, 3, 20) };

    private static readonly Plan Good = Fastest(Asked, Snapshot);

    public static TheoryData<string, Fault> Spoilings => new()
    {
        { "fewer pieces", Fault.Quantity },
        { "a lot below the minimum", Fault.Quantity },
        { "part of a piece", Fault.Quantity },
        { "lots with one number", Fault.Quantity },
        { "an unknown line", Fault.Quantity },
        { "an operation left out", Fault.Precedence },
        { "operations swapped", Fault.Precedence },
        { "an operation before the one before it", Fault.Precedence },
        { "a machine of another process", Fault.Capability },
        { "a machine elsewhere", Fault.Capability },
        { "an unknown machine", Fault.Capability },
        { "work cut short", Fault.Duration },
        { "work at night", Fault.Calendar },
        { "work suspended that may not be", Fault.Calendar },
        { "work suspended without need", Fault.Calendar },
        { "segments beyond the end", Fault.Calendar },
        { "seconds", Fault.Calendar },
        { "two things at a time", Fault.Overlap },
        { "no shipment", Fault.Transport },
        { "a shipment that arrives too soon", Fault.Transport },
        { "a shipment too many", Fault.Transport },
        { "a lighter shipment", Fault.Transport },
        { "a shorter way", Fault.Transport },
        { "delivered too soon", Fault.Transport },
        { "a start before now", Fault.Notice },
        { "a promise too soon", Fault.Promise },
        { "a smaller share", Fault.Price },
        { "a share whose parts do not add up", Fault.Price },
        { "a share too few", Fault.Price },
        { "a price that is no sum", Fault.Price },
        { "less tax", Fault.Price },
        { "cheap transport", Fault.Price },
        { "fewer km", Fault.Price },
        { "less CO2", Fault.Price },
    };

    [Fact]
    public void A_good_plan_has_no_violation()
    {
        Assert.Empty(PlanJudge.Check(Good, Asked, Snapshot, Rules));
        // It has what is spoiled below: two lots, a suspension, transfers.
        Assert.Equal(3, Good.Lots.Count);
        Assert.True(Good.Lots[0].Operations[0].Segments.Count > 1);
        Assert.Contains(Good.Shipments, shipment => shipment.To is not null);
    }

    [Theory]
    [MemberData(nameof(Spoilings))]
    public void A_spoiled_plan_is_found_out(string how, Fault fault)
    {
        var violations = PlanJudge.Check(Spoil(Good, how), Asked, Snapshot, Rules);
        Assert.Contains(violations, violation => violation.Fault == fault);
        Assert.All(violations, violation => Assert.NotEmpty(violation.Detail));
    }

    [Fact]
    public void What_changed_since_the_snapshot_is_found_out()
    {
        Fault[] After(CapacitySnapshot now, RoutingRequest? asked = null) =>
            [.. PlanJudge.Check(Good, asked ?? Asked, now, Rules).Select(violation => violation.Fault).Distinct()];
        CapacitySnapshot With(Func<WorkshopCapacity, WorkshopCapacity> workshop, Func<MachineCapacity, MachineCapacity> machine) =>
            new([.. Snapshot.Workshops.Select(workshop)], [.. Snapshot.Machines.Select(machine)]);

        Assert.Equal([Fault.Calendar], After(With(w => w, m => m with { Free = [.. m.Free.Skip(8)] })));
        Assert.Equal([Fault.Calendar], After(With(w => w, m => m with { Free = [.. m.Free.Select(free => free with { ContinuesAfterClosing = false })] })));
        Assert.Contains(Fault.People, After(With(w => w with { People = People(300) }, m => m)));
        Assert.Equal([Fault.Notice], After(With(w => w with { Notice = TimeSpan.FromDays(10) }, m => m)));
        Assert.Equal([Fault.Capability], After(With(w => w, m => m with { Materials = new HashSet<string> { "felt" } })));
        Assert.Equal([Fault.Capability], After(With(w => w, m => m with { WorkArea = new WorkArea(100, 100, 100) })));
        Assert.Equal([Fault.Capability], After(Snapshot, Asked with { Excluded = new HashSet<Guid> { Arras } }));
        Assert.Equal([Fault.Promise], After(Snapshot, Asked with { Due = Good.PromiseDate.AddDays(-1) }));
        Assert.Equal([Fault.Price], After(With(w => w with { LabourRate = 21 }, m => m)));
        Assert.Equal([Fault.Quantity], After(Snapshot, Asked with { Lines = [Asked.Lines[0] with { MaximumLots = 1 }, Asked.Lines[1]] }));
    }

    private static Plan Spoil(Plan plan, string how)
    {
        var lot = plan.Lots[0];
        var operation = lot.Operations[0];
        var last = lot.Operations[1];
        var transfer = plan.Shipments.First(shipment => shipment.To is not null);
        return how switch
        {
            "fewer pieces" => Lot(lot with { Quantity = lot.Quantity - 1 }),
            "a lot below the minimum" => plan with { Lots = [lot with { Quantity = 190 }, plan.Lots[1] with { Quantity = 10 }, plan.Lots[2]] },
            "part of a piece" => plan with { Lots = [lot with { Quantity = lot.Quantity + 0.5m }, plan.Lots[1] with { Quantity = plan.Lots[1].Quantity - 0.5m }, plan.Lots[2]] },
            "lots with one number" => Lot(lot with { Number = 2 }),
            "an unknown line" => Lot(lot with { Line = 9 }),
            "an operation left out" => Lot(lot with { Operations = [operation] }),
            "operations swapped" => Lot(lot with { Operations = [last, operation] }),
            "an operation before the one before it" => Second(Move(last, operation.Start - last.Start)),
            "a machine of another process" => First(operation with { Machine = Sewing, Workshop = Arras }),
            "a machine elsewhere" => First(operation with { Workshop = operation.Workshop == Lille ? Arras : Lille }),
            "an unknown machine" => First(operation with { Machine = Guid.Empty }),
            "work cut short" => First(Cut(operation)),
            "work at night" => Second(Move(last, TimeSpan.FromHours(12))),
            "work suspended that may not be" => Second(Halve(last, TimeSpan.Zero)),
            "work suspended without need" => First(Halve(operation, TimeSpan.FromMinutes(30))),
            "segments beyond the end" => First(operation with { End = operation.End.AddMinutes(-1) }),
            "seconds" => Second(Move(last, TimeSpan.FromSeconds(20))),
            "two things at a time" => plan with { Lots = [.. plan.Lots.Take(2), plan.Lots[2] with { Operations = [Move(plan.Lots[2].Operations[0], last.Start - plan.Lots[2].Operations[0].Start)] }] },
            "no shipment" => plan with { Shipments = [.. plan.Shipments.Where(shipment => shipment != transfer)] },
            "a shipment that arrives too soon" => Shipped(transfer with { Arrives = transfer.Arrives.AddHours(-5) }),
            "a shipment too many" => plan with { Shipments = [.. plan.Shipments, transfer with { Departs = transfer.Departs.AddDays(7) }] },
            "a lighter shipment" => Shipped(transfer with { WeightKg = transfer.WeightKg - 1 }),
            "a shorter way" => Shipped(transfer with { Km = transfer.Km - 1 }),
            "delivered too soon" => Lot(lot with { Delivered = lot.Delivered.AddDays(-1) }),
            "a start before now" => First(Move(operation, TimeSpan.FromDays(-7))),
            "a promise too soon" => plan with { PromiseDate = plan.PromiseDate.AddDays(-1) },
            "a smaller share" => plan with { Shares = [plan.Shares[0] with { Total = plan.Shares[0].Total - new Money(1) }, .. plan.Shares.Skip(1)] },
            "a share whose parts do not add up" => plan with { Shares = [plan.Shares[0] with { Lines = [.. plan.Shares[0].Lines.Skip(1)] }, .. plan.Shares.Skip(1)] },
            "a share too few" => plan with { Shares = [.. plan.Shares.Skip(1)] },
            "a price that is no sum" => plan with { Price = plan.Price with { ExclTax = plan.Price.ExclTax + new Money(1) } },
            "less tax" => plan with { Price = plan.Price with { Vat = [.. plan.Price.Vat.Select(vat => vat with { Tax = vat.Tax - new Money(1) })] } },
            "cheap transport" => Shipped(transfer with { Cost = Money.Zero }),
            "fewer km" => plan with { Km = plan.Km - 1 },
            "less CO2" => plan with { Co2Kg = plan.Co2Kg - 0.01m },
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };

        Plan Lot(PlannedLot spoiled) => plan with { Lots = [spoiled, .. plan.Lots.Skip(1)] };
        Plan First(PlannedOperation spoiled) => Lot(lot with { Operations = [spoiled, last] });
        Plan Second(PlannedOperation spoiled) => Lot(lot with { Operations = [operation, spoiled] });
        Plan Shipped(Shipment spoiled) => plan with { Shipments = [.. plan.Shipments.Select(shipment => shipment == transfer ? spoiled : shipment)] };
    }

    private static PlannedOperation Move(PlannedOperation operation, TimeSpan by) => operation with
    {
        Start = operation.Start + by,
        End = operation.End + by,
        Segments = [.. operation.Segments.Select(segment => new Interval(segment.Start + by, segment.End + by))],
    };

    private static PlannedOperation Cut(PlannedOperation operation) =>
        operation with { End = operation.Segments[^2].End, Segments = [.. operation.Segments.SkipLast(1)] };

    /// <summary>Breaks the first segment in two with a pause of a minute and a second half that is so much longer.</summary>
    private static PlannedOperation Halve(PlannedOperation operation, TimeSpan later)
    {
        var first = operation.Segments[0];
        var middle = first.Start.AddMinutes(10);
        return operation with { Segments = [new Interval(first.Start, middle), new Interval(middle.AddMinutes(1) + later, first.End), .. operation.Segments.Skip(1)] };
    }
}
