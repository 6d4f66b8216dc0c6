namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Finds the earliest time of one operation on one machine. Holds the last answer, so a search allocates nothing.</summary>
internal sealed class SlotSearch(PlanningClock clock)
{
    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>When it is worked on.</summary>
    public List<(int Start, int End)> Segments { get; } = [];

    /// <summary>Hundredths of a person's minute it takes, per day; a day may occur twice.</summary>
    public List<(int Day, int Amount)> Use { get; } = [];

    /// <param name="ready">Not before.</param>
    /// <param name="duration">Working minutes, more than 0.</param>
    /// <param name="attendance">People in hundredths.</param>
    /// <param name="latest">Must end by then.</param>
    public bool Find(MachineLoad machine, WorkshopLoad workshop, int ready, int duration, int attendance, bool interruptible, int latest)
    {
        latest = Math.Min(latest, clock.End);
        if (ready > latest - duration) return false;
        return interruptible
            ? FindSuspendable(machine, workshop, ready, duration, attendance, latest)
            : FindWhole(machine, workshop, ready, duration, attendance, latest);
    }

    /// <summary>The minutes of work that the first run from an instant on holds up to another, and when that run is over. Leaves no answer.</summary>
    /// <returns>Null when there are no more runs before <paramref name="latest"/>.</returns>
    public (int Minutes, int Start, int Over)? Room(MachineLoad machine, WorkshopLoad workshop, int ready, int attendance, bool interruptible, int latest)
    {
        latest = Math.Min(latest, clock.End);
        Segments.Clear();
        Use.Clear();
        var gaps = machine.GapsFrom(ready);
        var (rest, over) = (int.MaxValue, -1);
        while (gaps.MoveNext(0, 0) && gaps.Start < latest && (over < 0 || (interruptible && gaps.Joined)))
        {
            over = gaps.End;
            rest = Work(gaps.Start, Math.Min(gaps.End, latest), workshop, rest, attendance);
        }

        if (over < 0) return null;
        if (Segments.Count == 0) return (0, over, over);
        return (interruptible ? int.MaxValue - rest : Segments[0].End - Segments[0].Start, Segments[0].Start, over);
    }

    private bool FindWhole(MachineLoad machine, WorkshopLoad workshop, int ready, int duration, int attendance, int latest)
    {
        var gaps = machine.GapsFrom(ready);
        while (gaps.MoveNext(duration, duration))
        {
            var start = gaps.Start;
            if (start > latest - duration) return false;
            while (start + duration <= gaps.End)
            {
                var later = LaterStart(workshop, start, start + duration, attendance);
                if (later == start)
                {
                    if (start + duration > latest) return false;
                    Record(start, duration, attendance);
                    return true;
                }

                start = later;
            }
        }

        return false;
    }

    /// <summary>
    /// The start itself when people suffice on every day; else the first start that leaves the first short day no more work
    /// than its people have: any start before would still be short on that day.
    /// </summary>
    private int LaterStart(WorkshopLoad workshop, int start, int end, int attendance)
    {
        if (attendance == 0) return start;
        for (var day = clock.DayOf(start); clock.DayStart(day) < end; day++)
        {
            var minutes = Math.Min(end, clock.DayStart(day + 1)) - Math.Max(start, clock.DayStart(day));
            if ((long)minutes * attendance > workshop.Left(day)) return clock.DayStart(day + 1) - workshop.Left(day) / attendance;
        }

        return start;
    }

    private void Record(int start, int duration, int attendance)
    {
        (Start, End) = (start, start + duration);
        Segments.Clear();
        Segments.Add((Start, End));
        Use.Clear();
        if (attendance == 0) return;
        for (var day = clock.DayOf(start); clock.DayStart(day) < End; day++)
            Use.Add((day, (Math.Min(End, clock.DayStart(day + 1)) - Math.Max(start, clock.DayStart(day))) * attendance));
    }

    private bool FindSuspendable(MachineLoad machine, WorkshopLoad workshop, int ready, int duration, int attendance, int latest)
    {
        var gaps = machine.GapsFrom(ready);
        var rest = duration;
        while (gaps.MoveNext(duration, 0))
        {
            if (rest == duration || !gaps.Joined)
            {
                rest = duration;
                Segments.Clear();
                Use.Clear();
            }

            if (gaps.Start > latest - rest) return false;
            rest = Work(gaps.Start, gaps.End, workshop, rest, attendance);
            if (rest > 0) continue;
            (Start, End) = (Segments[0].Start, Segments[^1].End);
            return End <= latest;
        }

        return false;
    }

    /// <summary>
    /// Works as much as people allow within a gap, day by day. Once begun, work whose people are spent for the day waits on the
    /// machine for the next day.
    /// </summary>
    private int Work(int from, int to, WorkshopLoad workshop, int rest, int attendance)
    {
        for (var day = clock.DayOf(from); from < to && rest > 0; day++)
        {
            var dayEnd = Math.Min(to, clock.DayStart(day + 1));
            var minutes = Math.Min(dayEnd - from, rest);
            if (attendance > 0) minutes = Math.Min(minutes, (workshop.Left(day) - UsedOn(day)) / attendance);
            if (minutes > 0)
            {
                if (Segments.Count > 0 && Segments[^1].End == from) Segments[^1] = (Segments[^1].Start, from + minutes);
                else Segments.Add((from, from + minutes));
                if (attendance > 0) Use.Add((day, minutes * attendance));
                rest -= minutes;
            }

            from = dayEnd;
        }

        return rest;
    }

    private int UsedOn(int day)
    {
        var used = 0;
        for (var i = Use.Count - 1; i >= 0 && Use[i].Day == day; i--) used += Use[i].Amount;
        return used;
    }
}
