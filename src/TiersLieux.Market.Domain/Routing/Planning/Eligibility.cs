using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Which machines can make an operation at all, time aside.</summary>
internal sealed class Eligibility(RoutingLine line, RoutingOperation operation, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules)
{
    private readonly int _only = line.OnlyWorkshop is { } only && snapshot.Index.TryWorkshop(only, out var at) ? at : -1;

    /// <summary>Conditions in the order in which they are explained: the first that leaves no machine is what blocks.</summary>
    public IEnumerable<(Blocking Blocking, Func<MachineCapacity, bool> Holds)> Conditions
    {
        get
        {
            yield return (Blocking.Process, machine => machine.Capabilities.ContainsKey(operation.Process));
            if (line.OnlyWorkshop is { } only) yield return (Blocking.Workshop, machine => machine.Workshop == only);
            yield return (Blocking.Excluded, machine => !request.Excluded.Contains(machine.Workshop));
            if (operation.Material is { } material) yield return (Blocking.Material, machine => machine.Materials?.Contains(material) != false);
            if (operation.Piece is { } piece) yield return (Blocking.Size, machine => machine.WorkArea?.Fits(piece) != false);
            if (operation.Certification is { } certification) yield return (Blocking.Certification, machine => snapshot.Workshop(machine.Workshop).Certifications.Contains(certification));
            if (operation is { Material: { } used, MaterialPerUnit: > 0 } && line.FixedPrices is null)
                yield return (Blocking.MaterialPrice, machine => MaterialPrice(used, snapshot.Workshop(machine.Workshop), rules) is not null);
        }
    }

    public ProcessIndex? Index { get; } = snapshot.Index.Offering(operation.Process);

    public static MaterialPrice? MaterialPrice(string code, WorkshopCapacity workshop, PricingRules rules) =>
        workshop.Materials.TryGetValue(code, out var own) ? own : rules.Materials.GetValueOrDefault(code);

    /// <summary>What can be told from the index alone; a quick no.</summary>
    public bool MayTake(in IndexEntry entry) =>
        (line.OnlyWorkshop is null || entry.Workshop == _only) && (operation.Piece is not { } piece || entry.Area?.Fits(piece) != false);

    public bool Takes(MachineCapacity machine)
    {
        if (!machine.Capabilities.ContainsKey(operation.Process) || (line.OnlyWorkshop is { } only && machine.Workshop != only)) return false;
        if (request.Excluded.Contains(machine.Workshop)) return false;
        if (operation.Piece is { } piece && machine.WorkArea?.Fits(piece) == false) return false;
        if (operation.Material is not { } material) return operation.Certification is null || Certified(machine);
        if (machine.Materials?.Contains(material) == false) return false;
        if (operation.Certification is not null && !Certified(machine)) return false;
        return operation.MaterialPerUnit <= 0 || line.FixedPrices is not null || MaterialPrice(material, snapshot.Workshop(machine.Workshop), rules) is not null;
    }

    /// <summary>Whether any machine can.</summary>
    public bool Any()
    {
        if (Index is null) return false;
        foreach (var block in Index.Blocks)
        {
            foreach (ref readonly var entry in block.Entries.AsSpan())
            {
                if (MayTake(entry) && Takes(snapshot.MachineAt(entry.Machine))) return true;
            }
        }

        return false;
    }

    private bool Certified(MachineCapacity machine) => snapshot.Workshop(machine.Workshop).Certifications.Contains(operation.Certification!);
}

/// <summary>What leaves no machine for an operation.</summary>
internal enum Blocking
{
    Process,
    Workshop,
    Excluded,
    Material,
    Size,
    Certification,
    MaterialPrice,
}
