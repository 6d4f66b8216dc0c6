using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

/// <summary>Says what is wrong with a plan, unit of time by unit of time, with nothing from the search.</summary>
internal static class ShopPlanCheck
{
    public static string? FaultOf(ShopProblem problem, ShopPlan plan)
    {
        var expected = problem.Jobs.SelectMany((job, j) => job.Operations.Select((_, i) => (j, i))).ToList();
        if (!plan.Operations.Select(o => (o.Job, o.Index)).SequenceEqual(expected)) return "not every operation once, in order";
        if (plan.Makespan != plan.Operations.Max(o => o.End)) return "makespan is not the last end";
        foreach (var o in plan.Operations)
            if (FaultOf(problem, o) is { } fault) return $"{o}: {fault}";
        foreach (var (a, b) in plan.Operations.Zip(plan.Operations.Skip(1)).Where(pair => pair.First.Job == pair.Second.Job))
        {
            if (a.Factory != b.Factory) return $"job {a.Job} in two factories";
            var way = problem.Transport?[problem.Machines[a.Machine].Place][problem.Machines[b.Machine].Place] ?? 0;
            if (b.Start < a.End + way) return $"{b} starts before {a} has arrived";
        }

        foreach (var machine in plan.Operations.Where(o => o.End > o.Start).GroupBy(o => (o.Factory, o.Machine)))
        {
            var sorted = machine.OrderBy(o => o.Start).ToList();
            if (sorted.Zip(sorted.Skip(1)).Any(pair => pair.Second.Start < pair.First.End)) return $"overlap on {machine.Key}";
        }

        return null;
    }

    private static string? FaultOf(ShopProblem problem, ShopPlannedOperation o)
    {
        var job = problem.Jobs[o.Job];
        var operation = job.Operations[o.Index];
        if (operation.Frozen is { } fix) return (o.Machine, o.Start, o.End, o.Factory) == (fix.Machine, fix.Start, fix.End, fix.Factory) ? null : "fixed work was moved";
        if (o.Start < job.Release || o.Start < operation.EarliestStart) return "starts too early";
        if (o.Factory < 0 || o.Factory >= problem.Factories) return "unknown factory";
        var durations = operation.Alternatives.Where(a => a.Machine == o.Machine).Select(a => a.Duration).ToList();
        if (durations.Count == 0) return "machine not allowed";
        var free = problem.Machines[o.Machine].Free;
        if (free is null) return durations.Contains(o.End - o.Start) ? null : "wrong duration";
        var worked = Enumerable.Range(o.Start, o.End - o.Start).Count(t => free.Any(f => f.Start <= t && t < f.End));
        if (!durations.Contains(worked)) return "wrong working time";
        if (o.End == o.Start) return null;
        var inside = free.Where(f => f.Start < o.End && o.Start < f.End).ToList();
        if (!free.Any(f => f.Start <= o.Start && o.Start < f.End) || !free.Any(f => f.Start < o.End && o.End <= f.End)) return "starts or ends while closed";
        // Stretches that touch are still two: what is not interruptible fits in one of them.
        if (inside.Count > 1 && !operation.Interruptible) return "suspended without leave";
        return inside.SkipLast(1).Any(f => !f.ContinuesAfterClosing) ? "suspended where somebody else comes" : null;
    }
}
