using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Bench.Orders;

/// <summary>What one way of planning has promised so far: machines' and people's time taken, given back, lost to breakdowns.</summary>
internal sealed class SimulatedNetwork
{
    private readonly CapacitySnapshot _empty;
    private readonly Dictionary<Guid, List<Interval>> _taken = [];
    private readonly Dictionary<Guid, int[]> _people = [];

    public SimulatedNetwork(CapacitySnapshot empty)
    {
        (_empty, Snapshot) = (empty, empty);
        Work = empty.Workshops.ToDictionary(workshop => workshop.Id, _ => 0.0);
    }

    public CapacitySnapshot Snapshot { get; private set; }

    /// <summary>Machine minutes of work given to each workshop.</summary>
    public Dictionary<Guid, double> Work { get; }

    public void Take(IEnumerable<MachineTask> tasks) => Change([.. tasks], 1);

    public void GiveBack(IEnumerable<MachineTask> tasks) => Change([.. tasks], -1);

    /// <summary>A machine cannot be used for a while.</summary>
    public void Break(Guid machine, Interval during)
    {
        Taken(machine).Add(during);
        Snapshot = Snapshot.With([Machine(machine)], []);
    }

    /// <summary>Work against capacity, of each workshop against all; what fairness goes by.</summary>
    public Dictionary<Guid, decimal> Shares(IReadOnlyDictionary<Guid, double> capacity)
    {
        var (work, all) = (Math.Max(1, Work.Values.Sum()), capacity.Values.Sum());
        return Work.ToDictionary(pair => pair.Key, pair => (decimal)(pair.Value / work / (capacity[pair.Key] / all)));
    }

    private void Change(IReadOnlyList<MachineTask> tasks, int sign)
    {
        foreach (var task in tasks)
        {
            var time = new Interval(task.Start, task.End);
            if (sign > 0) Taken(task.Machine).Add(time);
            else Taken(task.Machine).Remove(time);
            Work[task.Workshop] += sign * task.Segments.Sum(segment => segment.Length.TotalMinutes);
            var people = People(task.Workshop);
            foreach (var (date, minutes) in task.ByDay()) people[date.DayNumber - _empty.Workshops[0].People.From.DayNumber] -= sign * (int)Math.Ceiling(minutes * task.Attendance);
        }

        Snapshot = Snapshot.With(
            [.. tasks.Select(task => task.Machine).Distinct().Select(Machine)],
            [.. tasks.Select(task => task.Workshop).Distinct().Select(id => _empty.Workshop(id) with { People = new PeopleTime(_empty.Workshop(id).People.From, [.. People(id)]) })]);
    }

    private List<Interval> Taken(Guid machine) => _taken.TryGetValue(machine, out var taken) ? taken : _taken[machine] = [];

    private int[] People(Guid workshop) => _people.TryGetValue(workshop, out var people) ? people : _people[workshop] = [.. _empty.Workshop(workshop).People.Minutes];

    private MachineCapacity Machine(Guid id)
    {
        var machine = _empty.Machine(id)!;
        return machine with { Free = FreeCalendar.Of(FreeTime.Without(machine.Free, Taken(id))) };
    }
}

/// <summary>An operation as it was planned, by whichever rule.</summary>
internal sealed record MachineTask(int Lot, int Sequence, Guid Machine, Guid Workshop, DateTime Start, DateTime End, IReadOnlyList<Interval> Segments, decimal Attendance)
{
    /// <summary>Minutes worked per Paris date.</summary>
    public IEnumerable<(DateOnly Date, decimal Minutes)> ByDay()
    {
        if (Attendance == 0) yield break;
        foreach (var (date, time) in Segments.SelectMany(ParisTime.ByDate)) yield return (date, (decimal)time.Length.TotalMinutes);
    }
}
