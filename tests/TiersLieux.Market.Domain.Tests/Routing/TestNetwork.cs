using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>
/// Two workshops some 66 km apart by road, open 9 to 12 and 13 to 17 on working days, and a customer near the first.
/// It is Monday 2 March 2026, 9:00 in Paris. All instants here are written in Paris time.
/// </summary>
internal static class TestNetwork
{
    public static readonly DateTime Now = Paris(2, 9);
    public static readonly Guid Lille = RandomCases.Id(2, 1);
    public static readonly Guid Arras = RandomCases.Id(2, 2);
    public static readonly Guid LillePlace = RandomCases.Id(1, 1);
    public static readonly Guid Saw = RandomCases.Id(3, 1);
    public static readonly Guid Sewing = RandomCases.Id(3, 2);
    public static readonly Guid OtherSaw = RandomCases.Id(3, 3);
    public static readonly GeoPoint Customer = new(50.64, 3.07);

    private static readonly AvailabilityCalendar Hours = new(WeeklyHours.Parse("mo-fr 09:00-12:00 13:00-17:00"), WeeklyHours.Always);

    public static PricingRules Rules { get; } = new(
        new TransportTable([new TransportBand(100, 10, 0.5m)]),
        new EmissionFactors(new EmissionFactor(0.2m, "test", new DateOnly(2026, 1, 1)), new EmissionFactor(0.05m, "test", new DateOnly(2026, 1, 1))))
    {
        Fees = [new FeeRule.Percent("consortium", new Text("Consortium", "Consortium"), RandomCases.Id(4, 1), 20, 10)],
        Materials = new Dictionary<string, MaterialPrice> { ["oak"] = new(2, 50, TimeSpan.FromDays(2)) },
    };

    public static DateTime Paris(int day, int hour, int minute = 0) => ParisTime.ToUtc(new DateOnly(2026, 3, day), new TimeOnly(hour, minute));

    public static WorkshopCapacity Workshop(Guid id, int people = 2000) => id == Lille
        ? new WorkshopCapacity(Lille, LillePlace, new Text("Atelier A", "Workshop A"), new GeoPoint(50.63, 3.06), 20, TimeSpan.Zero, 0, People(people))
        : new WorkshopCapacity(Arras, RandomCases.Id(1, 2), new Text("Atelier B", "Workshop B"), new GeoPoint(50.29, 2.78), 20, TimeSpan.Zero, 0, People(people));

    public static PeopleTime People(int minutes) => new(new DateOnly(2026, 3, 2), [.. Enumerable.Repeat(minutes, 125)]);

    public static MachineCapacity Machine(Guid id, Guid workshop, string process, params Interval[] uses) => new(
        id, workshop, new Text("M", "M"), new Dictionary<string, MachineCapability> { [process] = new(1, 40) }, FreeTime.Of(Hours, uses, Now, Now.AddDays(125)))
    {
        PowerKilowatts = 2,
    };

    /// <summary>A saw in the first workshop, a sewing machine in the second.</summary>
    public static CapacitySnapshot SawAndSewing { get; } = new([Workshop(Lille), Workshop(Arras)], [Machine(Saw, Lille, "saw"), Machine(Sewing, Arras, "sew")]);

    /// <summary>The same saw in both workshops.</summary>
    public static CapacitySnapshot TwoSaws { get; } = new([Workshop(Lille), Workshop(Arras)], [Machine(Saw, Lille, "saw"), Machine(OtherSaw, Arras, "saw")]);

    public static CapacitySnapshot OneSaw(params Interval[] uses) => new([Workshop(Lille)], [Machine(Saw, Lille, "saw", uses)]);

    public static RoutingOperation Operation(string process, int setUp, double unit, int sequence = 1) =>
        new(sequence, process, TimeSpan.FromMinutes(setUp), TimeSpan.FromMinutes(unit));

    public static RoutingLine Line(decimal quantity, params RoutingOperation[] operations) =>
        new(1, quantity, 1, 1, [.. operations.Select((operation, i) => operation with { Sequence = (i + 1) * 10 })]) { MaximumLots = 1 };

    public static RoutingRequest Request(params RoutingLine[] lines) => new([.. lines.Select((line, i) => line with { Line = i + 1 })], Customer, Now);

    public static IReadOnlyList<Plan> Plans(RoutingRequest request, CapacitySnapshot snapshot)
    {
        var answer = (RoutingResult.Answered)RoutePlanner.Plan(request, snapshot, Rules);
        foreach (var plan in answer.Plans) Xunit.Assert.Empty(PlanJudge.Check(plan, request, snapshot, Rules));
        Xunit.Assert.Empty(answer.Unavailable);
        return answer.Plans;
    }

    public static Plan Fastest(RoutingRequest request, CapacitySnapshot snapshot) => Plans(request, snapshot)[0];
}
