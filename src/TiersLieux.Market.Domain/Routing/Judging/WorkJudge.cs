using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Judging;

/// <summary>Quantities, operations, machines that can, durations, earliest starts.</summary>
internal sealed class WorkJudge(Plan plan, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, Action<Fault, string> find)
{
    /// <summary>Whether every lot, operation and machine named exists.</summary>
    public bool IsReadable { get; private set; } = true;

    public void Check()
    {
        if (plan.Lots.Count == 0) Unreadable(Fault.Quantity, "no lots");
        foreach (var group in plan.Lots.GroupBy(lot => lot.Line))
        {
            var line = request.Lines.FirstOrDefault(candidate => candidate.Line == group.Key);
            if (line is null)
            {
                Unreadable(Fault.Quantity, $"line {group.Key} was not asked for");
                continue;
            }

            CheckLots(line, [.. group]);
            foreach (var lot in group) CheckLot(line, lot);
        }
    }

    private void CheckLots(RoutingLine line, PlannedLot[] lots)
    {
        var sum = lots.Sum(lot => lot.Quantity);
        if (sum != line.Quantity) find(Fault.Quantity, $"line {line.Line}: lots add up to {sum}, not {line.Quantity}");
        if (lots.Length > line.MaximumLots) find(Fault.Quantity, $"line {line.Line}: {lots.Length} lots");
        if (!lots.Select(lot => lot.Number).Order().SequenceEqual(Enumerable.Range(1, lots.Length))) find(Fault.Quantity, $"line {line.Line}: lots misnumbered");
        foreach (var lot in lots)
        {
            if (lot.Quantity <= 0 || (lots.Length > 1 && lot.Quantity < line.MinimumLot)) find(Fault.Quantity, $"line {line.Line} lot {lot.Number}: {lot.Quantity} is too small");
            if (line.Quantity % 1 == 0 && lot.Quantity % 1 != 0) find(Fault.Quantity, $"line {line.Line} lot {lot.Number}: {lot.Quantity} is no whole number");
        }
    }

    private void CheckLot(RoutingLine line, PlannedLot lot)
    {
        // One step after the other; a step may be made in several runs.
        var steps = lot.Operations.GroupBy(operation => operation.Sequence).ToList();
        if (!steps.Select(step => step.Key).SequenceEqual(line.Operations.Select(operation => operation.Sequence))
            || lot.Operations.Any(planned => line.Operations.First(operation => operation.Sequence == planned.Sequence).Process != planned.Process))
        {
            Unreadable(Fault.Precedence, $"line {line.Line} lot {lot.Number}: not the operations of the routing");
            return;
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var asked = line.Operations[i];
            var name = $"line {line.Line} lot {lot.Number} operation {asked.Sequence}";
            CheckRuns(name, lot, [.. steps[i]]);
            foreach (var planned in steps[i])
            {
                if (i > 0 && steps[i - 1].Any(before => planned.Start < before.End)) find(Fault.Precedence, $"{name} starts before the operation before it ends");
                CheckRun(name, line, asked, planned, planned.Quantity ?? lot.Quantity);
            }
        }
    }

    private void CheckRuns(string name, PlannedLot lot, PlannedOperation[] runs)
    {
        var made = runs.Sum(run => run.Quantity ?? lot.Quantity);
        if (made != lot.Quantity) find(Fault.Quantity, $"{name}: its runs make {made} of {lot.Quantity}");
        if (runs.Any(run => run.Quantity <= 0)) find(Fault.Quantity, $"{name}: a run makes nothing");
        if (runs.Count(run => (run.Quantity ?? lot.Quantity) % 1 != 0) > (lot.Quantity % 1 == 0 ? 0 : 1)) find(Fault.Quantity, $"{name}: a run makes part of a piece");
        if (runs.DistinctBy(run => run.Workshop).Count() > 1) find(Fault.Transport, $"{name}: its runs are in several workshops");
    }

    private void CheckRun(string name, RoutingLine line, RoutingOperation asked, PlannedOperation planned, decimal quantity)
    {
        if (snapshot.Machine(planned.Machine) is not { } machine || machine.Workshop != planned.Workshop || !machine.Capabilities.TryGetValue(asked.Process, out var capability))
        {
            Unreadable(Fault.Capability, $"{name}: that machine does not offer {asked.Process} there");
            return;
        }

        var workshop = snapshot.Workshop(machine.Workshop);
        CheckCapability(name, line, asked, machine, workshop);

        var exact = asked.SetUp.TotalMinutes + (double)quantity * asked.UnitTime.TotalMinutes / (double)capability.Speed;
        var worked = planned.Segments.Sum(segment => segment.Length.TotalMinutes);
        if (worked < exact - 0.001 || worked > Math.Max(1, exact + 1)) find(Fault.Duration, $"{name}: {worked} min planned, {exact} needed");
        CheckStart(name, line, asked, planned, workshop);
    }

    private void CheckCapability(string name, RoutingLine line, RoutingOperation asked, MachineCapacity machine, WorkshopCapacity workshop)
    {
        if (asked.Material is { } material && machine.Materials?.Contains(material) == false) find(Fault.Capability, $"{name}: the machine does not work {material}");
        if (asked.Piece is { } piece && machine.WorkArea is { } area)
        {
            var (pieceShort, pieceLong) = (Math.Min(piece.LengthMm, piece.WidthMm), Math.Max(piece.LengthMm, piece.WidthMm));
            var (areaShort, areaLong) = (Math.Min(area.LengthMm, area.WidthMm), Math.Max(area.LengthMm, area.WidthMm));
            if (pieceShort > areaShort || pieceLong > areaLong || piece.HeightMm > area.HeightMm) find(Fault.Capability, $"{name}: the piece is too large");
        }

        if (asked.Certification is { } certification && !workshop.Certifications.Contains(certification)) find(Fault.Capability, $"{name}: no {certification}");
        if (request.Excluded.Contains(workshop.Id)) find(Fault.Capability, $"{name}: the workshop is excluded");
        if (line.OnlyWorkshop is { } only && only != workshop.Id) find(Fault.Capability, $"{name}: another workshop sells it");
    }

    private void CheckStart(string name, RoutingLine line, RoutingOperation asked, PlannedOperation planned, WorkshopCapacity workshop)
    {
        if (planned.Start < request.Now + workshop.Notice) find(Fault.Notice, $"{name} starts before the notice is over");
        if (planned.End > request.Now + RoutingLimits.Horizon) find(Fault.Notice, $"{name} ends beyond the horizon");
        if (asked is not { Material: { } code, MaterialPerUnit: > 0 } || line.FixedPrices is not null) return;
        var material = workshop.Materials.GetValueOrDefault(code) ?? rules.Materials.GetValueOrDefault(code);
        if (material is null) find(Fault.Price, $"{name}: {code} has no price");
        else if (planned.Start < request.Now + material.LeadTime) find(Fault.Notice, $"{name} starts before {code} is there");
    }

    private void Unreadable(Fault fault, string detail)
    {
        IsReadable = false;
        find(fault, detail);
    }
}
