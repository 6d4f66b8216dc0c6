using System.Runtime.CompilerServices;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>An operation to another alternative or position; the position is counted without it.</summary>
internal readonly record struct ShopMove(int Operation, int Alternative, int Position, bool IsTabu);

/// <summary>
/// The reduced neighbourhood of Mastrolilli &amp; Gambardella (2000): on each of its machines an operation goes between the last of those that must come
/// before what follows it and the first of those that end after it could begin. These moves make no cycle, and the best insertion is among them.
/// The length of the longest path through the operation is estimated in constant time.
/// </summary>
internal sealed class Neighbourhood(FlatShop shop, Schedule schedule, SearchRandom random, long[] tabuUntil, int width)
{
    private readonly ShopMove[] _moves = new ShopMove[width];
    private readonly long[] _keys = new long[width]; // Estimate, then chance.
    private int _worst;

    /// <summary>Moves found by the last scan, best first.</summary>
    public int Found { get; private set; }

    public ShopMove this[int i] => _moves[i];

    /// <summary>
    /// The best moves of the operations of a path that are not tabu, or promise less than <paramref name="aspiration"/>; any one if all are tabu.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scan(int[] path, int count, long iteration, int aspiration)
    {
        (Found, _worst) = (0, int.MaxValue);
        var any = 0;
        ShopMove fallback = default;
        for (var i = 0; i < count; i++)
        {
            var v = path[i];
            var factory = schedule.Factory[shop.JobOf[v]];
            var last = shop.AlternativeStart[v + 1];
            for (var a = shop.AlternativeStart[v]; a < last; a++)
            {
                var position = Best(v, a, shop.MachineIn(a, factory), out var estimate);
                if (position < 0) continue;
                var tabu = tabuUntil[a] >= iteration;
                if (tabu && estimate >= aspiration)
                {
                    if (random.Below(++any) == 0) fallback = new ShopMove(v, a, position, true);
                }
                else if (estimate <= _worst)
                {
                    Offer(new ShopMove(v, a, position, tabu), estimate);
                }
            }
        }

        if (Found == 0 && any > 0) (Found, _moves[0]) = (1, fallback);
    }

    /// <summary>The best alternative and position for one operation, tabu or not.</summary>
    public ShopMove BestFor(int v)
    {
        var least = int.MaxValue;
        ShopMove best = default;
        var factory = schedule.Factory[shop.JobOf[v]];
        for (var a = shop.AlternativeStart[v]; a < shop.AlternativeStart[v + 1]; a++)
        {
            var position = Best(v, a, shop.MachineIn(a, factory), out var estimate);
            if (position >= 0 && estimate < least) (least, best) = (estimate, new ShopMove(v, a, position, IsTabu: false));
        }

        return best;
    }

    private void Offer(ShopMove move, int estimate)
    {
        var key = ((long)estimate << 16) | (uint)random.Below(1 << 16);
        var i = Found < width ? Found++ : width - 1;
        if (i == width - 1 && Found == width && _worst != int.MaxValue && key >= _keys[i]) return;
        for (; i > 0 && _keys[i - 1] > key; i--) (_keys[i], _moves[i]) = (_keys[i - 1], _moves[i - 1]);
        (_keys[i], _moves[i]) = (key, move);
        if (Found == width) _worst = (int)(_keys[width - 1] >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Best(int v, int alternative, int machine, out int estimate)
    {
        var ready = schedule.Arrival(v, machine);
        var rest = schedule.Remaining(v, machine);
        var duration = shop.AlternativeDuration[alternative];
        return machine == schedule.Machine[v] ? OnItsMachine(v, machine, ready, rest, duration, out estimate) : OnAnother(v, machine, ready, rest, duration, out estimate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int OnAnother(int v, int machine, int ready, int rest, int duration, out int estimate)
    {
        var (end, tail) = (schedule.End, schedule.Tail);
        var load = schedule.Load[machine];
        var sequence = schedule.Sequence.AsSpan(shop.MachineOffset[machine], load);
        // Those that end after v could begin are a suffix, those whose tail is longer than what follows v a prefix.
        var (low, high) = (0, load);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (end[sequence[middle]] > ready) high = middle;
            else low = middle + 1;
        }

        var suffix = low;
        (low, high) = (0, load);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (tail[sequence[middle]] > rest) low = middle + 1;
            else high = middle;
        }

        if (low <= suffix)
        {
            estimate = schedule.Finish(v, machine, ready, duration, out _) + rest;
            return low == suffix ? low : low + random.Below(suffix - low + 1);
        }

        var position = -1;
        estimate = int.MaxValue;
        for (var at = suffix; at <= low; at++)
        {
            var begin = at == 0 ? ready : Math.Max(ready, end[sequence[at - 1]]);
            var follow = at == load ? rest : Math.Max(rest, tail[sequence[at]]);
            var length = schedule.Finish(v, machine, begin, duration, out _) + follow;
            if (length < estimate) (estimate, position) = (length, at);
        }

        return position;
    }

    /// <summary>Heads behind it and tails before it are taken as they are without it, job neighbours of those as they are with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int OnItsMachine(int v, int machine, int ready, int rest, int duration, out int estimate)
    {
        var (end, tail) = (schedule.End, schedule.Tail);
        var load = schedule.Load[machine];
        var sequence = schedule.Sequence.AsSpan(shop.MachineOffset[machine], load);
        var at = schedule.Position[v];
        var position = -1;
        estimate = int.MaxValue;

        var behind = tail[schedule.After[v]];
        for (var i = at - 1; i >= 0; i--)
        {
            var u = sequence[i];
            if (end[u] <= ready) break;
            behind = schedule.TailOf(u, machine, Math.Max(schedule.Remaining(u, machine), behind), schedule.Duration[u]);
            var begin = i == 0 ? ready : Math.Max(ready, end[sequence[i - 1]]);
            var length = schedule.Finish(v, machine, begin, duration, out _) + Math.Max(rest, behind);
            if (length < estimate) (estimate, position) = (length, i);
        }

        var before = end[schedule.Before[v]];
        for (var i = at + 1; i < load; i++)
        {
            var u = sequence[i];
            if (tail[u] <= rest) break;
            before = schedule.Finish(u, machine, Math.Max(schedule.Arrival(u, machine), before), schedule.Duration[u], out _);
            var follow = i + 1 == load ? rest : Math.Max(rest, tail[sequence[i + 1]]);
            var length = schedule.Finish(v, machine, Math.Max(ready, before), duration, out _) + follow;
            if (length < estimate) (estimate, position) = (length, i);
        }

        return position;
    }
}
