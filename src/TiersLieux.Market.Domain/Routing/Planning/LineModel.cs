using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A machine that can make an operation.</summary>
/// <param name="Earliest">First minute after notice and material lead time.</param>
/// <param name="Material">Null when the operation uses none up, or its price is part of a fixed one.</param>
/// <param name="CentsPerMinute">Machine and people, for comparing.</param>
/// <param name="CentsPerUnit">Material, for comparing.</param>
internal sealed record Candidate(
    MachineLoad Machine, WorkshopLoad Workshop, MachineCapability Capability, int Earliest, MaterialPrice? Material, decimal CentsPerMinute, decimal CentsPerUnit);

/// <summary>An operation with the machines that can make it, in a fixed order, workshop by workshop.</summary>
internal sealed record OperationModel(RoutingOperation Operation, Candidate[] Candidates)
{
    /// <summary>People in hundredths.</summary>
    public int Attendance { get; } = (int)(Operation.Attendance * 100);

    public int Minutes(decimal quantity, Candidate candidate) => WorkTime.Planned(WorkTime.Minutes(Operation, quantity, candidate.Capability.Speed));
}

/// <summary>A line with its operations prepared.</summary>
/// <param name="FixedUnitPrice">Euros; null when time and material are paid.</param>
internal sealed record LineModel(RoutingLine Line, OperationModel[] Operations, decimal? FixedUnitPrice)
{
    /// <summary>Planned minutes of an operation and what its work costs, transport and minimum order aside; in cents, for comparing.</summary>
    public (int Minutes, long Cents) Effort(int operation, decimal quantity, Candidate candidate)
    {
        var minutes = WorkTime.Minutes(Operations[operation].Operation, quantity, candidate.Capability.Speed);
        var cents = FixedUnitPrice is { } price
            ? operation == 0 ? quantity * price * 100m : 0
            : minutes * candidate.CentsPerMinute + quantity * candidate.CentsPerUnit;
        return (WorkTime.Planned(minutes), (long)cents);
    }

    /// <summary>What the workshop is paid for an operation.</summary>
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
    /// <summary>Set-up + quantity × unit time at the machine's speed, exact, in minutes.</summary>
    public static decimal Minutes(RoutingOperation operation, decimal quantity, decimal speed) =>
        (operation.SetUp.Ticks + quantity * operation.UnitTime.Ticks / speed) / TimeSpan.TicksPerMinute;

    /// <summary>The same in begun minutes, as planned.</summary>
    public static int Planned(decimal minutes) => (int)Math.Clamp(Math.Ceiling(minutes), 1, int.MaxValue / 4);
}
