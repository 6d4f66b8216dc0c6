namespace TiersLieux.Market.Domain.Routing.Improving;

public static class Tuning
{
    public static int Pool = 8, Patience = 2000, ShareLow = 30, ShareHigh = 70;
    public static int A, B, C, D;
}

public static class ShopSolver
{
    public static (ShopPlan Plan, long Nodes, int Bound) Run(ShopProblem problem, SearchBudget budget, int seed, TimeProvider clock, CancellationToken cancellation)
    {
        var startedAt = clock.GetTimestamp();
        var shop = new FlatShop(problem);
        var search = new SearchClock(clock, startedAt, budget, budget.Nodes ?? long.MaxValue, shop.Count, cancellation);
        var random = new SearchRandom((ulong)seed);
        var construction = new Construction(shop, random, search);
        var bound = LowerBound.Of(shop);
        var tabu = new TabuSearch(shop, ShopObjective.Makespan, random, search, bound);
        var relink = new PathRelinking(shop, random);
        var best = new Genome(shop);
        bool Done() => search.IsOver || (best.Value.Lateness == 0 && best.Value.Objective <= bound);
        do
        {
            var pool = new List<Genome>();
            for (var i = 0; i < Tuning.Pool && !Done(); i++)
            {
                var g = new Genome(shop);
                construction.Build(g, i % Construction.Rules, i < Construction.Rules ? 0 : 20);
                tabu.Improve(g, Tuning.Patience);
                pool.Add(g);
                if (g.Value < best.Value) best.CopyFrom(g);
            }

            var child = new Genome(shop);
            var stale = 0;
            while (!Done() && pool.Count > 1 && stale < Tuning.A)
            {
                var a = random.Below(pool.Count);
                var b = random.Below(pool.Count - 1);
                if (b >= a) b++;
                relink.Between(pool[a], pool[b], Tuning.ShareLow + random.Below(Tuning.ShareHigh - Tuning.ShareLow + 1), child);
                tabu.Improve(child, Tuning.Patience);
                if (child.Value < best.Value) { best.CopyFrom(child); stale = 0; }
                // Replaces the worst.
                var worst = 0;
                for (var i = 1; i < pool.Count; i++) if (pool[i].Value > pool[worst].Value) worst = i;
                var same = pool.FindIndex(g => g.Value == child.Value && relink.Distance(g, child) <= Tuning.B);
                if (same >= 0) { stale++; continue; }
                if (child.Value <= pool[worst].Value) pool[worst].CopyFrom(child);
                else stale++;
            }
        }
        while (!Done());

        var schedule = new Schedule(shop);
        schedule.Restore(best);
        var operations = new List<ShopPlannedOperation>();
        for (var v = 0; v < shop.Count; v++)
        {
            var j = shop.JobOf[v];
            operations.Add(new ShopPlannedOperation(j, v - shop.First[j], shop.AlternativeMachine[schedule.Alternative[v]], schedule.Factory[j], schedule.Start[v], schedule.End[v]));
        }

        return (new ShopPlan(schedule.Makespan(), operations), search.Nodes, bound);
    }
}
