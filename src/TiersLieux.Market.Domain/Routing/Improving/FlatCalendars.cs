namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// The free time of all machines in flat arrays. After the last stretch every machine opens again, for good, at <see cref="Beyond"/>: what does not
/// fit is planned there, so that a search can start from anything; a plan that ends there is none.
/// </summary>
internal sealed class FlatCalendars
{
    /// <summary>Later than any time of a problem (<see cref="ShopCheck"/> sees to it).</summary>
    public const int Beyond = 1 << 29;

    private readonly int[] _first; // Of machine m: stretches _first[m] .. _first[m + 1]; none means always open.
    private readonly int[] _start;
    private readonly int[] _end;
    private readonly bool[] _continues;

    public FlatCalendars(IReadOnlyList<IReadOnlyList<ShopFreeTime>?> machines)
    {
        _first = new int[machines.Count + 1];
        var all = new List<ShopFreeTime>();
        for (var m = 0; m < machines.Count; m++)
        {
            _first[m] = all.Count;
            if (machines[m] is { } free)
            {
                all.AddRange(free.Where(stretch => stretch.End > stretch.Start));
                all.Add(new ShopFreeTime(Beyond, int.MaxValue));
            }
        }

        _first[^1] = all.Count;
        _start = [.. all.Select(stretch => stretch.Start)];
        _end = [.. all.Select(stretch => stretch.End)];
        _continues = [.. all.Select(stretch => stretch.ContinuesAfterClosing)];
        AlwaysOpen = all.Count == 0;
    }

    public bool AlwaysOpen { get; }

    /// <summary>The earliest start at or after <paramref name="ready"/>, and its end.</summary>
    public int EarliestEnd(int machine, int ready, int duration, bool interruptible, out int start)
    {
        var (i, last) = (_first[machine], _first[machine + 1]);
        start = ready;
        if (i == last) return ready + duration;
        i = FirstEndingAfter(i, last, ready);
        while (true)
        {
            start = Math.Max(ready, _start[i]);
            if (_end[i] - start >= duration) return start + duration;
            if (!interruptible)
            {
                i++;
                continue;
            }

            var left = duration;
            var from = start;
            while (left > _end[i] - from && _continues[i])
            {
                left -= _end[i] - from;
                from = _start[++i];
            }

            if (left <= _end[i] - from) return from + left;
            i++;
        }
    }

    /// <summary>The latest start so that it ends by <paramref name="by"/>; far below 0 when there is none.</summary>
    public int LatestStart(int machine, int by, int duration, bool interruptible)
    {
        var (first, last) = (_first[machine], _first[machine + 1]);
        if (first == last) return by - duration;
        var i = FirstEndingAfter(first, last, by - 1);
        while (i >= first)
        {
            var end = Math.Min(by, _end[i]);
            if (end - _start[i] >= duration) return end - duration;
            if (interruptible && end > _start[i])
            {
                var left = duration - (end - _start[i]);
                while (i > first && _continues[i - 1])
                {
                    i--;
                    if (_end[i] - _start[i] >= left) return _end[i] - left;
                    left -= _end[i] - _start[i];
                }
            }

            i--;
        }

        return -Beyond;
    }

    private int FirstEndingAfter(int low, int high, int time)
    {
        high--;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_end[middle] > time) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
