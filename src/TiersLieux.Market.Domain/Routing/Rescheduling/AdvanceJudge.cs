using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>
/// Checks advanced orders one after the other against the shop, from the rules alone: it shares no code with what advanced them, so that a mistake
/// there does not hide itself here.
/// </summary>
public sealed class AdvanceJudge
{
    private readonly RunningShop _shop;
    private readonly TransportSchedule _schedule;
    private readonly List<PlanViolation> _found = [];
    private readonly List<Held> _held;
    private readonly IReadOnlyList<Held> _original;

    private AdvanceJudge(RunningShop shop, TransportSchedule schedule)
    {
        (_shop, _schedule) = (shop, schedule);
        _original = [.. from order in shop.Orders from lot in order.Lots from o in lot.Operations
                        select new Held(order, lot, o, o.Machine, o.Start, o.End, o.Segments, o.PeopleMinutes)];
        _held = [.. _original];
    }

    /// <returns>Every violation found; none means that the orders can be moved in this sequence, and each is with its customer a day sooner.</returns>
    public static IReadOnlyList<PlanViolation> Check(RunningShop shop, IReadOnlyList<AdvancedOrder> advanced, TransportSchedule? schedule = null)
    {
        var judge = new AdvanceJudge(shop, schedule ?? TransportSchedule.Default);
        foreach (var order in advanced) judge.Check(order);
        return judge._found;
    }

    private void Check(AdvancedOrder advanced)
    {
        if (_shop.Orders.FirstOrDefault(order => order.Id == advanced.Id) is not { } running)
        {
            Find(Fault.Quantity, $"order {advanced.Id} is not running");
            return;
        }

        var before = Arrives(running);
        foreach (var moved in advanced.Operations)
        {
            var at = _held.FindIndex(held => ReferenceEquals(held.Asked, moved.Was) && held.Order == running && held.Lot.Line == moved.Line && held.Lot.Number == moved.Lot);
            if (at < 0 || moved.Was.Movable is null)
            {
                Find(Fault.Quantity, $"{Name(moved)} may not be moved");
                continue;
            }

            _held[at] = _held[at] with { Machine = moved.Machine, Start = moved.Start, End = moved.End, Segments = moved.Segments, People = moved.PeopleMinutes };
            CheckWork(moved);
            CheckCalendar(moved);
        }

        foreach (var held in _held.Where(held => held.Order == running)) CheckOverlap(held);
        foreach (var lot in running.Lots) CheckSteps(running, lot);
        var after = Arrives(running);
        if (after != advanced.Expected || before != advanced.Before || after >= before) Find(Fault.Promise, $"order {running.Id}: from {before:O} to {after:O}, said {advanced.Before:O} to {advanced.Expected:O}");
        if (after > running.Promise && before <= running.Promise) Find(Fault.Promise, $"order {running.Id}: promised {running.Promise:O}, arrives {after:O}");
        CheckPeople();
        CheckMembersHours();
    }

    private void CheckWork(AdvancedOperation moved)
    {
        var (name, asked, workshop) = (Name(moved), moved.Was.Movable!, _shop.Snapshot.Workshop(moved.Was.Workshop));
        if (_shop.Snapshot.Machine(moved.Machine) is not { } machine || machine.Workshop != moved.Was.Workshop || !machine.Capabilities.TryGetValue(asked.Process, out var can))
        {
            Find(Fault.Capability, $"{name}: that machine is not of the workshop or cannot");
            return;
        }

        var worked = (decimal)moved.Segments.Sum(segment => segment.Length.TotalMinutes);
        var same = (decimal)moved.Was.Segments.Sum(segment => segment.Length.TotalMinutes);
        if (moved.Machine == moved.Was.Machine)
        {
            if (worked != same) Find(Fault.Duration, $"{name}: {worked} min instead of {same}");
        }
        else
        {
            if (asked.Material is { } material && machine.Materials?.Contains(material) == false) Find(Fault.Capability, $"{name}: the machine does not work {material}");
            if (asked.Piece is { } piece && machine.WorkArea?.Fits(piece) == false) Find(Fault.Capability, $"{name}: the piece is too large");
            var own = _shop.Snapshot.Machine(moved.Was.Machine)!.Capabilities[asked.Process];
            var (needed, needs) = (Minutes(asked, moved.Was.Quantity, can.Speed), Minutes(asked, moved.Was.Quantity, own.Speed));
            if (worked < needed - 0.001m || worked >= Math.Max(1.001m, needed + 1)) Find(Fault.Duration, $"{name}: {worked} min planned, {needed} needed");
            var labour = asked.Attendance * workshop.LabourRate;
            if (needed * (can.HourlyRate + labour) > needs * (own.HourlyRate + labour)) Find(Fault.Price, $"{name} costs more there");
        }

        var frozen = _shop.Now + RunningShop.Freeze;
        if (moved.Was.Start < frozen || moved.Start < frozen) Find(Fault.Notice, $"{name} is or comes into the frozen days");
        if (moved.Start < _shop.Now + workshop.Notice || moved.Start < moved.Was.NotBefore) Find(Fault.Notice, $"{name} starts too soon for the workshop");
        if (asked is { Material: { } code, MaterialPerUnit: > 0 } && (workshop.Materials.GetValueOrDefault(code) ?? _shop.Rules.Materials.GetValueOrDefault(code)) is { } supply
            && moved.Start < _shop.Now + supply.LeadTime)
            Find(Fault.Notice, $"{name} starts before {code} is there");
    }

    private void CheckCalendar(AdvancedOperation moved)
    {
        var (name, segments) = (Name(moved), moved.Segments);
        if (segments.Count == 0 || segments[0].Start != moved.Start || segments[^1].End != moved.End
            || segments.Any(segment => segment.IsEmpty) || segments.Zip(segments.Skip(1)).Any(pair => pair.Second.Start <= pair.First.End))
        {
            Find(Fault.Calendar, $"{name}: its segments do not run from start to end");
            return;
        }

        if (segments.Count > 1 && !moved.Was.Movable!.Interruptible) Find(Fault.Calendar, $"{name} may not be interrupted");
        var free = (_shop.Snapshot.Machine(moved.Machine)?.Free ?? []).Where(stretch => stretch.Start < moved.End && moved.Start < stretch.End).ToList();
        foreach (var segment in segments.Where(segment => !free.Exists(stretch => stretch.Start <= segment.Start && segment.End <= stretch.End)))
            Find(Fault.Calendar, $"{name}: {segment.Start:O} to {segment.End:O} is not free");
        if (free.SkipLast(1).Any(stretch => !stretch.ContinuesAfterClosing)) Find(Fault.Calendar, $"{name}: the machine is used by others while it is suspended");
    }

    /// <summary>Others that may move are not in the machine's free time; what is fixed is.</summary>
    private void CheckOverlap(Held held)
    {
        if (held.Asked.Movable is null) return;
        var buffer = _shop.Snapshot.Machine(held.Machine)?.Buffer ?? TimeSpan.Zero;
        var moved = !_original.Any(was => ReferenceEquals(was.Asked, held.Asked) && was.Machine == held.Machine && was.Start == held.Start);
        foreach (var other in _held.Where(other => other.Machine == held.Machine && !ReferenceEquals(other.Asked, held.Asked) && other.Asked.Movable is not null))
        {
            // Runs of one order may lie closer as they are; nothing is moved so close.
            var gap = moved ? buffer : TimeSpan.Zero;
            if (held.Start < other.End + gap && other.Start < held.End + gap) Find(Fault.Overlap, $"{held.Start:O} and {other.Start:O} on machine {held.Machine}");
        }
    }

    private void CheckSteps(RunningOrder order, RunningLot lot)
    {
        var steps = _held.Where(held => held.Order == order && held.Lot == lot).GroupBy(held => held.Asked.Sequence).OrderBy(step => step.Key).ToList();
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            var to = _shop.Snapshot.Workshop(after.First().Asked.Workshop);
            foreach (var run in before)
            {
                var from = _shop.Snapshot.Workshop(run.Asked.Workshop);
                var there = from.Place == to.Place ? run.End : Carry(run.End, from.Position, to.Position);
                if (after.Any(next => next.Start < there && (next.Start != next.Asked.Start || run.End != run.Asked.End))) Find(Fault.Precedence, $"line {lot.Line} lot {lot.Number}: step {after.Key} starts before the goods are there");
            }
        }
    }

    private void CheckPeople()
    {
        var (was, now) = (People(_original), People(_held));
        foreach (var ((workshop, date), minutes) in now)
        {
            var left = _shop.Snapshot.Workshop(workshop).People.On(date) + was.GetValueOrDefault((workshop, date));
            if (minutes > left && minutes > was.GetValueOrDefault((workshop, date))) Find(Fault.People, $"workshop {workshop} on {date:O}: {minutes} min of people, {left} left");
        }
    }

    private static Dictionary<(Guid, DateOnly), int> People(IEnumerable<Held> work)
    {
        var days = new Dictionary<(Guid, Guid, DateOnly), decimal>();
        foreach (var held in work.Where(held => held.Asked.Movable is not null && held.People > 0))
        {
            var worked = (decimal)held.Segments.Sum(segment => segment.Length.TotalMinutes);
            foreach (var segment in held.Segments)
            {
                for (var from = segment.Start; from < segment.End;)
                {
                    var date = ParisTime.DateOf(from);
                    var midnight = ParisTime.ToUtc(date.AddDays(1), TimeOnly.MinValue);
                    var to = segment.End < midnight ? segment.End : midnight;
                    var key = (held.Asked.WorkOrder, held.Asked.Workshop, date);
                    days[key] = days.GetValueOrDefault(key) + held.People * (decimal)(to - from).TotalMinutes / worked;
                    from = to;
                }
            }
        }

        return days.GroupBy(day => (day.Key.Item2, day.Key.Item3)).ToDictionary(group => group.Key, group => group.Sum(day => (int)Math.Floor(day.Value)));
    }

    private void CheckMembersHours()
    {
        foreach (var ((machine, monday), left) in _shop.LeftForProduction)
        {
            var week = new Interval(ParisTime.ToUtc(monday, TimeOnly.MinValue), ParisTime.ToUtc(monday.AddDays(7), TimeOnly.MinValue));
            var (was, now) = (Open(_original, machine, week), Open(_held, machine, week));
            if (now > was && now > was + Math.Max(0, left)) Find(Fault.Calendar, $"machine {machine}, week of {monday:O}: {now - was} min more than members leave");
        }
    }

    private double Open(IEnumerable<Held> work, Guid machine, Interval week) => work.Where(held => held.Machine == machine && held.Asked.Movable is not null).Sum(held =>
        (_shop.Snapshot.Machine(machine)?.Free ?? []).Sum(free => Math.Max(0,
            (new[] { free.End, held.End, week.End }.Min() - new[] { free.Start, held.Start, week.Start }.Max()).TotalMinutes)));

    private DateOnly Arrives(RunningOrder order) => order.Lots.Max(lot =>
    {
        var steps = _held.Where(held => held.Order == order && held.Lot == lot).ToList();
        var last = steps.Max(step => step.Asked.Sequence);
        return steps.Where(step => step.Asked.Sequence == last).Max(step => ParisTime.DateOf(Carry(step.End, _shop.Snapshot.Workshop(step.Asked.Workshop).Position, order.Destination)));
    });

    private DateTime Carry(DateTime ready, GeoPoint from, GeoPoint to) =>
        _schedule.Carry(ready, Math.Round((decimal)from.RoadKm(to), 1, MidpointRounding.AwayFromZero)).Arrives;

    private static decimal Minutes(RoutingOperation asked, decimal quantity, decimal speed) =>
        (decimal)asked.SetUp.TotalMinutes + quantity * (decimal)asked.UnitTime.TotalMinutes / speed;

    private static string Name(AdvancedOperation moved) => $"line {moved.Line} lot {moved.Lot} operation {moved.Was.Sequence}";

    private void Find(Fault fault, string detail) => _found.Add(new PlanViolation(fault, detail));

    /// <summary>An operation where it is by now.</summary>
    private sealed record Held(
        RunningOrder Order, RunningLot Lot, RunningOperation Asked, Guid Machine, DateTime Start, DateTime End, IReadOnlyList<Interval> Segments, int People);
}
