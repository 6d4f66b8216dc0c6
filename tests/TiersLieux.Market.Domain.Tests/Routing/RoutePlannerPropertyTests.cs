using System.Diagnostics;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>What holds for every request over every network.</summary>
public sealed class RoutePlannerPropertyTests(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1" ? 20_000 : 1000;

    [Fact]
    public void No_plan_breaks_a_rule()
    {
        var (planned, plans, split, shared, suspended, travelling, unavailable) = (0, 0, 0, 0, 0, 0, 0);
        var codes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var planning = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < Cases; seed++)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            var began = Stopwatch.GetTimestamp();
            var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(request, snapshot, rules));
            planning += Stopwatch.GetElapsedTime(began);
            foreach (var plan in answer.Plans)
            {
                var violations = PlanJudge.Check(plan, request, snapshot, rules);
                Assert.True(violations.Count == 0, $"seed {seed}, {plan.Kind}: {string.Join("; ", violations.Take(3))}");
                Assert.Equal(plan.Price.ExclTax, plan.Price.Sum(PriceLineKind.Share) + plan.Price.Sum(PriceLineKind.Transport) + plan.Price.Sum(PriceLineKind.Fee));
                split += plan.Lots.Any(lot => lot.Number > 1) ? 1 : 0;
                shared += plan.Lots.Any(lot => lot.Operations.Any(operation => operation.Quantity is not null)) ? 1 : 0;
                suspended += plan.Lots.Any(lot => lot.Operations.Any(operation => operation.Segments.Count > 1)) ? 1 : 0;
                travelling += plan.Shipments.Any(shipment => shipment.To is not null) ? 1 : 0;
            }

            // Every line is either in every plan or has a reason.
            var made = request.Lines.Select(line => line.Line).Except(answer.Unavailable.Select(line => line.Line)).ToList();
            Assert.All(answer.Plans, plan => Assert.Equal(made, plan.Lots.Select(lot => lot.Line).Distinct().Order()));
            Assert.Equal(made.Count > 0, answer.Plans.Count > 0);
            Assert.All(answer.Unavailable, line => Assert.NotEmpty(line.Reason.French));
            foreach (var line in answer.Unavailable) codes[line.Reason.Code] = codes.GetValueOrDefault(line.Reason.Code) + 1;
            CheckKinds(answer.Plans);
            planned += answer.Plans.Count > 0 ? 1 : 0;
            plans += answer.Plans.Count;
            unavailable += answer.Unavailable.Count;
        }

        output.WriteLine($"{Cases} cases in {clock.ElapsedMilliseconds} ms ({planning.TotalMilliseconds:0} ms of planning): {planned} planned, {plans} plans, {split} split, {shared} shared, {suspended} suspended, {travelling} with transfers, {unavailable} lines unavailable");
        output.WriteLine(string.Join(", ", codes));
        // The cases must reach every part of the model, or the property says little.
        Assert.True(planned > Cases / 3 && split > 100 && shared > 50 && suspended > 300 && travelling > 300, "The random cases have become too easy.");
        Assert.Superset(new HashSet<string> { "no-such-process", "not-before-due-date", "nobody-free", "no-machine-large-enough", "material-not-worked", "operation-too-long" }, codes.Keys.ToHashSet());
    }

    [Fact]
    public void The_same_request_gets_the_same_plans()
    {
        for (var seed = 0; seed < 200; seed++) Assert.Equal(Answer(seed), Answer(seed));

        static string Answer(int seed)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            return System.Text.Json.JsonSerializer.Serialize(RoutePlanner.Plan(request, snapshot, rules) as RoutingResult.Answered);
        }
    }

    private static void CheckKinds(IReadOnlyList<Plan> plans)
    {
        Assert.Equal(plans.Select(plan => plan.Kind).Order(), plans.Select(plan => plan.Kind));
        Assert.Equal(plans.Count, plans.DistinctBy(plan => (plan.PromiseDate, plan.Price.ExclTax, plan.Km)).Count());
        foreach (var plan in plans)
        {
            Assert.NotEmpty(plan.Reason.French);
            if (plan.Kind == PlanKind.Fastest) Assert.All(plans, other => Assert.True(plan.PromiseDate <= other.PromiseDate));
            if (plan.Kind == PlanKind.Cheapest) Assert.All(plans, other => Assert.True(plan.Price.ExclTax <= other.Price.ExclTax));
            if (plan.Kind == PlanKind.Nearest) Assert.All(plans, other => Assert.True(plan.Km <= other.Km));
        }
    }
}
