using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// The improvement engine: tabu search from the points between the members of an elite pool, as in TS/PR (Peng, Lü &amp; Cheng 2015; González, Vela &amp;
/// Varela 2015), until the budget is spent or the plan is proven optimal.
/// </summary>
public static class ShopSolver
{
    /// <summary>Size of the first pool, and by how much each next one is larger: a second must do, and ten should be used.</summary>
    private const int PoolStep = 5;

    /// <summary>A pool is worn out after so many solutions for each member without a new best.</summary>
    private const int Persistence = 6;

    /// <param name="clock">Measures the time of the budget.</param>
    /// <param name="cancellation">Ends the search at once; the best plan so far is the answer.</param>
    public static ShopResult Solve(ShopProblem problem, ShopSearch search, TimeProvider clock, CancellationToken cancellation = default)
    {
        var startedAt = clock.GetTimestamp();
        if (ShopCheck.Find(problem) is { } reason) return new ShopResult.Refused(reason);
        var shop = new FlatShop(problem);
        var threads = Math.Max(1, search.Threads);
        var nodes = search.Budget.Nodes is { } all ? Math.Max(1, all / threads) : long.MaxValue;
        var workers = Enumerable.Range(0, threads).Select(i => new SearchWorker(shop, search.Objective, ((ulong)(uint)search.Seed << 16) + (ulong)i,
            new SearchClock(clock, startedAt, search.Budget, nodes, shop.Count, cancellation))).ToArray();

        var best = new Genome(shop);
        var bound = LowerBound.Of(shop, search.Objective, workers[0].Clock);
        if (search.Start is { } start && StartPlan.Take(shop, start, best)) workers[0].Improve(best, bound);
        else workers[0].Construct(0, bound);
        best.CopyFrom(workers[0].Child);
        Run(shop, workers, best, bound);
        return Result(shop, best, search.Objective, bound, workers.Sum(worker => worker.Clock.Nodes));
    }

    /// <summary>Rounds in which every worker makes one solution; what they made enters the pool in the order of the workers.</summary>
    private static void Run(FlatShop shop, SearchWorker[] workers, Genome best, long bound)
    {
        var constructed = 1;
        for (var size = PoolStep; ; size += PoolStep)
        {
            var pool = new ElitePool(shop, size);
            // The first pool has the start; later ones are to find something else.
            if (size == PoolStep) pool.Add(best);
            var (made, stale) = (0, 0);
            while (stale < size * Persistence)
            {
                if (workers[0].Clock.IsOver || best.Value.Meets(bound)) return;
                var first = constructed;
                // What is constructed may be alike: then a pool stays small, or is given up.
                if (!pool.IsFull && made < 2 * size)
                {
                    Each(workers, i => workers[i].Construct(first + i, bound));
                    constructed += workers.Length;
                    made += workers.Length;
                }
                else if (pool.Count < 2)
                {
                    break;
                }
                else
                {
                    Each(workers, i => workers[i].Relink(pool, bound));
                    stale += workers.Length;
                }

                foreach (var worker in workers)
                {
                    pool.Add(worker.Child);
                    if (worker.Child.Value >= best.Value) continue;
                    best.CopyFrom(worker.Child);
                    stale = 0;
                }
            }
        }
    }

    private static void Each(SearchWorker[] workers, Action<int> work)
    {
        if (workers.Length == 1) work(0);
        else Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = workers.Length }, work);
    }

    private static ShopResult Result(FlatShop shop, Genome best, ShopObjective objective, long bound, long moves)
    {
        if (best.Value.Lateness >= ShopValue.Impossible)
            return new ShopResult.Refused(new Reason(
                "shop-no-plan", "Aucun plan trouvé qui tienne dans le temps libre et respecte ce qui est fixé : allongez l'horizon ou libérez une opération fixée.",
                "No plan found that fits the free time and what is fixed: lengthen the horizon or release a fixed operation."));
        var schedule = new Schedule(shop);
        schedule.Restore(best);
        var operations = Enumerable.Range(0, shop.Count).Select(v =>
        {
            var job = shop.JobOf[v];
            var operation = v - shop.First[job];
            var machine = shop.Problem.Jobs[job].Operations[operation].Frozen?.Machine ?? shop.AlternativeMachine[schedule.Alternative[v]];
            return new ShopPlannedOperation(job, operation, machine, schedule.Factory[job], schedule.Start[v], schedule.End[v]);
        });
        return new ShopResult.Solved(new ShopPlan(schedule.Makespan(), [.. operations]), best.Value.Lateness, schedule.Value(objective).Objective, bound, moves);
    }
}
