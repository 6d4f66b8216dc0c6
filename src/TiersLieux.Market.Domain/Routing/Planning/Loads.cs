using TiersLieux.Market.Domain.Capacity;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A workshop while one request is planned: what its people have left.</summary>
internal sealed class WorkshopLoad
{
    private readonly IReadOnlyList<int> _people;
    private readonly int _firstDay;

    /// <summary>Hundredths of a person's minute that the plan takes per day; null when none.</summary>
    private int[]? _used;

    public WorkshopLoad(WorkshopCapacity capacity, int position, DateTime now, PlanningClock clock)
    {
        Capacity = capacity;
        Position = position;
        Earliest = clock.Ceiling(now + capacity.Notice);
        Days = clock.Days;
        _people = capacity.People.Minutes;
        _firstDay = clock.Date(0).DayNumber - capacity.People.From.DayNumber;
    }

    public WorkshopCapacity Capacity { get; }

    /// <summary>Where it is in the snapshot.</summary>
    public int Position { get; }

    /// <summary>First minute after the notice it asks for.</summary>
    public int Earliest { get; }

    /// <summary>Operations of this order that it already has.</summary>
    public int Operations { get; set; }

    /// <summary>Tenths of a km to the customer; 0 when the customer collects here.</summary>
    public int KmToCustomer { get; init; }

    public bool CustomerCollects { get; init; }

    /// <summary>Work it had lately against its share; 1 is its share.</summary>
    public decimal ShareOfWork { get; init; } = 1;

    /// <summary>
    /// What its cost is multiplied by where fairness counts; never below 1. So steep that the share decides, and the cost only among equals: what it may
    /// cost is bounded apart.
    /// </summary>
    public double Handicap => 1 + 20 * (double)Math.Clamp(ShareOfWork, 0, 20);

    private int Days { get; }

    /// <summary>Hundredths of a person's minute left on a day.</summary>
    public int Left(int day)
    {
        var at = day + _firstDay;
        var there = at >= 0 && at < _people.Count ? Math.Clamp(_people[at], 0, 10_000_000) * 100 : 0;
        return _used is null ? there : there - _used[day];
    }

    /// <param name="amount">Negative gives back.</param>
    public void Use(int day, int amount) => (_used ??= new int[Days])[day] += amount;
}

/// <summary>A machine while one request is planned: its free time, and what the plan takes of it.</summary>
internal sealed class MachineLoad(MachineCapacity capacity, FreeCalendar calendar, int position, PlanningClock clock)
{
    private readonly List<(int Start, int End)> _taken = [];

    public MachineCapacity Capacity => capacity;

    /// <summary>Where it is in the snapshot.</summary>
    public int Position => position;

    public int LongestStretch => calendar.LongestStretch;

    /// <summary>Free minutes between two instants, what the plan takes not counted off.</summary>
    public int FreeBetween(int from, int to) => calendar.FreeBetween(from + clock.Origin, to + clock.Origin);

    public void Take(int start, int end)
    {
        var index = _taken.FindIndex(taken => taken.Start > start);
        _taken.Insert(index < 0 ? _taken.Count : index, (start, end));
    }

    public void GiveBack(int start, int end) => _taken.Remove((start, end));

    public Gaps GapsFrom(int ready) => new(this, calendar.From(ready + clock.Origin), ready, clock);

    /// <summary>Walks through the gaps that end after an instant, in order.</summary>
    public struct Gaps
    {
        private readonly MachineLoad _machine;
        private readonly int _origin;
        private readonly int _horizon;
        private FreeCalendar.Walk _free;
        private (int Start, int End) _stretch;
        private int _taken;
        private int _from;
        private bool _linked;

        public Gaps(MachineLoad machine, FreeCalendar.Walk free, int ready, PlanningClock clock)
        {
            (_machine, _free, _from) = (machine, free, ready);
            (_origin, _horizon) = (clock.Origin, clock.End);
        }

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <summary>Between the gap before and this one the machine was only closed.</summary>
        public bool Joined { get; private set; }

        /// <param name="run">May pass over gaps from which on the machine does not offer so many minutes in one run.</param>
        /// <param name="stretch">May pass over gaps shorter than this.</param>
        public bool MoveNext(int run, int stretch)
        {
            var taken = _machine._taken;
            while (true)
            {
                var start = Math.Max(_from, _stretch.Start);
                if (start >= _stretch.End)
                {
                    if (!_free.MoveNext(_linked ? 0 : run, _linked ? 0 : stretch)) return false;
                    if (_free.Jumped) _linked = false;
                    _stretch = (_free.Start - _origin, Math.Min(_free.End - _origin, _horizon));
                    if (_stretch.Start >= _horizon) return false;
                    continue;
                }

                while (_taken < taken.Count && taken[_taken].End <= start) _taken++;
                if (_taken < taken.Count && taken[_taken].Start <= start)
                {
                    _from = taken[_taken].End;
                    _linked = false;
                    continue;
                }

                Joined = _linked && start == _stretch.Start;
                Start = start;
                End = _taken < taken.Count ? Math.Min(_stretch.End, taken[_taken].Start) : _stretch.End;
                _linked = End == _stretch.End && _free.GoesOn;
                _from = End;
                return true;
            }
        }
    }
}
