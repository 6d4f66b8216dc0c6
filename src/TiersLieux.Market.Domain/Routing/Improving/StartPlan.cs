namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>Turns a plan that exists into a solution of the search.</summary>
internal static class StartPlan
{
    /// <returns>False when the plan is not about this problem: then the search starts from nothing.</returns>
    public static bool Take(FlatShop shop, ShopPlan plan, Genome genome)
    {
        var starts = new (int Start, int End)[shop.Count];
        var seen = new bool[shop.Count];
        foreach (var planned in plan.Operations)
        {
            if (planned.Job < 0 || planned.Job >= shop.Jobs || planned.Factory < 0 || planned.Factory >= shop.Factories) return false;
            var v = shop.First[planned.Job] + planned.Index;
            if (planned.Index < 0 || v >= shop.First[planned.Job + 1] || seen[v]) return false;
            if (shop.JobFactory[planned.Job] >= 0 && shop.JobFactory[planned.Job] != planned.Factory) return false;
            var alternative = shop.IsFrozen(v) ? shop.AlternativeStart[v] : Array.IndexOf(shop.AlternativeMachine, planned.Machine, shop.AlternativeStart[v], shop.AlternativeStart[v + 1] - shop.AlternativeStart[v]);
            if (alternative < 0) return false;
            if (planned.Index > 0 && seen[v - 1] && genome.Factory[planned.Job] != planned.Factory) return false;
            (seen[v], starts[v], genome.Alternative[v], genome.Factory[planned.Job]) = (true, (planned.Start, planned.End), alternative, planned.Factory);
        }

        if (Array.Exists(seen, each => !each)) return false;
        var order = Enumerable.Range(0, shop.Count).OrderBy(v => starts[v].Start).ThenBy(v => starts[v].End).ThenBy(v => v).ToArray();
        // An order that turns a job around is no plan.
        var next = shop.First[..shop.Jobs];
        if (order.Any(v => next[shop.JobOf[v]]++ != v)) return false;
        order.CopyTo(genome.Order, 0);
        return true;
    }
}
