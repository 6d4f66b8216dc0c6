using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>
/// The shop as it is while orders are advanced one after the other, exactly: with people, buffers, rounds of transport and members' hours. Each order
/// finds the others where they are by then, so each step can be done by itself, in this order.
/// </summary>
internal sealed class OrderPlacing
{
    private readonly RunningShop _shop;
    private readonly PlanningClock _clock;
    private readonly MovableTails _tails;
    private readonly SlotSearch _slots;
    private readonly Dictionary<Guid, MachineLoad> _machines = [];
    private readonly Dictionary<Guid, WorkshopLoad> _workshops = [];
    private readonly Dictionary<(Guid, DateOnly), int> _leftForProduction;

    /// <summary>How to take back what was done since the order was begun.</summary>
    private readonly Stack<Action> _undo = [];

    public OrderPlacing(RunningShop shop, PlanningClock clock, MovableTails tails)
    {
        (_shop, _clock, _tails, _slots) = (shop, clock, tails, new SlotSearch(clock));
        _leftForProduction = new Dictionary<(Guid, DateOnly), int>(shop.LeftForProduction);
        foreach (var operation in shop.Orders.SelectMany(order => order.Lots).SelectMany(lot => lot.Operations).Where(operation => operation.Movable is not null))
        {
            if (Machine(operation.Machine) is not { } machine) continue;
            var (start, end) = Buffered(machine, _clock.Floor(operation.Start), _clock.Ceiling(operation.End));
            machine.Take(start, end);
        }
    }

    /// <summary>Moves the lots that arrive last, each only if that makes it a day sooner; so the order is sooner, and no more of it moves than must.</summary>
    /// <returns>Null, and nothing has changed, when it is not a day sooner.</returns>
    public AdvancedOrder? Advance(RunningOrder order, IReadOnlyDictionary<RunningLot, (MovableTail Tail, IReadOnlyList<(Guid Machine, int Start)> Wish)> tails)
    {
        _undo.Clear();
        var dates = order.Lots.ToDictionary(lot => lot, lot => DateOf(order, lot));
        var before = dates.Values.Max();
        CountPeopleExactly(order);
        var moved = new List<AdvancedOperation>();
        foreach (var lot in order.Lots.Where(lot => dates[lot] == before))
        {
            if (tails.TryGetValue(lot, out var known) && Place(known.Tail, known.Wish) is { } placed)
            {
                var delivered = _tails.Delivered(order, known.Tail.Operations[^1].Now.Workshop, _clock.Ceiling(placed[^1].End));
                if (delivered != int.MaxValue && (dates[lot] = _clock.DateOf(delivered)) < before)
                {
                    moved.AddRange(placed.Where(operation => operation.Start != operation.Was.Start || operation.End != operation.Was.End || operation.Machine != operation.Was.Machine));
                    continue;
                }
            }

            return GiveUp();
        }

        return KeepMembersHours(moved) ? new AdvancedOrder(order.Id, before, dates.Values.Max(), moved) : GiveUp();
    }

    private DateOnly DateOf(RunningOrder order, RunningLot lot) =>
        lot.Operations.Where(operation => operation.Sequence == lot.Operations[^1].Sequence).Max(last => ParisTime.DateOf(_clock.At(Math.Min(_tails.Delivered(order, last.Workshop, _clock.Ceiling(last.End)), int.MaxValue / 4))));

    private AdvancedOrder? GiveUp()
    {
        while (_undo.TryPop(out var undo)) undo();
        return null;
    }

    /// <summary>What is promised of people is rounded down per work order; while an order is planned its own work counts to the hundredth, as it is planned.</summary>
    private void CountPeopleExactly(RunningOrder order)
    {
        foreach (var work in order.Lots.SelectMany(lot => lot.Operations).GroupBy(operation => operation.WorkOrder).Where(work => work.All(operation => operation.Movable is not null)))
        {
            var workshop = Workshop(work.First().Workshop);
            foreach (var (day, minutes) in PeopleLoad.PerDay(work.Select(operation => (operation.Segments, operation.PeopleMinutes)))) UsePeople(workshop, DayOf(day), -100 * minutes);
            foreach (var operation in work) UsePeople(operation, 1);
        }
    }

    private List<AdvancedOperation>? Place(MovableTail tail, IReadOnlyList<(Guid Machine, int Start)> wish)
    {
        foreach (var operation in tail.Operations)
        {
            UsePeople(operation.Now, -1);
            GiveBack(Machine(operation.Now.Machine)!, _clock.Floor(operation.Now.Start), _clock.Ceiling(operation.Now.End));
        }

        var placed = new List<AdvancedOperation>();
        var ready = tail.Ready;
        for (var i = 0; i < tail.Operations.Count; i++)
        {
            var operation = tail.Operations[i];
            if (i > 0) ready = _tails.Arrival(tail.Operations[i - 1].Now.Workshop, operation.Now.Workshop, ready);
            var (machine, workshop) = (Machine(wish[i].Machine)!, Workshop(operation.Now.Workshop));
            var from = Math.Max(Math.Max(ready, operation.Earliest), wish[i].Start);
            if (!_slots.Find(machine, workshop, from, operation.MinutesOn(wish[i].Machine), operation.Attendance, operation.Asked.Interruptible, _clock.End)) return null;
            Take(machine, _slots.Start, _slots.End);
            foreach (var (day, amount) in _slots.Use) UsePeople(workshop, day, amount);
            placed.Add(new AdvancedOperation(tail.Lot.Line, tail.Lot.Number, operation.Now, wish[i].Machine, _clock.At(_slots.Start), _clock.At(_slots.End),
                [.. _slots.Segments.Select(segment => new Interval(_clock.At(segment.Start), _clock.At(segment.End)))]));
            ready = _slots.End;
        }

        return placed;
    }

    /// <summary>Production takes no more of a week than it had, and was left, on machines that keep hours for members.</summary>
    private bool KeepMembersHours(List<AdvancedOperation> moved)
    {
        var more = new Dictionary<(Guid, DateOnly), int>();
        foreach (var operation in moved)
        {
            Count(operation.Was.Machine, operation.Was.Start, operation.Was.End, -1);
            Count(operation.Machine, operation.Start, operation.End, 1);
        }

        if (more.Any(week => _leftForProduction.TryGetValue(week.Key, out var left) && week.Value > Math.Max(0, left))) return false;
        foreach (var (week, minutes) in more)
            if (_leftForProduction.ContainsKey(week)) _leftForProduction[week] -= minutes;
        return true;

        void Count(Guid machine, DateTime start, DateTime end, int sign)
        {
            var to = _clock.Ceiling(end);
            for (var from = _clock.Floor(start); from < to;)
            {
                var date = _clock.DateOf(from);
                var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
                var until = Math.Min(to, _clock.DayStart(monday.AddDays(7)));
                more[(machine, monday)] = more.GetValueOrDefault((machine, monday)) + sign * Machine(machine)!.FreeBetween(from, until);
                from = until;
            }
        }
    }

    private void Take(MachineLoad machine, int start, int end)
    {
        var taken = Buffered(machine, start, end);
        machine.Take(taken.Start, taken.End);
        _undo.Push(() => machine.GiveBack(taken.Start, taken.End));
    }

    private void GiveBack(MachineLoad machine, int start, int end)
    {
        var taken = Buffered(machine, start, end);
        machine.GiveBack(taken.Start, taken.End);
        _undo.Push(() => machine.Take(taken.Start, taken.End));
    }

    private void UsePeople(RunningOperation operation, int sign)
    {
        if (operation.PeopleMinutes == 0) return;
        var worked = operation.Segments.Sum(segment => (decimal)segment.Length.TotalMinutes);
        foreach (var segment in operation.Segments)
        {
            for (var day = _clock.DayOf(_clock.Floor(segment.Start)); _clock.DayStart(day) < _clock.Ceiling(segment.End); day++)
            {
                var minutes = Math.Min(_clock.Ceiling(segment.End), _clock.DayStart(day + 1)) - Math.Max(_clock.Floor(segment.Start), _clock.DayStart(day));
                UsePeople(Workshop(operation.Workshop), day, sign * (int)Math.Ceiling(100 * operation.PeopleMinutes * minutes / worked));
            }
        }
    }

    private void UsePeople(WorkshopLoad workshop, int day, int amount)
    {
        workshop.Use(day, amount);
        _undo.Push(() => workshop.Use(day, -amount));
    }

    private int DayOf(DateOnly date) => date.DayNumber - ParisTime.DateOf(_shop.Now).DayNumber;

    private static (int Start, int End) Buffered(MachineLoad machine, int start, int end)
    {
        var buffer = (int)machine.Capacity.Buffer.TotalMinutes;
        return (start - buffer, end + buffer);
    }

    private MachineLoad? Machine(Guid id)
    {
        if (_machines.TryGetValue(id, out var load)) return load;
        if (_shop.Snapshot.Machine(id) is not { } machine) return null;
        return _machines[id] = new MachineLoad(machine, machine.Free as FreeCalendar ?? FreeCalendar.Of(machine.Free), _machines.Count, _clock);
    }

    private WorkshopLoad Workshop(Guid id)
    {
        if (!_workshops.TryGetValue(id, out var load)) _workshops[id] = load = new WorkshopLoad(_shop.Snapshot.Workshop(id), _workshops.Count, _shop.Now, _clock);
        return load;
    }
}
