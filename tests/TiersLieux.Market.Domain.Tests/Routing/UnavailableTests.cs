using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Routing.TestNetwork;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>What cannot be made says what blocks it; what makes no sense is refused.</summary>
public sealed class UnavailableTests
{
    private static readonly RoutingOperation Sawing = Operation("saw", 0, 10);

    public static TheoryData<RoutingLine, string, string> Blocked => new()
    {
        { Line(1, Operation("forge", 0, 10)), "no-such-process", "forge" },
        { Line(1, Sawing with { Material = "granite" }), "material-not-worked", "granite" },
        { Line(1, Sawing with { Piece = new WorkArea(5000, 900, 20) }), "no-machine-large-enough", "2500 × 1300 × 100 mm" },
        { Line(1, Sawing with { Piece = new WorkArea(500, 90, 120) }), "no-machine-large-enough", "500 × 90 × 120 mm" },
        { Line(1, Sawing with { Certification = "food" }), "certification-missing", "food" },
        { Line(1, Sawing with { Material = "steel", MaterialPerUnit = 1 }), "material-without-price", "steel" },
        { Line(1, Sawing) with { OnlyWorkshop = Arras }, "workshop-lacks-process", "saw" },
        { Line(30, Sawing with { Interruptible = false }), "operation-too-long", "5 h" },
        { Line(100_000, Sawing), "nobody-free", "120" },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public void A_line_that_cannot_be_made_says_why(RoutingLine line, string code, string named)
    {
        var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(Request(line, Line(1, Sawing)), Snapshot, Rules));
        var unavailable = Assert.Single(answer.Unavailable);
        Assert.Equal((1, code), (unavailable.Line, unavailable.Reason.Code));
        Assert.Contains(named, unavailable.Reason.French);
        Assert.Contains(named, unavailable.Reason.English);
        // The other line is planned all the same.
        Assert.All(answer.Plans, plan => Assert.Equal([2], plan.Lots.Select(lot => lot.Line)));
        Assert.NotEmpty(answer.Plans);
    }

    [Fact]
    public void A_due_date_that_cannot_be_met_says_when_it_could_be()
    {
        var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(Request(Line(60, Sawing)) with { Due = new DateOnly(2026, 3, 3) }, Snapshot, Rules));
        Assert.Empty(answer.Plans);
        var unavailable = Assert.Single(answer.Unavailable);
        Assert.Equal(("not-before-due-date", new DateOnly(2026, 3, 4)), (unavailable.Reason.Code, unavailable.Possible));
        Assert.Contains("04/03/2026", unavailable.Reason.French);
    }

    [Fact]
    public void Nobody_is_asked_when_all_have_declined()
    {
        var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(Request(Line(1, Sawing)) with { Excluded = new HashSet<Guid> { Lille } }, Snapshot, Rules));
        Assert.Equal("workshops-excluded", Assert.Single(answer.Unavailable).Reason.Code);
    }

    public static TheoryData<RoutingRequest, string> Senseless => new()
    {
        { Request(), "request-empty" },
        { Request([.. Enumerable.Repeat(Line(1, Sawing), 101)]), "request-too-long" },
        { new RoutingRequest([Line(1, Sawing), Line(1, Sawing)], Customer, Now), "line-twice" },
        { Request(Line(1, Sawing)) with { Destination = new GeoPoint(120, 0) }, "destination-unknown" },
        { Request(Line(1, Sawing)) with { Due = new DateOnly(2026, 3, 1) }, "due-date-past" },
        { Request(Line(0, Sawing)), "quantity-invalid" },
        { Request(Line(-4, Sawing)), "quantity-invalid" },
        { Request(Line(1_000_001, Sawing)), "quantity-invalid" },
        { Request(Line(1.0005m, Sawing)), "quantity-invalid" },
        { Request(Line(1, Sawing) with { UnitWeightKg = -1 }), "weight-negative" },
        { Request(Line(1, Sawing) with { MaximumLots = 5 }), "lots-invalid" },
        { Request(Line(1, Sawing) with { FixedPrices = new QuantityPrices([new QuantityBreak(1, 1)]) }), "fixed-price-without-workshop" },
        { Request(Line(1, Sawing) with { OnlyWorkshop = Lille, FixedPrices = new QuantityPrices([new QuantityBreak(2, 1)]) }), "quantity-below-smallest" },
        { Request(Line(1)), "routing-invalid" },
        { Request(Line(1, Sawing) with { Operations = [Sawing, Sawing] }), "routing-out-of-order" },
        { Request(Line(1, Operation("saw", 0, 0))), "operation-invalid" },
        { Request(Line(1, Operation("saw", -1, 10))), "operation-invalid" },
        { Request(Line(1, Sawing with { Attendance = 11 })), "operation-invalid" },
        { Request(Line(1, Sawing with { Attendance = 0.125m })), "operation-invalid" },
        { Request(Line(1, Sawing with { MaterialPerUnit = -1 })), "operation-invalid" },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void A_senseless_request_is_refused(RoutingRequest request, string code)
    {
        var reason = Assert.IsType<RoutingResult.Refused>(RoutePlanner.Plan(request, Snapshot, Rules)).Reason;
        Assert.Equal(code, reason.Code);
        Assert.NotNull(reason.Field);
        Assert.NotEqual(reason.French, reason.English);
    }

    private static CapacitySnapshot Snapshot { get; } = new([Workshop(Lille)],
        [Machine(Saw, Lille, "saw") with { Materials = new HashSet<string> { "oak", "steel" }, WorkArea = new WorkArea(2500, 1300, 100) }]);
}
