namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Builds solutions by dispatching: the next operation of a job chosen by a rule goes behind the last one of the machine on which it would end first.
/// </summary>
internal sealed class Construction(FlatShop shop, SearchRandom random, SearchClock clock)
{
    /// <summary>Priority rules that <see cref="Build"/> knows.</summary>
    public const int Rules = 4;

    private readonly int[] _machineEnd = new int[shop.Machines];
    private readonly int[] _next = new int[shop.Jobs];
    private readonly int[] _jobEnd = new int[shop.Jobs];
    private readonly int[] _machine = new int[shop.Count];
    private readonly long[] _work = ShortestWork(shop);

    /// <param name="rule">0 most work remaining, 1 earliest ready, 2 earliest end, 3 at random.</param>
    /// <param name="noise">Chance in percent of another choice: another job, or a machine at random.</param>
    public void Build(Genome genome, int rule, int noise)
    {
        Array.Clear(_machineEnd);
        Array.Clear(_jobEnd);
        var factoryLoad = new long[shop.Factories];
        for (var j = 0; j < shop.Jobs; j++) _next[j] = shop.First[j];
        // Long jobs first, each to the factory with the least work.
        foreach (var j in Enumerable.Range(0, shop.Jobs).OrderByDescending(j => _work[shop.First[j]] + random.Below(1 + noise) * _work[shop.First[j]] / 100))
        {
            var f = shop.JobFactory[j];
            if (f < 0) f = Array.IndexOf(factoryLoad, factoryLoad.Min());
            genome.Factory[j] = f;
            factoryLoad[f] += _work[shop.First[j]];
        }

        for (var placed = 0; placed < shop.Count; placed++)
        {
            var job = Choose(rule, noise, genome, placed);
            var v = _next[job]++;
            var alternative = Fastest(v, genome.Factory[job], noise, out var end);
            var machine = shop.MachineIn(alternative, genome.Factory[job]);
            (_machineEnd[machine], _jobEnd[job], _machine[v]) = (end, end, machine);
            (genome.Alternative[v], genome.Order[placed]) = (alternative, v);
        }
    }

    private int Choose(int rule, int noise, Genome genome, int placed)
    {
        var (chosen, best, ties) = (-1, long.MaxValue, 0);
        var hurry = clock.Work(shop.Jobs);
        var first = hurry ? placed % shop.Jobs : 0;
        for (var i = 0; i < shop.Jobs; i++)
        {
            var j = first + i < shop.Jobs ? first + i : first + i - shop.Jobs;
            if (_next[j] == shop.First[j + 1]) continue;
            if (hurry) return j; // No time left for a choice: one operation of each job in turn.
            var v = _next[j];
            var key = rule switch
            {
                0 => -_work[v],
                1 => Math.Max(_jobEnd[j], shop.Earliest[v]),
                2 => EarliestEnd(v, genome.Factory[j]),
                _ => 0,
            };
            if (noise > 0 && random.Below(100) < noise) key += Math.Abs(key) / 4;
            if (key > best) continue;
            if (key < best) (best, ties) = (key, 0);
            if (random.Below(++ties) == 0) chosen = j;
        }

        return chosen;
    }

    private int EarliestEnd(int v, int factory)
    {
        Fastest(v, factory, 0, out var end);
        return end;
    }

    private int Fastest(int v, int factory, int noise, out int end)
    {
        var (chosen, ties) = (-1, 0);
        end = int.MaxValue;
        var (from, to) = (shop.AlternativeStart[v], shop.AlternativeStart[v + 1]);
        if (noise > 0 && to - from > 1 && random.Below(100) < noise) from = to - 1 - random.Below(to - from);
        for (var a = from; a < to; a++)
        {
            var machine = shop.MachineIn(a, factory);
            var previous = shop.Previous[v];
            var ready = previous == shop.Count ? 0 : _jobEnd[shop.JobOf[v]] + shop.TransportBetween(_machine[previous], machine);
            ready = Math.Max(Math.Max(ready, shop.Earliest[v]), _machineEnd[machine]);
            var ends = shop.Calendars.EarliestEnd(machine, ready, shop.AlternativeDuration[a], shop.Interruptible[v], out _);
            if (ends > end) continue;
            if (ends < end) (end, ties) = (ends, 0);
            if (random.Below(++ties) == 0) chosen = a;
        }

        return chosen;
    }

    /// <summary>From each operation to the end of its job, each on its fastest machine.</summary>
    private static long[] ShortestWork(FlatShop shop)
    {
        var work = new long[shop.Count];
        for (var v = shop.Count - 1; v >= 0; v--)
        {
            var shortest = int.MaxValue;
            for (var a = shop.AlternativeStart[v]; a < shop.AlternativeStart[v + 1]; a++) shortest = Math.Min(shortest, shop.AlternativeDuration[a]);
            work[v] = shortest + (shop.Next[v] == shop.Count ? 0 : work[v + 1]);
        }

        return work;
    }
}
