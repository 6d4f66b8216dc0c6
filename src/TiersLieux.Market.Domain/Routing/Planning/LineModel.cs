using TiersLieux.Market.Domain.Orders.Pricing;

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

    public RoutingOperation Operation => operation;

    public Eligibility Eligible => eligible;

    /// <summary>People in hundredths.</summary>
    public int Attendance { get; } = (int)(operation.Attendance * 100);

    public int Minutes(decimal quantity, Candidate candidate) => WorkTime.Planned(WorkTime.Minutes(operation, quantity, candidate.Capability.Speed));

    /// <summary>The machine at a position of the snapshot, ready to be planned; null when it cannot make the operation.</summary>
    public Candidate? Candidate(PlanningContext context, RoutingLine line, int machine)
    {
        if (!_candidates.TryGetValue(machine, out var candidate))
            _candidates[machine] = candidate = eligible.Takes(context.Snapshot.MachineAt(machine)) ? context.Candidate(line, operation, machine) : null;
        return candidate;
    }

    /// <summary>All machines of a workshop that can make it, the fastest first.</summary>
    public Candidate[] Team(PlanningContext context, RoutingLine line, WorkshopLoad workshop)
    {
        if (!_teams.TryGetValue(workshop.Position, out var team))
        {
            _teams[workshop.Position] = team = [.. context.Snapshot.Index.MachinesOf(workshop.Position)
                .Select(machine => Candidate(context, line, machine)).OfType<Candidate>()
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
    /// <param name="fair">Whether workshops above their share of work count as dearer.</param>
    public (int Minutes, long Cents) Effort(int operation, decimal quantity, Candidate candidate, bool fair)
    {
        if (candidate.Known.Quantity != quantity) candidate.Known = Effort(operation, quantity, candidate);
        var (_, minutes, cents) = candidate.Known;
        return (minutes, fair ? (long)(cents * candidate.Workshop.Handicap) : cents);
    }

    private (decimal Quantity, int Minutes, long Cents) Effort(int operation, decimal quantity, Candidate candidate)
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
    /// <summary>From so many minutes of work on, several machines of one workshop may share an operation: two working days.</summary>
    public const int Long = 16 * 60;

    /// <summary>Set-up + quantity × unit time at the machine's speed, exact, in minutes.</summary>
    public static decimal Minutes(RoutingOperation operation, decimal quantity, decimal speed) =>
        (operation.SetUp.Ticks + quantity * operation.UnitTime.Ticks / speed) / TimeSpan.TicksPerMinute;

    /// <summary>The same in begun minutes, as planned.</summary>
    public static int Planned(decimal minutes) => (int)Math.Clamp(Math.Ceiling(minutes), 1, int.MaxValue / 4);

    /// <summary>Whether a quantity is enough work, and of enough pieces, for machines to share it.</summary>
    public static bool IsLong(RoutingOperation operation, decimal quantity) => quantity >= 2 && Minutes(operation, quantity, 1) >= Long;
}
