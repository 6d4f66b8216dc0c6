using System.Runtime.CompilerServices;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// A solution as a disjunctive graph (Roy &amp; Sussmann 1964): sequences of the machines, a topological order, starts and ends (heads) by a pass in that
/// order and tails by one against it. After a move only the part of the order that changed, and what follows it, is computed again.
/// </summary>
/// <remarks>
/// The tail of an operation is the time from its latest start, so that the target ends no later than now, to the end of the target. Without calendars
/// that is the longest path from it to the end, its own time included. Calendars are respected exactly in both passes.
/// </remarks>
internal sealed class Schedule
{
    /// <summary>The tail of an operation from which no way leads to the target.</summary>
    public const int NoWay = -(1 << 29);

    private readonly FlatShop _shop;
    private readonly int _none;
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly int[] _moved; // Scratch: operations that go behind the moved one.
    private readonly int[] _mark;
    private int _stamp;

    public Schedule(FlatShop shop)
    {
        _shop = shop;
        _none = shop.Count;
        (_previous, _next) = (shop.Previous, shop.Next);
        (Alternative, Machine, Duration, Position) = (new int[_none], new int[_none], new int[_none], new int[_none]);
        (Before, After, Order, Rank) = (new int[_none], new int[_none], new int[_none], new int[_none]);
        (Start, End, Tail) = (new int[_none + 1], new int[_none + 1], new int[_none + 1]);
        (Sequence, Load, Factory) = (new int[shop.MachineOffset[^1]], new int[shop.Machines], new int[shop.Jobs]);
        (_moved, _mark) = (new int[_none], new int[_none + 1]);
    }

    public int[] Alternative { get; }

    /// <summary>Machine with its factory.</summary>
    public int[] Machine { get; }

    public int[] Duration { get; }

    /// <summary>Place in the sequence of its machine.</summary>
    public int[] Position { get; }

    /// <summary>The operation before it on its machine, or none.</summary>
    public int[] Before { get; }

    public int[] After { get; }

    public int[] Order { get; }

    public int[] Rank { get; }

    public int[] Start { get; }

    public int[] End { get; }

    public int[] Tail { get; }

    /// <summary>Operations of machine m in their order: from <see cref="FlatShop.MachineOffset"/>, <see cref="Load"/> of them.</summary>
    public int[] Sequence { get; }

    public int[] Load { get; }

    public int[] Factory { get; }

    /// <summary>The one operation whose end tails are counted to, or -1: the end of everything.</summary>
    public int Target { get; private set; } = -1;

    /// <summary>End of the target.</summary>
    public int Horizon { get; private set; }

    public void Restore(Genome genome)
    {
        Array.Clear(Load);
        genome.Factory.CopyTo(Factory, 0);
        for (var i = 0; i < _none; i++)
        {
            var v = genome.Order[i];
            var alternative = genome.Alternative[v];
            var machine = _shop.MachineIn(alternative, Factory[_shop.JobOf[v]]);
            var (offset, at) = (_shop.MachineOffset[machine], Load[machine]++);
            (Alternative[v], Machine[v], Duration[v], Position[v]) = (alternative, machine, _shop.AlternativeDuration[alternative], at);
            (Order[i], Rank[v]) = (v, i);
            Sequence[offset + at] = v;
            After[v] = _none;
            if (at == 0) Before[v] = _none;
            else After[Before[v] = Sequence[offset + at - 1]] = v;
        }

        Forward(0);
    }

    public void Save(Genome genome)
    {
        Alternative.CopyTo(genome.Alternative, 0);
        Order.CopyTo(genome.Order, 0);
        Factory.CopyTo(genome.Factory, 0);
    }

    /// <summary>What the solution is worth now.</summary>
    public ShopValue Value(ShopObjective objective)
    {
        var lateness = 0L;
        foreach (var v in _shop.Watched)
        {
            if (End[v] > _shop.Due[v]) lateness += End[v] - _shop.Due[v] + (_shop.IsFrozen(v) ? ShopValue.Impossible : 0);
            if (End[v] >= FlatCalendars.Beyond) lateness += ShopValue.Impossible;
        }

        if (objective == ShopObjective.Makespan) return new ShopValue(lateness, Makespan());
        var sum = 0L;
        for (var j = 0; j < _shop.Jobs; j++) sum += (long)_shop.Weight[j] * End[_shop.First[j + 1] - 1];
        return new ShopValue(lateness, sum);
    }

    public int Makespan()
    {
        var makespan = 0;
        for (var j = 0; j < _shop.Jobs; j++) makespan = Math.Max(makespan, End[_shop.First[j + 1] - 1]);
        return makespan;
    }

    /// <summary>
    /// Takes an operation out and puts it into the sequence of the machine of one of its alternatives, at a position counted without it.
    /// Heads are then right; tails are not, until <see cref="Backward"/>.
    /// </summary>
    /// <returns>False when that would be a cycle; nothing has then changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Move(int v, int alternative, int position)
    {
        var (order, rank, sequence) = (Order, Rank, Sequence);
        var machine = _shop.MachineIn(alternative, Factory[_shop.JobOf[v]]);
        var (from, at) = (Machine[v], Position[v]);
        var offset = _shop.MachineOffset[machine];
        // The neighbours to be, with v thought away.
        var (left, right) = (position - 1, position);
        if (machine == from && left >= at) left++;
        if (machine == from && right >= at) right++;
        var count = Load[machine];
        var x = left < 0 ? _none : sequence[offset + left];
        var y = right >= count ? _none : sequence[offset + right];
        var (jobBefore, jobAfter) = (_previous[v], _next[v]);

        var low = Math.Max(x == _none ? -1 : rank[x], jobBefore == _none ? -1 : rank[jobBefore]);
        var high = Math.Min(y == _none ? _none : rank[y], jobAfter == _none ? _none : rank[jobAfter]);
        var old = rank[v];
        var first = old;
        if (low < high)
        {
            if (old > high)
            {
                for (var i = old; i > high; i--) rank[order[i] = order[i - 1]] = i;
                rank[order[high] = v] = high;
                first = high;
            }
            else if (old < low)
            {
                for (var i = old; i < low; i++) rank[order[i] = order[i + 1]] = i;
                rank[order[low] = v] = low;
            }
        }
        else
        {
            first = Reorder(v, x, y, Math.Min(high, old), Math.Max(low, old));
            if (first < 0) return false;
        }

        // Out of the old sequence.
        var oldOffset = _shop.MachineOffset[from];
        var oldCount = --Load[from];
        for (var i = at; i < oldCount; i++) Position[sequence[oldOffset + i] = sequence[oldOffset + i + 1]] = i;
        var (before, after) = (Before[v], After[v]);
        if (before != _none) After[before] = after;
        if (after != _none) Before[after] = before;

        // Into the new one.
        for (var i = Load[machine]++; i > position; i--) Position[sequence[offset + i] = sequence[offset + i - 1]] = i;
        sequence[offset + position] = v;
        (Position[v], Before[v], After[v], Machine[v]) = (position, x, y, machine);
        if (x != _none) After[x] = v;
        if (y != _none) Before[y] = v;
        (Alternative[v], Duration[v]) = (alternative, _shop.AlternativeDuration[alternative]);
        Forward(first);
        return true;
    }

    /// <summary>Where an operation can go on another machine without any change of the order.</summary>
    public int PositionByRank(int v, int machine)
    {
        var position = 0;
        while (position < Load[machine] && Rank[Sequence[_shop.MachineOffset[machine] + position]] < Rank[v]) position++;
        return position;
    }

    /// <summary>
    /// Puts everything that must follow v between the two ranks behind it (Pearce &amp; Kelly 2006, on one window).
    /// </summary>
    /// <returns>The first rank that changed, or -1 for a cycle.</returns>
    private int Reorder(int v, int x, int y, int low, int high)
    {
        var stamp = ++_stamp;
        var (order, mark) = (Order, _mark);
        if (y != _none) mark[y] = stamp;
        var jobAfter = _next[v];
        if (jobAfter != _none) mark[jobAfter] = stamp;
        var behind = 0;
        for (var i = low; i <= high; i++)
        {
            var u = order[i];
            // What followed v on its old machine does not any more.
            if (u == v || (mark[u] != stamp && (Before[u] == _none || mark[Before[u]] != stamp) && (_previous[u] == _none || mark[_previous[u]] != stamp))) continue;
            if (u == x || u == _previous[v]) return -1;
            mark[u] = stamp;
            _moved[behind++] = u;
        }

        var free = low;
        for (var i = low; i <= high; i++)
        {
            var u = order[i];
            if (u != v && mark[u] != stamp) Put(u, free++);
        }

        Put(v, free++);
        for (var i = 0; i < behind; i++) Put(_moved[i], free++);
        return low;
    }

    private void Put(int v, int rank)
    {
        Order[rank] = v;
        Rank[v] = rank;
    }

    /// <summary>Heads from a rank on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int rank)
    {
        var (order, previous, before, end) = (Order, _previous, Before, End);
        if (_shop.Plain)
        {
            var (duration, starts) = (Duration, Start);
            for (var i = rank; i < order.Length; i++)
            {
                var v = order[i];
                var ready = Math.Max(end[previous[v]], end[before[v]]);
                starts[v] = ready;
                end[v] = ready + duration[v];
            }

            return;
        }

        for (var i = rank; i < order.Length; i++)
        {
            var v = order[i];
            end[v] = Finish(v, Machine[v], Math.Max(Arrival(v, Machine[v]), end[before[v]]), Duration[v], out Start[v]);
        }
    }

    /// <summary>All tails, to the end of one operation or (-1) of everything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(int target)
    {
        Target = target;
        Horizon = target < 0 ? Makespan() : End[target];
        var (order, next, after, tail, duration) = (Order, _next, After, Tail, Duration);
        if (_shop.Plain && target < 0)
        {
            for (var i = order.Length - 1; i >= 0; i--)
            {
                var v = order[i];
                tail[v] = Math.Max(tail[next[v]], tail[after[v]]) + duration[v];
            }

            return;
        }

        tail[_none] = target < 0 ? 0 : NoWay;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var v = order[i];
            tail[v] = TailOf(v, Machine[v], Math.Max(Remaining(v, Machine[v]), tail[after[v]]), duration[v]);
        }
    }

    /// <summary>When an operation could begin on a machine as far as its job goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrival(int v, int machine)
    {
        var previous = _previous[v];
        if (_shop.Plain) return End[previous];
        var arrival = previous == _none ? 0 : End[previous] + _shop.TransportBetween(Machine[previous], machine);
        return Math.Max(arrival, _shop.Earliest[v]);
    }

    /// <summary>The tail that follows an operation on a machine as far as its job goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Remaining(int v, int machine)
    {
        var next = _next[v];
        var rest = Tail[next];
        if (!_shop.Plain && next != _none) rest += _shop.TransportBetween(machine, Machine[next]);
        return v == Target ? Math.Max(rest, 0) : rest;
    }

    /// <summary>The end of an operation that is ready on a machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Finish(int v, int machine, int ready, int duration, out int start)
    {
        if (!_shop.Calendars.AlwaysOpen) return _shop.Calendars.EarliestEnd(machine, ready, duration, _shop.Interruptible[v], out start);
        start = ready;
        return ready + duration;
    }

    /// <summary>The tail of an operation on a machine, from what follows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TailOf(int v, int machine, int rest, int duration)
    {
        if (rest < 0) return NoWay;
        return _shop.Calendars.AlwaysOpen ? rest + duration : Horizon - _shop.Calendars.LatestStart(machine, Horizon - rest, duration, _shop.Interruptible[v]);
    }
}
