namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>Whether all operations, cut at will, fit on their machines by a time: a maximum flow (Ford &amp; Fulkerson 1956) from operations to machines.</summary>
internal sealed class LoadFlow(FlatShop shop, int[] work, int[] head, int[] tail, SearchClock clock)
{
    private const int MostSteps = 1_000_000;

    private readonly long[] _left = new long[shop.Machines];
    private readonly List<(int Operation, int Alternative)>[] _on = [.. Enumerable.Range(0, shop.Machines).Select(_ => new List<(int, int)>())];
    private int _steps;
    private readonly int[] _parent = new int[shop.Machines]; // Alternative slot by which a machine was reached.

    /// <returns>Null when there is no time left to find out, or it would take longer than it helps.</returns>
    public bool? Fits(int time)
    {
        var (heads, tails) = (new int[shop.Machines], new int[shop.Machines]);
        Array.Fill(heads, int.MaxValue);
        Array.Fill(tails, int.MaxValue);
        ForEach((v, _, machine) => (heads[machine], tails[machine]) = (Math.Min(heads[machine], head[v]), Math.Min(tails[machine], tail[v])));
        for (var m = 0; m < _left.Length; m++) _left[m] = heads[m] == int.MaxValue ? 0 : Math.Max(0, (long)time - heads[m] - tails[m]);
        var flow = new long[shop.AlternativeMachine.Length * shop.Factories];
        ForEach((v, slot, machine) => _on[machine].Add((v, slot)));
        var reached = new bool[shop.Machines];
        for (var v = 0; v < shop.Count; v++)
        {
            var rest = (long)work[v];
            while (rest > 0)
            {
                if (clock.Work(shop.Machines) || (_steps += shop.Machines) > MostSteps) return null;
                var sent = Augment(v, rest, flow, reached);
                if (sent == 0) return false;
                rest -= sent;
            }
        }

        return true;
    }

    /// <summary>Breadth first from an operation to a machine with room, pushing work of others aside.</summary>
    private long Augment(int source, long rest, long[] flow, bool[] reached)
    {
        Array.Clear(reached);
        var queue = new Queue<int>();
        var pushedFrom = new int[shop.Machines]; // The machine whose work is pushed aside, -1 for the source.
        void Reach(int v, int from)
        {
            for (var a = shop.AlternativeStart[v]; a < shop.AlternativeStart[v + 1]; a++)
                for (var f = 0; f < shop.Factories; f++)
                {
                    var machine = shop.MachineIn(a, f);
                    if (reached[machine]) continue;
                    reached[machine] = true;
                    (_parent[machine], pushedFrom[machine]) = (a * shop.Factories + f, from);
                    queue.Enqueue(machine);
                }
        }

        Reach(source, -1);
        while (queue.Count > 0)
        {
            var machine = queue.Dequeue();
            if (_left[machine] > 0) return Push(machine, Math.Min(rest, _left[machine]), flow, pushedFrom);
            foreach (var (v, slot) in _on[machine])
                if (flow[slot] > 0) Reach(v, machine);
        }

        return 0;
    }

    private long Push(int machine, long sent, long[] flow, int[] pushedFrom)
    {
        var last = machine;
        // The least that any step of the way can carry.
        for (var m = machine; pushedFrom[m] >= 0; m = pushedFrom[m]) sent = Math.Min(sent, flow[SlotOn(_parent[m], pushedFrom[m])]);
        for (var m = machine; ; m = pushedFrom[m])
        {
            flow[_parent[m]] += sent;
            if (pushedFrom[m] < 0) break;
            flow[SlotOn(_parent[m], pushedFrom[m])] -= sent;
        }

        _left[last] -= sent;
        return sent;
    }

    /// <summary>The slot of the same operation on another machine.</summary>
    private int SlotOn(int slot, int machine)
    {
        var v = Array.BinarySearch(shop.AlternativeStart, slot / shop.Factories);
        if (v < 0) v = ~v - 1;
        for (var a = shop.AlternativeStart[v]; ; a++)
            for (var f = 0; f < shop.Factories; f++)
                if (shop.MachineIn(a, f) == machine) return a * shop.Factories + f;
    }

    private void ForEach(Action<int, int, int> see)
    {
        for (var v = 0; v < shop.Count; v++)
            for (var a = shop.AlternativeStart[v]; a < shop.AlternativeStart[v + 1]; a++)
                for (var f = 0; f < shop.Factories; f++) see(v, a * shop.Factories + f, shop.MachineIn(a, f));
    }
}
