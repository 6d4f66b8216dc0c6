namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Tabu search on a critical path (Mastrolilli &amp; Gambardella 2000): the best move that is not tabu is made even when it makes things worse. Where the
/// estimate of a move is the exact length of the longest path through its operation, that decides; with calendars, promises or a sum as objective the
/// best few by estimate are tried out.
/// </summary>
internal sealed class TabuSearch
{
    /// <summary>Moves tried out where the estimate is only a hint.</summary>
    private const int TriedOut = 4;

    private readonly FlatShop _shop;
    private readonly Schedule _schedule;
    private readonly Neighbourhood _neighbourhood;
    private readonly FactoryTransfer? _transfer;
    private readonly SearchRandom _random;
    private readonly ShopObjective _objective;
    private readonly SearchClock _clock;
    private readonly int[] _path;
    private readonly long[] _tabuUntil; // By alternative: until which iteration its operation may not come (back) to that machine.
    private readonly bool _exact;
    private long _iteration;

    public TabuSearch(FlatShop shop, ShopObjective objective, SearchRandom random, SearchClock clock)
    {
        (_shop, _objective, _random, _clock) = (shop, objective, random, clock);
        _schedule = new Schedule(shop);
        _path = new int[shop.Count];
        _tabuUntil = new long[shop.AlternativeMachine.Length];
        _exact = objective == ShopObjective.Makespan && shop.Calendars.AlwaysOpen && shop.Watched.Length == 0;
        _neighbourhood = new Neighbourhood(shop, _schedule, random, _tabuUntil, _exact ? 1 : TriedOut);
        _transfer = shop.Factories > 1 ? new FactoryTransfer(shop, _schedule, _neighbourhood, random) : null;
    }

    /// <summary>Improves a solution until <paramref name="patience"/> moves in a row bring nothing, the bound is met or the time is up.</summary>
    public void Improve(Genome genome, int patience, long bound)
    {
        _schedule.Restore(genome);
        var value = genome.Value = _schedule.Value(_objective);
        Array.Clear(_tabuUntil);
        for (var left = patience; left > 0 && !_clock.Tick() && !genome.Value.Meets(bound); left--)
        {
            _iteration++;
            var target = Target(value);
            _schedule.Backward(target);
            var count = TracePath(target);
            _neighbourhood.Scan(_path, count, _iteration, _exact ? (int)genome.Value.Objective : _schedule.Horizon);
            if (_neighbourhood.Found > 0) value = Step(count, genome.Value);
            if (_transfer is not null && _iteration % FactoryTransfer.Period == 0) value = _transfer.Try(_path[_random.Below(count)], value, _objective);
            if (value >= genome.Value) continue;
            _schedule.Save(genome);
            genome.Value = value;
            left = patience;
        }
    }

    /// <summary>Makes the best of the moves found.</summary>
    private ShopValue Step(int critical, ShopValue best)
    {
        var chosen = -1;
        var least = ShopValue.Worst;
        for (var i = 0; i < _neighbourhood.Found && !_exact; i++)
        {
            var move = _neighbourhood[i];
            var (from, at) = (_schedule.Alternative[move.Operation], _schedule.Position[move.Operation]);
            if (!_schedule.Move(move.Operation, move.Alternative, move.Position)) continue;
            var value = _schedule.Value(_objective);
            _schedule.Move(move.Operation, from, at);
            if (value >= least || (move.IsTabu && value >= best && _neighbourhood.Found > 1)) continue;
            (least, chosen) = (value, i);
        }

        if (_exact) chosen = 0;
        if (chosen < 0) return _schedule.Value(_objective);
        var made = _neighbourhood[chosen];
        var left = _schedule.Alternative[made.Operation];
        if (_schedule.Move(made.Operation, made.Alternative, made.Position))
            _tabuUntil[left] = _iteration + critical + _shop.AlternativeStart[made.Operation + 1] - _shop.AlternativeStart[made.Operation];
        return _schedule.Value(_objective);
    }

    /// <summary>What to shorten next: something late, or the end of everything, or of a job where all jobs count.</summary>
    private int Target(ShopValue value)
    {
        if (value.Lateness > 0)
        {
            var (late, ties) = (-1, 0);
            foreach (var v in _shop.Watched)
                if ((_schedule.End[v] > _shop.Due[v] || _schedule.End[v] >= FlatCalendars.Beyond) && _random.Below(++ties) == 0) late = v;
            return late;
        }

        return _objective == ShopObjective.Makespan ? -1 : _shop.First[_random.Below(_shop.Jobs) + 1] - 1;
    }

    /// <summary>One critical path, backwards from the target, chosen at random where there are several: of two that an operation waits for, the later.</summary>
    private int TracePath(int target)
    {
        var (end, none) = (_schedule.End, _shop.Count);
        var (v, ties) = (target, 0);
        for (var j = 0; j < _shop.Jobs && target < 0; j++)
        {
            var last = _shop.First[j + 1] - 1;
            if (end[last] == _schedule.Horizon && _random.Below(++ties) == 0) v = last;
        }

        var count = 0;
        while (v != none)
        {
            _path[count++] = v;
            var (job, machine) = (_shop.Previous[v], _schedule.Before[v]);
            var byJob = _schedule.Arrival(v, _schedule.Machine[v]);
            if (byJob < end[machine] || (byJob == end[machine] && (job == none || (machine != none && _random.Below(2) == 0)))) v = machine;
            else v = job == none || byJob > end[job] + _shop.TransportBetween(_schedule.Machine[job], _schedule.Machine[v]) ? none : job;
        }

        return count;
    }
}
