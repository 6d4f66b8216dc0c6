namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A workshop while one request is planned: what its people have left.</summary>
internal sealed class WorkshopLoad
{
    public WorkshopLoad(WorkshopCapacity capacity, int index, DateTime now, PlanningClock clock)
    {
        Capacity = capacity;
        Index = index;
        Earliest = clock.Ceiling(now + capacity.Notice);
        Left = [.. Enumerable.Range(0, clock.Days).Select(day => Math.Max(0, capacity.People.On(clock.Date(day))) * 100)];
    }

    public WorkshopCapacity Capacity { get; }

    public int Index { get; }

    /// <summary>First minute after the notice it asks for.</summary>
    public int Earliest { get; }

    /// <summary>Hundredths of a person's minute left per day.</summary>
    public int[] Left { get; }

    /// <summary>Operations of this order that it already has.</summary>
    public int Operations { get; set; }

    /// <summary>Km to the customer; 0 when the customer collects here.</summary>
    public decimal KmToCustomer { get; init; }

    public bool CustomerCollects { get; init; }
}

/// <summary>A machine while one request is planned: free time in minutes, and what the plan takes of it.</summary>
internal sealed class MachineLoad
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly bool[] _continues;

    /// <summary>Free minutes from a stretch on until work could not stay on the machine any longer, and the stretch after that.</summary>
    private readonly (int Minutes, int Next)[] _runs;
    private readonly List<(int Start, int End)> _taken = [];

    public MachineLoad(MachineCapacity capacity, PlanningClock clock)
    {
        Capacity = capacity;
        var minutes = new List<(int Start, int End, bool Continues)>(capacity.Free.Count);
        foreach (var free in capacity.Free)
        {
            var (start, end) = (Math.Max(clock.Ceiling(free.Start), clock.Now), Math.Min(clock.Floor(free.End), clock.End));
            if (start < end) minutes.Add((start, end, free.ContinuesAfterClosing));
            else if (minutes.Count > 0 && !free.ContinuesAfterClosing) minutes[^1] = minutes[^1] with { Continues = false };
        }

        _starts = [.. minutes.Select(free => free.Start)];
        _ends = [.. minutes.Select(free => free.End)];
        _continues = [.. minutes.Select(free => free.Continues)];
        _runs = new (int Minutes, int Next)[minutes.Count];
        for (var i = minutes.Count - 1; i >= 0; i--)
        {
            var goesOn = _continues[i] && i + 1 < minutes.Count;
            _runs[i] = (_ends[i] - _starts[i] + (goesOn ? _runs[i + 1].Minutes : 0), goesOn ? _runs[i + 1].Next : i + 1);
        }
    }

    public MachineCapacity Capacity { get; }

    public int LongestGap
    {
        get
        {
            var longest = 0;
            for (var i = 0; i < _starts.Length; i++) longest = Math.Max(longest, _ends[i] - _starts[i]);
            return longest;
        }
    }

    public void Take(int start, int end)
    {
        var index = _taken.FindIndex(taken => taken.Start > start);
        _taken.Insert(index < 0 ? _taken.Count : index, (start, end));
    }

    public void GiveBack(int start, int end) => _taken.Remove((start, end));

    public Gaps GapsFrom(int ready) => new(this, ready);

    /// <summary>Walks through the gaps that end after an instant, in order.</summary>
    public struct Gaps
    {
        private readonly MachineLoad _machine;
        private int _free;
        private int _taken;
        private int _from;
        private bool _linked;

        public Gaps(MachineLoad machine, int ready)
        {
            _machine = machine;
            _from = ready;
            var found = Array.BinarySearch(machine._ends, ready);
            _free = found < 0 ? ~found : found + 1;
        }

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <summary>Between the gap before and this one the machine was only closed.</summary>
        public bool Joined { get; private set; }

        /// <param name="needed">Passes over gaps from which on the machine does not offer so many minutes in one run.</param>
        public bool MoveNext(int needed)
        {
            var (starts, ends, taken) = (_machine._starts, _machine._ends, _machine._taken);
            while (_free < starts.Length)
            {
                var start = Math.Max(_from, starts[_free]);
                if (start >= ends[_free])
                {
                    _free++;
                    continue;
                }

                while (_taken < taken.Count && taken[_taken].End <= start) _taken++;
                if (_taken < taken.Count && taken[_taken].Start <= start)
                {
                    _from = taken[_taken].End;
                    _linked = false;
                    continue;
                }

                var joined = _linked && start == starts[_free];
                var run = _machine._runs[_free];
                if (!joined && run.Minutes - (start - starts[_free]) < needed)
                {
                    _free = run.Next;
                    _linked = false;
                    continue;
                }

                Start = start;
                End = _taken < taken.Count ? Math.Min(ends[_free], taken[_taken].Start) : ends[_free];
                Joined = joined;
                _linked = End == ends[_free] && _machine._continues[_free];
                _from = End;
                return true;
            }

            return false;
        }
    }
}
