using System.Diagnostics;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>A network of the size of the region's: 11 workshops, 165 machines, two months of bookings.</summary>
public sealed class RegionalNetworkTests(ITestOutputHelper output)
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Processes = ["laser", "cnc", "saw", "press", "sewing", "print", "weld", "paint", "assembly", "embroidery", "lathe"];

    [Fact]
    public void An_order_of_two_lines_gets_several_plans_in_milliseconds()
    {
        var snapshot = Network(new Random(11));
        var rules = new PricingRules(new TransportTable([new TransportBand(30, 9, 0.1m), new TransportBand(1000, 35, 0.85m)]),
            new EmissionFactors(new EmissionFactor(0.2m, "test", new DateOnly(2026, 1, 1)), new EmissionFactor(0.05m, "test", new DateOnly(2026, 1, 1))));
        var request = new RoutingRequest([Line(1, 40, 12, 18, "saw", "cnc", "assembly"), Line(2, 2000, 0.05m, 0.75, "laser", "assembly")], new GeoPoint(50.63, 3.06), Now);

        var plans = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(request, snapshot, rules)).Plans;
        Assert.All(plans, plan => Assert.Empty(PlanJudge.Check(plan, request, snapshot, rules)));
        Assert.InRange(plans.Count, 2, 4);
        foreach (var plan in plans) output.WriteLine($"{plan.Kind}: {plan.PromiseDate:yyyy-MM-dd} {plan.Price.ExclTax} {plan.Km} km {plan.Co2Kg} kg {plan.Shares.Count} workshops {plan.Lots.Count} lots. {plan.Reason.French}");

        for (var i = 0; i < 15; i++) RoutePlanner.Plan(request, snapshot, rules);
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            RoutePlanner.Plan(request, snapshot, rules);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"{snapshot.Machines.Count} machines: median {times[10]:0.0} ms, p95 {times[18]:0.0} ms");
    }

    private static CapacitySnapshot Network(Random random)
    {
        var hours = WeeklyHours.Parse("mo-fr 08:30-12:30 13:30-18:00");
        var workshops = Enumerable.Range(0, 11).Select(i => new WorkshopCapacity(
            RandomCases.Id(2, i), RandomCases.Id(1, i), new Text($"Atelier {i}", $"Workshop {i}"), new GeoPoint(49.4 + i * 0.13, 1.9 + random.NextDouble() * 1.8),
            22 + i, TimeSpan.FromHours(24), 60, new PeopleTime(new DateOnly(2026, 3, 2), [.. Enumerable.Repeat(2100, 125)]))).ToList();
        var machines = Enumerable.Range(0, 165).Select(i =>
        {
            var uses = Enumerable.Range(0, 80).Select(_ => Now.AddMinutes(random.Next(0, 86_400))).Select(start => new Interval(start, start.AddMinutes(random.Next(4, 16) * 15)));
            return new MachineCapacity(RandomCases.Id(3, i), workshops[i % 11].Id, new Text($"M{i}", $"M{i}"),
                new Dictionary<string, MachineCapability> { [Processes[i / 11 % 11]] = new(0.8m + i % 5 * 0.1m, 10 + i % 7 * 4), [Processes[i % 7]] = new(0.7m, 12 + i % 5 * 3) },
                FreeTime.Of(new AvailabilityCalendar(hours, WeeklyHours.Always), uses, Now, Now.AddDays(125)));
        }).ToList();
        return new CapacitySnapshot(workshops, machines);
    }

    private static RoutingLine Line(int line, decimal quantity, decimal kg, double minutes, params string[] processes) => new(line, quantity, kg, 10,
        [.. processes.Select((process, i) => new RoutingOperation(i + 1, process, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(minutes)) { Attendance = 0.5m })]);
}
