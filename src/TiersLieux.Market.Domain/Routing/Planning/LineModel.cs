using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A machine that can make an operation.</summary>
/// <param name="Earliest">First minute after notice and material lead time.</param>
/// <param name="Material">Null when the operation uses none up, or its price is part of a fixed one.</param>
/// <param name="CentsPerMinute">Machine and people, for comparing.</param>
/// <param name="CentsPerUnit">Material, for comparing.</param>
internal sealed record Candidate(
    MachineLoad Machine, WorkshopLoad Workshop, MachineCapability Capability, int Earliest, MaterialPrice? Material, decimal CentsPerMinute, decimal CentsPerUnit)
{
    /// <summary>The last effort asked for: a search asks for the same one many times.</summary>
    public (decimal Quantity, int Minutes, long Cents) Known { get; set; }
}

/// <summary>An operation with the machines that can make it.</summary>
internal sealed class OperationModel(RoutingOperation operation, Eligibility eligible)
{
    private readonly Dictionary<int, Candidate?> _candidates = [];
    private readonly Dictionary<int, Candidate[]> _teams = [];

    /// <summary>Per machine: when so much work from a minute on ends at the earliest. One run of the planner asks after the other.</summary>
    private readonly Dictionary<int, (int Minutes, int Ready, int End)> _ends = [];

    public RoutingOperation Operation => operation;

    public Eligibility Eligible => eligible;

    /// <summary>People in hundredths.</summary>
    public int Attendance { get; } = (int)(operation.Attendance * 100);

    public int Minutes(decimal quantity, Candidate candidate) => WorkTime.Planned(WorkTime.Minutes(operation, quantity, candidate.Capability.Speed));

    /// <summary>The machine at a position of the snapshot, ready to be planned; null when it cannot make the operation.</summary>
    public Candidate? Candidate(PlanningContext context, RoutingLine line, int machine, int workshop)
    {
        if (!_candidates.TryGetValue(machine, out var candidate))
            _candidates[machine] = candidate = eligible.Takes(context.Snapshot.MachineAt(machine)) ? context.Candidate(line, operation, machine, workshop) : null;
        return candidate;
    }

    public Candidate? Candidate(PlanningContext context, RoutingLine line, in IndexEntry entry) => Candidate(context, line, entry.Machine, entry.Workshop);

    /// <summary>When work ends at the earliest by the machine's calendar alone, people and what is planned already aside; <see cref="int.MaxValue"/>: not within the horizon.</summary>
    /// <returns>Null when the budget does not allow to look.</returns>
    public int? EarliestEnd(PlanningContext context, int machine, int minutes, int ready)
    {
        if (_ends.TryGetValue(machine, out var known) && known.Minutes == minutes && known.Ready == ready) return known.End;
        if (!context.Budget.TrySpend()) return null;
        var (calendar, clock) = (context.Snapshot.CalendarAt(machine), context.Clock);
        var end = calendar.EarliestEnd(ready + clock.Origin, minutes, whole: !operation.Interruptible, clock.End + clock.Origin);
        if (end != int.MaxValue) end -= clock.Origin;
        _ends[machine] = (minutes, ready, end);
        return end;
    }

    /// <summary>All machines of a workshop that can make it, the fastest first.</summary>
    public Candidate[] Team(PlanningContext context, RoutingLine line, WorkshopLoad workshop)
    {
        if (!_teams.TryGetValue(workshop.Position, out var team))
        {
            _teams[workshop.Position] = team = [.. context.Snapshot.Index.MachinesOf(workshop.Position)
                .Select(machine => Candidate(context, line, machine, workshop.Position)).OfType<Candidate>()
                .OrderByDescending(candidate => candidate.Capability.Speed).ThenBy(candidate => candidate.Machine.Position)];
        }

        return team;
    }
}

/// <summary>A line with its operations prepared.</summary>
/// <param name="FixedUnitPrice">Euros; null when time and material are paid.</param>
internal sealed record LineModel(RoutingLine Line, OperationModel[] Operations, decimal? FixedUnitPrice)
{
    /// <summary>Planned minutes of an operation and what its work costs, transport and minimum order aside; in cents, for comparing.</summary>
    public (int Minutes, long Cents) Effort(int operation, decimal quantity, Candidate candidate)
    {
        if (candidate.Known.Quantity != quantity) candidate.Known = Compute(operation, quantity, candidate);
        return (candidate.Known.Minutes, candidate.Known.Cents);
    }

    private (decimal Quantity, int Minutes, long Cents) Compute(int operation, decimal quantity, Candidate candidate)
    {
        var minutes = WorkTime.Minutes(Operations[operation].Operation, quantity, candidate.Capability.Speed);
        var cents = FixedUnitPrice is { } price
            ? operation == 0 ? quantity * price * 100m : 0
            : minutes * candidate.CentsPerMinute + quantity * candidate.CentsPerUnit;
        return (quantity, WorkTime.Planned(minutes), (long)cents);
    }

    /// <summary>What the workshop is paid for a run of an operation.</summary>
    public IEnumerable<ShareItem> Items(int operation, decimal quantity, Candidate candidate)
    {
        if (FixedUnitPrice is { } price)
        {
            if (operation == 0) yield return new ShareItem.FixedPrice(Line.Line, quantity, price);
            yield break;
        }

        var made = Operations[operation].Operation;
        yield return new ShareItem.Work(Line.Line, made.Label, quantity, WorkTime.Minutes(made, quantity, candidate.Capability.Speed),
            candidate.Capability.HourlyRate, candidate.Workshop.Capacity.LabourRate, made.Attendance);
        if (candidate.Material is { } material)
            yield return new ShareItem.Material(Line.Line, made.Material!, quantity * made.MaterialPerUnit, material);
    }
}

/// <summary>How long an operation takes.</summary>
internal static class WorkTime
{
    /// <summary>From so many minutes of work on, a working week, several machines of one workshop may share an operation; below, lots do.</summary>
    public const int Long = 40 * 60;

    /// <summary>Set-up + quantity × unit time at the machine's speed, exact, in minutes.</summary>
    public static decimal Minutes(RoutingOperation operation, decimal quantity, decimal speed) =>
        (operation.SetUp.Ticks + quantity * operation.UnitTime.Ticks / speed) / TimeSpan.TicksPerMinute;

    /// <summary>The same in begun minutes, as planned.</summary>
    public static int Planned(decimal minutes) => (int)Math.Clamp(Math.Ceiling(minutes), 1, int.MaxValue / 4);

    /// <summary>Whether a quantity is enough work, and of enough pieces, for machines to share it.</summary>
    public static bool IsLong(RoutingOperation operation, decimal quantity) => quantity >= 2 && Minutes(operation, quantity, 1) >= Long;
}
