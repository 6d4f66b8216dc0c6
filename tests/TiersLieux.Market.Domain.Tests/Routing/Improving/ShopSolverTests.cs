using System.Diagnostics;
using TiersLieux.Market.Domain.Routing.Improving;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

/// <summary>What holds for every problem.</summary>
public sealed class ShopSolverTests(ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1";

    [Fact]
    public void Every_plan_can_be_made()
    {
        var (solved, late, suspended, refused) = (0, 0, 0, 0);
        var cases = Full ? 20_000 : 1500;
        for (var seed = 0; seed < cases; seed++)
        {
            var problem = RandomShops.Create(seed, 12, 6);
            var search = new ShopSearch(SearchBudget.OfNodes(150)) { Seed = seed, Objective = (ShopObjective)(seed % 2), Threads = 1 + seed % 50 / 49 };
            switch (ShopSolver.Solve(problem, search, TimeProvider.System, TestContext.Current.CancellationToken))
            {
                case ShopResult.Solved answer:
                    Assert.True(ShopPlanCheck.FaultOf(problem, answer.Plan) is null, $"seed {seed}: {ShopPlanCheck.FaultOf(problem, answer.Plan)}");
                    Assert.Equal(Value(problem, answer.Plan, search.Objective), (answer.Lateness, answer.Objective));
                    Assert.True(answer.LowerBound <= answer.Objective, $"seed {seed}: bound {answer.LowerBound}, objective {answer.Objective}");
                    solved++;
                    late += answer.Lateness > 0 ? 1 : 0;
                    suspended += answer.Plan.Operations.Any(o => problem.Machines[o.Machine].Free?.Any(f => o.Start < f.End && f.End < o.End) == true) ? 1 : 0;
                    break;
                case ShopResult.Refused:
                    refused++;
                    break;
            }
        }

        output.WriteLine($"{solved} solved, {late} late, {suspended} suspended, {refused} without a plan");
        Assert.True(solved > cases * 0.9 && late > cases / 50 && suspended > cases / 20, "The random problems have become too easy, or too hard.");
    }

    [Fact]
    public void Tiny_problems_are_solved_to_the_optimum()
    {
        var cases = Full ? 3000 : 150;
        for (var seed = 0; seed < cases; seed++)
        {
            var problem = RandomShops.Create(seed + 50_000, 3, 2, frozen: false);
            foreach (var objective in Enum.GetValues<ShopObjective>())
            {
                var optimum = new BruteForce(problem, objective).Solve();
                var search = new ShopSearch(SearchBudget.OfNodes(2000)) { Seed = seed, Objective = objective };
                var result = ShopSolver.Solve(problem, search, TimeProvider.System, TestContext.Current.CancellationToken);
                if (optimum.Objective == long.MaxValue)
                {
                    Assert.IsType<ShopResult.Refused>(result);
                    continue;
                }

                var answer = Assert.IsType<ShopResult.Solved>(result);
                Assert.True(optimum == (answer.Lateness, answer.Objective), $"seed {seed}, {objective}: optimum {optimum}, found {(answer.Lateness, answer.Objective)}");
                Assert.True(answer.LowerBound <= optimum.Objective || optimum.Lateness > 0, $"seed {seed}: bound {answer.LowerBound} above the optimum");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_and_nodes_give_the_same_plan(int threads)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var problem = RandomShops.Create(seed, 12, 6);
            var search = new ShopSearch(SearchBudget.OfNodes(6000)) { Seed = seed, Threads = threads };
            var (first, second) = (ShopSolver.Solve(problem, search, TimeProvider.System, TestContext.Current.CancellationToken), ShopSolver.Solve(problem, search, TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.Equal((first as ShopResult.Solved)?.Plan.Operations, (second as ShopResult.Solved)?.Plan.Operations);
        }
    }

    [Fact]
    public void A_plan_to_start_from_is_never_made_worse()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var problem = RandomShops.Create(seed, 12, 6);
            if (ShopSolver.Solve(problem, new ShopSearch(SearchBudget.OfNodes(4000)) { Seed = seed, Objective = ShopObjective.Completions }, TimeProvider.System, TestContext.Current.CancellationToken) is not ShopResult.Solved good) continue;
            var again = Assert.IsType<ShopResult.Solved>(ShopSolver.Solve(
                problem, new ShopSearch(SearchBudget.OfNodes(1)) { Seed = seed + 1, Objective = ShopObjective.Completions, Start = good.Plan }, TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.True((again.Lateness, again.Objective).CompareTo((good.Lateness, good.Objective)) <= 0, $"seed {seed}");
        }
    }

    [Fact]
    public void A_plan_of_another_problem_is_no_start()
    {
        var problem = new ShopProblem([new ShopJob([new ShopOperation([new ShopAlternative(0, 3)])])], [new ShopMachine()]);
        var stranger = new ShopPlan(9, [new ShopPlannedOperation(4, 0, 7, 0, 0, 9)]);
        var answer = Assert.IsType<ShopResult.Solved>(ShopSolver.Solve(problem, new ShopSearch(SearchBudget.OfNodes(10)) { Start = stranger }, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(3, answer.Objective);
        Assert.True(answer.IsOptimal);
    }

    [Theory]
    [InlineData(500, 50, 20, 200)]
    [InlineData(500, 50, 20, 1)]
    [InlineData(10, 5, 5, 200)]
    public void The_search_ends_at_the_first_look_at_a_clock_past_its_time(int jobs, int operations, int machines, int looks)
    {
        var problem = Large(jobs, operations, machines);
        // A second at each look: how far apart looks are is the next test's.
        var clock = new CountingClock();
        var answer = Assert.IsType<ShopResult.Solved>(ShopSolver.Solve(problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromSeconds(looks))), clock, TestContext.Current.CancellationToken));
        Assert.Null(ShopPlanCheck.FaultOf(problem, answer.Plan));
        Assert.InRange(clock.Looks, looks - 2, looks + 2);
    }

    [Theory]
    [InlineData(500, 50, 20, 1000)]
    [InlineData(500, 50, 20, 300)]
    [InlineData(10, 5, 5, 300)]
    public void The_time_is_kept(int jobs, int operations, int machines, int milliseconds)
    {
        Assert.SkipUnless(Full, "Real time, on a machine that is not busy: only with TLM_TEST_FULL=1.");
        var problem = Large(jobs, operations, machines);
        ShopSolver.Solve(problem, new ShopSearch(SearchBudget.OfNodes(50)), TimeProvider.System, TestContext.Current.CancellationToken); // Compiled before it is timed.
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            ShopSolver.Solve(problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromMilliseconds(milliseconds))), TimeProvider.System, TestContext.Current.CancellationToken);
            return watch.ElapsedMilliseconds;
        });
        output.WriteLine($"{best} ms");
        Assert.InRange(best, 0, milliseconds * 1.1);
    }

    [Fact]
    public void A_cancelled_search_answers_with_what_it_has()
    {
        var problem = Large(60, 10, 8);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        var answer = Assert.IsType<ShopResult.Solved>(ShopSolver.Solve(problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromMinutes(5))), TimeProvider.System, cancellation.Token));
        Assert.Null(ShopPlanCheck.FaultOf(problem, answer.Plan));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1)); // Of five.
    }

    [Fact]
    public void What_cannot_be_planned_is_refused_with_a_reason()
    {
        ShopOperation Work(int machine, int duration) => new([new ShopAlternative(machine, duration)]);
        Reason(new ShopProblem([], [new ShopMachine()]), "shop-problem");
        Reason(new ShopProblem([new ShopJob([Work(1, 3)])], [new ShopMachine()]), "shop-problem");
        Reason(new ShopProblem([new ShopJob([Work(0, -3)])], [new ShopMachine()]), "shop-problem");
        Reason(new ShopProblem([new ShopJob([Work(0, 5)])], [new ShopMachine(0, [new ShopFreeTime(0, 3), new ShopFreeTime(3, 6)])]), "shop-no-plan");
        Reason(new ShopProblem([new ShopJob([Work(0, 5), Work(0, 1) with { Frozen = new ShopFrozen(0, 2, 3) }])], [new ShopMachine()]), "shop-no-plan");

        static void Reason(ShopProblem problem, string code)
        {
            var refused = Assert.IsType<ShopResult.Refused>(ShopSolver.Solve(problem, new ShopSearch(SearchBudget.OfNodes(50)), TimeProvider.System));
            Assert.Equal(code, refused.Reason.Code);
            Assert.NotEqual(refused.Reason.French, refused.Reason.English);
        }
    }

    private static (long Lateness, long Objective) Value(ShopProblem problem, ShopPlan plan, ShopObjective objective)
    {
        var ends = plan.Operations.GroupBy(o => o.Job).Select(job => (Job: problem.Jobs[job.Key], End: job.Max(o => o.End))).ToList();
        return (ends.Sum(e => Math.Max(0L, e.End - (long)(e.Job.Deadline ?? int.MaxValue))), objective == ShopObjective.Makespan ? plan.Makespan : ends.Sum(e => (long)e.Job.Weight * e.End));
    }

    /// <summary>Goes a second on whenever somebody looks.</summary>
    private sealed class CountingClock : TimeProvider
    {
        public int Looks { get; private set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Looks++;
    }

    private static ShopProblem Large(int jobs, int operations, int machines)
    {
        var random = new Random(7);
        return new ShopProblem(
            [.. Enumerable.Range(0, jobs).Select(_ => new ShopJob([.. Enumerable.Range(0, operations).Select(_ => new ShopOperation(
                [.. Enumerable.Range(0, machines).OrderBy(_ => random.Next()).Take(4).Select(m => new ShopAlternative(m, random.Next(1, 100)))]))]))],
            [.. Enumerable.Range(0, machines).Select(_ => new ShopMachine())]);
    }
}
