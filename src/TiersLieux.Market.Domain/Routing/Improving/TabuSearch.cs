using System.Runtime.CompilerServices;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Tabu search over the moves of Mastrolilli &amp; Gambardella (2000): a critical operation is taken out and put between those that end after it could
/// begin and those that must follow what follows it, on any of its machines. A move is estimated in constant time by the longest path through the
/// operation; the chosen one is evaluated exactly.
/// </summary>
internal sealed class TabuSearch
{
    private readonly FlatShop _shop;
    private readonly Schedule _schedule;
    private readonly SearchRandom _random;
    private readonly ShopObjective _objective;
    private readonly SearchClock _clock;
    private readonly long _bound;
    private readonly int[] _path;
    private readonly long[] _tabuUntil; // By alternative: until which iteration its operation may not come (back) to that machine.
    private readonly Genome _best;
    private long _iteration;

    // The move found by the last scan.
    private int _alternative;
    private int _position;
    private int _operation;
    private int _estimate;
    private int _ties;

    public TabuSearch(FlatShop shop, ShopObjective objective, SearchRandom random, SearchClock clock, long bound)
    {
        (_shop, _objective, _random, _clock, _bound) = (shop, objective, random, clock, bound);
        _schedule = new Schedule(shop);
        _path = new int[shop.Count];
        _tabuUntil = new long[shop.AlternativeMachine.Length];
        _best = new Genome(shop);
    }

    /// <summary>Improves a solution until <paramref name="patience"/> moves in a row bring nothing, the bound is met or the time is up.</summary>
    public void Improve(Genome genome, int patience)
    {
        _schedule.Restore(genome);
        var value = _schedule.Value(_objective);
        genome.Value = value;
        Array.Clear(_tabuUntil);
        var left = patience;
        while (left-- > 0 && !_clock.IsOver && !(genome.Value.Lateness == 0 && genome.Value.Objective <= _bound))
        {
            _iteration++;
            _clock.Tick();
            _schedule.Backward(-1);
            var count = TracePath();
            if (!Scan(count, (int)genome.Value.Objective)) break;
            var (v, from) = (_operation, _schedule.Alternative[_operation]);
            if (!_schedule.Move(v, _alternative, _position)) throw new InvalidOperationException("cycle");
            _tabuUntil[from] = _iteration + Tenure(v, count);
            value = _schedule.Value(_objective);
            if (value < genome.Value)
            {
                _schedule.Save(genome);
                genome.Value = value;
                left = patience;
            }
        }
    }

    private int Tenure(int v, int critical) => critical + _shop.AlternativeStart[v + 1] - _shop.AlternativeStart[v];

    /// <summary>One critical path, backwards from the end, chosen at random where there are several.</summary>
    private int TracePath()
    {
        var (end, start, none) = (_schedule.End, _schedule.Start, _shop.Count);
        var (v, ties) = (none, 0);
        for (var j = 0; j < _shop.Jobs; j++)
        {
            var last = _shop.First[j + 1] - 1;
            if (end[last] == _schedule.Horizon && _random.Below(++ties) == 0) v = last;
        }

        var count = 0;
        while (v != none)
        {
            _path[count++] = v;
            var (job, machine) = (_shop.Previous[v], _schedule.Before[v]);
            var (byJob, byMachine) = (_schedule.Arrival(v, _schedule.Machine[v]), end[machine]);
            if (byJob > byMachine || (byJob == byMachine && machine == none)) v = job == none || byJob > end[job] + _shop.TransportBetween(_schedule.Machine[job], _schedule.Machine[v]) ? none : job;
            else if (byJob < byMachine || job == none) v = machine;
            else v = _random.Below(2) == 0 ? job : machine;
        }

        return count;
    }

    /// <summary>Finds the best move of the operations of the path that is not tabu, or that promises a new best; a random one if all are tabu.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Scan(int count, int best)
    {
        (_operation, _estimate, _ties) = (-1, int.MaxValue, 0);
        var (anyOperation, anyAlternative, anyPosition, any) = (-1, 0, 0, 0);
        var (end, tail, sequence) = (_schedule.End, _schedule.Tail, _schedule.Sequence);
        for (var i = 0; i < count; i++)
        {
            var v = _path[i];
            var factory = _schedule.Factory[_shop.JobOf[v]];
            var last = _shop.AlternativeStart[v + 1];
            for (var a = _shop.AlternativeStart[v]; a < last; a++)
            {
                var machine = _shop.MachineIn(a, factory);
                var offset = _shop.MachineOffset[machine];
                var load = _schedule.Load[machine];
                var ready = _schedule.Arrival(v, machine);
                var rest = _schedule.Remaining(v, machine);
                var duration = _shop.AlternativeDuration[a];
                int estimate, position;
                if (machine == _schedule.Machine[v])
                {
                    if (load == 1) continue;
                    estimate = EstimateOwn(v, machine, ready, rest, duration, out position);
                    if (position < 0) continue;
                }
                else
                {
                    // Those that end after v could begin are a suffix, those whose tail is longer than what follows v a prefix.
                    var (low, high) = (0, load);
                    while (low < high)
                    {
                        var middle = (low + high) >>> 1;
                        if (end[sequence[offset + middle]] > ready) high = middle;
                        else low = middle + 1;
                    }

                    var suffix = low;
                    high = load;
                    low = 0;
                    while (low < high)
                    {
                        var middle = (low + high) >>> 1;
                        if (tail[sequence[offset + middle]] > rest) low = middle + 1;
                        else high = middle;
                    }

                    if (low <= suffix)
                    {
                        position = low == suffix ? low : low + _random.Below(suffix - low + 1);
                        estimate = _schedule.Finish(v, machine, ready, duration, out _) + rest;
                    }
                    else
                    {
                        (estimate, position) = (int.MaxValue, -1);
                        for (var at = suffix; at <= low; at++)
                        {
                            var begin = at == 0 ? ready : Math.Max(ready, end[sequence[offset + at - 1]]);
                            var follow = at == load ? rest : Math.Max(rest, tail[sequence[offset + at]]);
                            var length = _schedule.Finish(v, machine, begin, duration, out _) + follow;
                            if (length < estimate) (estimate, position) = (length, at);
                        }
                    }
                }

                if (_tabuUntil[a] >= _iteration && estimate >= best)
                {
                    if (_random.Below(++any) == 0) (anyOperation, anyAlternative, anyPosition) = (v, a, position);
                    continue;
                }

                if (estimate > _estimate) continue;
                if (estimate < _estimate) (_estimate, _ties) = (estimate, 0);
                if (_random.Below(++_ties) == 0) (_operation, _alternative, _position) = (v, a, position);
            }
        }

        if (_operation < 0) (_operation, _alternative, _position) = (anyOperation, anyAlternative, anyPosition);
        return _operation >= 0;
    }

    /// <summary>The best other position on its own machine; heads behind it and tails before it are those without it, job neighbours taken as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EstimateOwn(int v, int machine, int ready, int rest, int duration, out int position)
    {
        var (end, tail, sequence) = (_schedule.End, _schedule.Tail, _schedule.Sequence);
        var offset = _shop.MachineOffset[machine];
        var load = _schedule.Load[machine];
        var at = _schedule.Position[v];
        var estimate = int.MaxValue;
        position = -1;

        var behind = tail[_schedule.After[v]];
        for (var i = at - 1; i >= 0; i--)
        {
            var u = sequence[offset + i];
            if (end[u] <= ready) break;
            behind = _schedule.TailOf(u, machine, Math.Max(_schedule.Remaining(u, machine), behind), _schedule.Duration[u]);
            var begin = i == 0 ? ready : Math.Max(ready, end[sequence[offset + i - 1]]);
            var length = _schedule.Finish(v, machine, begin, duration, out _) + Math.Max(rest, behind);
            if (length < estimate) (estimate, position) = (length, i);
        }

        var before = end[_schedule.Before[v]];
        for (var i = at + 1; i < load; i++)
        {
            var u = sequence[offset + i];
            if (tail[u] <= rest) break;
            before = _schedule.Finish(u, machine, Math.Max(_schedule.Arrival(u, machine), before), _schedule.Duration[u], out _);
            var follow = i + 1 == load ? rest : Math.Max(rest, tail[sequence[offset + i + 1]]);
            var length = _schedule.Finish(v, machine, Math.Max(ready, before), duration, out _) + follow;
            if (length < estimate) (estimate, position) = (length, i);
        }

        return estimate;
    }
}
