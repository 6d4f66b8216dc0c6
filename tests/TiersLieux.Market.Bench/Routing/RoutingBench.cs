using System.Diagnostics;
using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Bench.Routing;

/// <summary>The improvement engine on public instances (a folder that is given) or on the project's own: mean gap to the best known makespan.</summary>
internal static class RoutingBench
{
    /// <summary>A goal of the routing rules: set, seconds, mean gap in percent.</summary>
    private static readonly (string Set, double Seconds, double Gap)[] Goals =
    [
        ("mk01-10", 1, 0.8), ("mk01-10", 10, 0.3), ("dauzere-peres", 10, 1.0), ("barnes", 1, 0.3), ("hurink", 1, 0.3),
    ];

    public sealed record Figures(IReadOnlyList<SetFigures> Sets, SmallOrders.Figures? SmallOrders);

    /// <param name="MeanGap">Percent above the best known makespan, over instances and seeds; above the lower bound where none is known.</param>
    /// <param name="PeerGap">The same for CP-SAT in the same time: what it did not solve at all is left out.</param>
    public sealed record SetFigures(string Set, double Seconds, int Seeds, double MeanGap, double? Goal, bool? Reached, double MovesPerSecond, double? PeerGap, string Peer, IReadOnlyList<InstanceFigures> Instances);

    /// <param name="BestKnown">What gaps are counted from: the lower bound where no makespan is known.</param>
    /// <param name="Makespans">One for each seed, from 1.</param>
    /// <param name="PeerMakespan">CP-SAT's; null when it found none, or was not asked.</param>
    public sealed record InstanceFigures(string Instance, long BestKnown, long LowerBound, IReadOnlyList<int> Makespans, int? PeerMakespan, string? PeerStatus);

    private sealed record Instance(string Set, string Name, long? BestKnown, ShopProblem Problem);

    public sealed record Options(string? Folder, int Seeds, int Orders, bool WithPeer, IReadOnlySet<string> Only);

    public static async Task<Figures> RunAsync(Options options, Action<FormattableString> say)
    {
        var instances = options.Folder is null ? Own(say) : Read(options.Folder, say);
        // A collection holds much that no goal is about.
        instances = [.. instances.Where(i => options.Only.Count > 0 ? options.Only.Contains(i.Set) : options.Folder is null || i.BestKnown is not null)];
        await using var peer = options.WithPeer ? await CpSatPeer.StartAsync() : null;
        // Compiled before it is timed.
        ShopSolver.Solve(Own(say)[0].Problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromSeconds(0.5))), TimeProvider.System);
        var sets = new List<SetFigures>();
        foreach (var set in instances.GroupBy(i => i.Set).OrderBy(g => g.Key, StringComparer.Ordinal))
            foreach (var seconds in Times(set.Key))
            {
                sets.Add(await SetAsync(set.Key, [.. set], seconds, options.Seeds, peer));
                Say(sets[^1], say);
            }

        sets.AddRange(Hurink(sets, say));
        if (peer is null || options.Orders == 0) return new Figures(sets, null);
        var orders = await SmallOrders.RunAsync(peer, options.Orders, peerSeconds: 30, engineSeconds: 0.5);
        say($"routing   {orders.Orders} small orders with calendars: {orders.Equal} of {orders.Compared} that {CpSatPeer.Label} proves optimal ({orders.PercentOptimal:0.0} %, goal 95 %: {(orders.PercentOptimal >= 95 ? "reached" : "not reached")}); engine {orders.EngineSeconds:0} s, peer {orders.PeerSeconds:0} s");
        return new Figures(sets, orders);
    }

    private static async Task<SetFigures> SetAsync(string set, IReadOnlyList<Instance> instances, double seconds, int seeds, CpSatPeer? peer)
    {
        var (figures, moves, elapsed) = (new List<InstanceFigures>(), 0L, 0.0);
        foreach (var instance in instances)
        {
            var (makespans, bound) = (new List<int>(), 0L);
            for (var seed = 1; seed <= seeds; seed++)
            {
                var watch = Stopwatch.StartNew();
                var solved = (ShopResult.Solved)ShopSolver.Solve(instance.Problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromSeconds(seconds))) { Seed = seed }, TimeProvider.System);
                elapsed += watch.Elapsed.TotalSeconds;
                moves += solved.Moves;
                bound = solved.LowerBound;
                makespans.Add(solved.Plan.Makespan);
            }

            var answer = peer is null ? null : await peer.SolveAsync(instance.Problem, seconds);
            figures.Add(new InstanceFigures(instance.Name, instance.BestKnown ?? bound, bound, makespans, answer?.Makespan, answer?.Status));
        }

        var gap = figures.Average(f => f.Makespans.Average(makespan => Gap(makespan, f.BestKnown)));
        var theirs = figures.Where(f => f.PeerMakespan is not null).Select(f => Gap(f.PeerMakespan!.Value, f.BestKnown)).ToList();
        return Judged(new SetFigures(set, seconds, seeds, gap, null, null, moves / Math.Max(elapsed, 1e-3), theirs.Count == 0 ? null : theirs.Average(), CpSatPeer.Label, figures));
    }

    /// <summary>The goal for Hurink's is over all three sets.</summary>
    private static IEnumerable<SetFigures> Hurink(List<SetFigures> sets, Action<FormattableString> say)
    {
        var three = sets.Where(s => s.Set.StartsWith("hurink-", StringComparison.Ordinal)).ToList();
        if (three.Count != 3) yield break;
        var all = Judged(new SetFigures(
            "hurink", three[0].Seconds, three[0].Seeds, three.Average(s => s.MeanGap), null, null, three.Average(s => s.MovesPerSecond),
            three.Exists(s => s.PeerGap is null) ? null : three.Average(s => s.PeerGap), CpSatPeer.Label, []));
        Say(all, say);
        yield return all;
    }

    private static SetFigures Judged(SetFigures figures)
    {
        var goal = Goals.FirstOrDefault(g => g.Set == figures.Set && Math.Abs(g.Seconds - figures.Seconds) < 1e-9);
        return goal.Set is null ? figures : figures with { Goal = goal.Gap, Reached = figures.MeanGap <= goal.Gap };
    }

    private static void Say(SetFigures set, Action<FormattableString> say)
    {
        foreach (var i in set.Instances) say($"          {i.Instance,-12} compared with {i.BestKnown,5}, bound {i.LowerBound,5}: {string.Join(' ', i.Makespans)}; peer {i.PeerMakespan?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}");
        say($"routing   {set.Set,-14} {set.Seconds,2:0} s, {set.Seeds} seeds: mean gap {set.MeanGap:0.000} %{(set.Goal is { } goal ? FormattableString.Invariant($", goal {goal:0.0} % {(set.Reached == true ? "reached" : "not reached")}") : "")}; {set.MovesPerSecond / 1000:0}k moves/s{(set.PeerGap is { } gap ? FormattableString.Invariant($"; {set.Peer}: {gap:0.000} % of those it solved") : "")}");
    }

    private static double[] Times(string set) => set switch
    {
        "mk01-10" => [1, 10],
        "mk11-15" or "dauzere-peres" => [10],
        _ => [1],
    };

    private static double Gap(int makespan, long best) => 100.0 * (makespan - best) / best;

    private static List<Instance> Read(string folder, Action<FormattableString> say)
    {
        var found = new List<Instance>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(p => Path.GetExtension(p) is ".fjs" or ".txt").Order(StringComparer.Ordinal))
        {
            var known = BestKnown.Of(path);
            if (FjsReader.Read(File.ReadAllText(path)) is FjsResult.Read(var problem)) found.Add(new Instance(known?.Set ?? "other", known?.Name ?? Path.GetFileNameWithoutExtension(path), known?.Makespan, problem));
            else if (known is not null) say($"routing   {path} is no instance");
        }

        return found;
    }

    /// <summary>The project's own small instances, and larger ones from the generator.</summary>
    private static List<Instance> Own(Action<FormattableString> say)
    {
        (int Jobs, int Machines, int Operations, int Flexibility)[] sizes = [(20, 10, 10, 2), (20, 10, 10, 4), (30, 10, 10, 5)];
        return [.. Read(Path.Combine(CpSatPeer.Root(), "tests", "TiersLieux.Market.Bench", "Routing", "Instances"), say), .. sizes.SelectMany(size => Enumerable.Range(1, 2).Select(seed => new Instance(
            "generated", $"{size.Jobs}x{size.Machines}f{size.Flexibility}-{seed}", null,
            ((FjsResult.Read)FjsReader.Read(InstanceGenerator.Create(size.Jobs, size.Machines, size.Operations, size.Flexibility, seed))).Problem)))];
    }
}
