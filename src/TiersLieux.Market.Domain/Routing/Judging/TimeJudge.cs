using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Judging;

/// <summary>Calendars, overlaps, people.</summary>
internal sealed class TimeJudge(Plan plan, RoutingRequest request, CapacitySnapshot snapshot, Action<Fault, string> find)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public void Check()
    {
        var work = plan.Lots.SelectMany(lot => lot.Operations.Select(operation => new Work(
            $"line {lot.Line} lot {lot.Number} operation {operation.Sequence}", operation,
            request.Lines.First(line => line.Line == lot.Line).Operations.First(asked => asked.Sequence == operation.Sequence)))).ToList();
        var attended = Attended(work);
        foreach (var (key, minutes) in attended)
        {
            var left = snapshot.Workshop(key.Workshop).People.On(key.Date);
            if (minutes > left) find(Fault.People, $"workshop {key.Workshop} on {key.Date:O}: {minutes} min of people, {left} left");
        }

        foreach (var item in work) CheckCalendar(item, attended);
        foreach (var onMachine in work.GroupBy(item => item.Planned.Machine))
        {
            var inOrder = onMachine.OrderBy(item => item.Planned.Start).ToList();
            foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)))
            {
                if (after.Planned.Start < before.Planned.End) find(Fault.Overlap, $"{before.Name} and {after.Name} on machine {onMachine.Key}");
            }
        }
    }

    private static Dictionary<(Guid Workshop, DateOnly Date), decimal> Attended(IEnumerable<Work> work)
    {
        var minutes = new Dictionary<(Guid Workshop, DateOnly Date), decimal>();
        foreach (var item in work.Where(item => item.Asked.Attendance > 0))
        {
            foreach (var segment in item.Planned.Segments)
            {
                for (var from = segment.Start; from < segment.End;)
                {
                    var date = ParisTime.DateOf(from);
                    var midnight = ParisTime.ToUtc(date.AddDays(1), TimeOnly.MinValue);
                    var to = segment.End < midnight ? segment.End : midnight;
                    var key = (item.Planned.Workshop, date);
                    minutes[key] = minutes.GetValueOrDefault(key) + (decimal)(to - from).TotalMinutes * item.Asked.Attendance;
                    from = to;
                }
            }
        }

        return minutes;
    }

    private void CheckCalendar(Work item, Dictionary<(Guid Workshop, DateOnly Date), decimal> attended)
    {
        var (name, planned, asked) = item;
        var segments = planned.Segments;
        if (segments.Count == 0 || segments[0].Start != planned.Start || segments[^1].End != planned.End
            || segments.Any(segment => segment.IsEmpty) || segments.Zip(segments.Skip(1)).Any(pair => pair.Second.Start <= pair.First.End))
        {
            find(Fault.Calendar, $"{name}: its segments do not run from start to end");
            return;
        }

        if (segments.Any(segment => segment.Start.Ticks % Minute.Ticks != 0 || segment.End.Ticks % Minute.Ticks != 0)) find(Fault.Calendar, $"{name}: not on whole minutes");
        if (segments.Count > 1 && !asked.Interruptible) find(Fault.Calendar, $"{name} may not be interrupted");

        var free = snapshot.Machine(planned.Machine)!.Free.Where(stretch => stretch.Start < planned.End && planned.Start < stretch.End).ToList();
        foreach (var segment in segments)
        {
            if (!free.Exists(stretch => stretch.Start <= segment.Start && segment.End <= stretch.End)) find(Fault.Calendar, $"{name}: {segment.Start:O} to {segment.End:O} is not free");
        }

        foreach (var stretch in free.SkipLast(1))
        {
            if (!stretch.ContinuesAfterClosing) find(Fault.Calendar, $"{name}: the machine is used by others while it is suspended at {stretch.End:O}");
        }

        foreach (var end in segments.SkipLast(1).Select(segment => segment.End))
        {
            var isClosing = free.Exists(stretch => end <= stretch.End && stretch.End - end < Minute);
            var key = (planned.Workshop, Date: ParisTime.DateOf(end));
            var left = snapshot.Workshop(key.Workshop).People.On(key.Date) - attended.GetValueOrDefault(key);
            if (!isClosing && left >= asked.Attendance) find(Fault.Calendar, $"{name} is suspended at {end:O} though it could go on");
        }
    }

    private sealed record Work(string Name, PlannedOperation Planned, RoutingOperation Asked);
}
