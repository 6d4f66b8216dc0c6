using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>Whether a problem can be searched at all.</summary>
internal static class ShopCheck
{
    /// <summary>No time of a problem is later, so that sums stay within an integer.</summary>
    private const int Latest = 1 << 27;

    /// <returns>The first thing that is wrong, or null.</returns>
    public static Reason? Find(ShopProblem problem)
    {
        if (problem.Jobs.Count == 0 || problem.Machines.Count == 0) return Refuse("il faut au moins un travail et une machine", "at least one job and one machine are needed");
        if (problem.Factories is < 1 or > 1000) return Refuse("le nombre d'ateliers va de 1 à 1000", "the number of factories goes from 1 to 1000");
        if (problem.Transport is { } table && (table.Count == 0 || table.Any(row => row.Count != table.Count || row.Any(time => time is < 0 or > Latest)) || Enumerable.Range(0, table.Count).Any(i => table[i][i] != 0)))
            return Refuse("la table des transports n'est pas carrée, ou un temps n'est pas permis", "the transport table is not square, or a time is not allowed");
        for (var m = 0; m < problem.Machines.Count; m++)
            if (Machine(problem, problem.Machines[m]) is { } fault) return Refuse($"machine {m} : {fault.French}", $"machine {m}: {fault.English}");
        var total = 0L;
        for (var j = 0; j < problem.Jobs.Count; j++)
        {
            var job = problem.Jobs[j];
            if (Job(problem, job) is { } fault) return Refuse($"travail {j} : {fault.French}", $"job {j}: {fault.English}");
            total += job.Operations.Sum(o => o.Frozen is null ? o.Alternatives.Max(a => (long)a.Duration) : 0) + LongestTransport(problem) * job.Operations.Count;
        }

        return total > Latest ? Refuse("les durées sont trop longues en tout", "the durations are too long in all") : null;
    }

    private static (string French, string English)? Machine(ShopProblem problem, ShopMachine machine)
    {
        if (machine.Place < 0 || machine.Place >= (problem.Transport?.Count ?? int.MaxValue)) return ("lieu inconnu", "unknown place");
        var last = 0;
        foreach (var free in machine.Free ?? [])
        {
            if (free.Start < last || free.End < free.Start || free.End > Latest) return ("temps libre non trié, négatif ou trop tardif", "free time not sorted, negative or too late");
            last = free.End;
        }

        return null;
    }

    private static (string French, string English)? Job(ShopProblem problem, ShopJob job)
    {
        if (job.Operations.Count == 0) return ("aucune opération", "no operation");
        if (job.Release is < 0 or > Latest || job.Weight is < 0 or > 1_000_000) return ("date de départ ou poids non permis", "release or weight not allowed");
        int? factory = null;
        for (var i = 0; i < job.Operations.Count; i++)
        {
            var operation = job.Operations[i];
            if (operation.EarliestStart is < 0 or > Latest) return ($"opération {i}, début au plus tôt non permis", $"operation {i}, earliest start not allowed");
            if (operation.Frozen is { } fix)
            {
                if (fix.Machine < 0 || fix.Machine >= problem.Machines.Count || fix.Factory < 0 || fix.Factory >= problem.Factories || fix.Start < 0 || fix.End < fix.Start || fix.End > Latest)
                    return ($"opération {i}, machine ou temps fixé impossible", $"operation {i}, fixed machine or time impossible");
                if (factory is { } known && known != fix.Factory) return ("fixé dans deux ateliers", "fixed in two factories");
                factory = fix.Factory;
                continue;
            }

            if (operation.Alternatives.Count == 0) return ($"opération {i} sans machine", $"operation {i} without a machine");
            if (operation.Alternatives.Any(a => a.Machine < 0 || a.Machine >= problem.Machines.Count)) return ($"opération {i}, machine inconnue", $"operation {i}, unknown machine");
            if (operation.Alternatives.Any(a => a.Duration is < 0 or > Latest)) return ($"opération {i}, durée non permise", $"operation {i}, duration not allowed");
        }

        return null;
    }

    private static long LongestTransport(ShopProblem problem) => problem.Transport?.Max(row => row.Max()) ?? 0;

    private static Reason Refuse(string french, string english) => new("shop-problem", $"Problème impossible : {french}.", $"Impossible problem: {english}.");
}
