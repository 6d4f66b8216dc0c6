using System.Diagnostics;
using TiersLieux.Market.Domain.Routing;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Routing.TestNetwork;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>What the bounds pass over is not missed, and a search ends when it is told to.</summary>
public sealed class PlanningLimitsTests(ITestOutputHelper output)
{
    private static bool IsFull => Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1";

    [Fact]
    public void Looking_at_every_machine_gives_the_same_plans()
    {
        var (cases, same) = (IsFull ? 4000 : 400, 0);
        for (var seed = 0; seed < cases; seed++)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            var pruned = Answer(RoutePlanner.Plan(request, snapshot, rules));
            var all = Answer(RoutePlanner.Plan(request, snapshot, rules, null, new PlanningLimits { Exhaustive = true }));
            if (pruned.Plans.Select(plan => (plan.Kind, plan.PromiseDate, plan.Price.ExclTax, plan.Km)).SequenceEqual(all.Plans.Select(plan => (plan.Kind, plan.PromiseDate, plan.Price.ExclTax, plan.Km)))) same++;
        }

        output.WriteLine($"{same} of {cases} the same");
        Assert.True(same >= cases * 0.99, $"{same} of {cases} the same");
    }

    [Fact]
    public void A_spent_budget_still_answers_and_says_so()
    {
        var (planned, cut) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            var answer = Answer(RoutePlanner.Plan(request, snapshot, rules, null, new PlanningLimits { Calendars = 40 }));
            foreach (var plan in answer.Plans) Assert.Empty(PlanJudge.Check(plan, request, snapshot, rules));
            planned += answer.Plans.Count > 0 ? 1 : 0;
            cut += answer.CutShort ? 1 : 0;
            Assert.InRange(answer.Calendars, 0, 400);
        }

        Assert.True(planned > 50 && cut > 50, $"{planned} planned, {cut} cut short");
    }

    [Fact]
    public void A_search_that_is_out_of_time_before_a_plan_says_so()
    {
        var answer = Answer(RoutePlanner.Plan(Request(Line(1, Operation("saw", 0, 10))), TwoSaws, Rules, null, new PlanningLimits { Time = (TimeProvider.System, TimeSpan.Zero) }));
        Assert.Equal("search-stopped", Assert.Single(answer.Unavailable).Reason.Code);
        Assert.True(answer.CutShort);
    }

    [Fact]
    public void Time_is_kept()
    {
        // A request that would take long: many lines of many steps in many lots, and every machine to be looked at.
        var (_, snapshot, rules) = RandomCases.Create(3);
        var request = Request([.. Enumerable.Range(0, 60).Select(_ => Line(5000, Operation("saw", 5, 3), Operation("mill", 5, 3), Operation("sew", 5, 3)) with { MaximumLots = 4 })]) with { Now = RandomCases.Create(3).Request.Now };
        var limits = new PlanningLimits { Time = (TimeProvider.System, TimeSpan.FromMilliseconds(200)), Exhaustive = true, Calendars = int.MaxValue };
        RoutePlanner.Plan(request, snapshot, rules, null, limits);
        var began = Stopwatch.GetTimestamp();
        RoutePlanner.Plan(request, snapshot, rules, null, limits);
        // Ten per cent over, and what a busy machine adds.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Who_gives_up_is_heard()
    {
        using var given = new CancellationTokenSource();
        given.Cancel();
        Assert.Throws<OperationCanceledException>(() => RoutePlanner.Plan(Request(Line(1, Operation("saw", 0, 10))), TwoSaws, Rules, null, new PlanningLimits { Cancellation = given.Token }));
    }

    private static RoutingResult.Answered Answer(RoutingResult result) => Assert.IsType<RoutingResult.Answered>(result);
}
