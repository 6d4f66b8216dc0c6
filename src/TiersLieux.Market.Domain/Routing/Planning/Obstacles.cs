using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Says why no machine can make an operation, and what would change that.</summary>
internal static class Obstacles
{
    private const int MostMaterials = 3;

    /// <returns>Null when some machine can.</returns>
    public static (Reason Reason, IReadOnlyList<Remedy> Remedies)? Of(RoutingOperation operation, Eligibility eligible, CapacitySnapshot snapshot, PricingRules rules)
    {
        if (eligible.Any()) return null;
        IReadOnlyList<MachineCapacity> machines = snapshot.Machines;
        foreach (var (blocking, holds) in eligible.Conditions)
        {
            var left = machines.Where(holds).ToList();
            if (left.Count == 0) return (Explain(blocking, operation, machines), blocking is Blocking.Material or Blocking.MaterialPrice ? OtherMaterials(operation, machines, snapshot, rules) : []);
            machines = left;
        }

        return null;
    }

    /// <summary>Materials that machines left at that point do work, and that have a price.</summary>
    private static List<Remedy> OtherMaterials(RoutingOperation operation, IReadOnlyList<MachineCapacity> machines, CapacitySnapshot snapshot, PricingRules rules) =>
        [.. machines.SelectMany(machine => machine.Materials ?? rules.Materials.Keys)
            .Where(code => code != operation.Material && machines.Any(machine => machine.Materials?.Contains(code) != false
                && (operation.MaterialPerUnit == 0 || Eligibility.MaterialPrice(code, snapshot.Workshop(machine.Workshop), rules) is not null)))
            .CountBy(code => code, StringComparer.Ordinal).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostMaterials).Select(pair => Remedy.OtherMaterial(pair.Key))];

    private static Reason Explain(Blocking blocking, RoutingOperation operation, IReadOnlyList<MachineCapacity> machines)
    {
        var (fr, en) = (operation.Label.French, operation.Label.English);
        return blocking switch
        {
            Blocking.Process => new Reason("no-such-process", $"Aucun atelier du réseau ne propose « {fr} ». Choisissez un autre procédé ou demandez à un cercle.",
                $"No workshop of the network offers \"{en}\". Choose another process or ask a circle."),
            Blocking.Workshop => new Reason("workshop-lacks-process", $"L'atelier qui vend cette offre n'a pas de machine pour « {fr} » en ce moment. Demandez-lui quand il pourra.",
                $"The workshop that sells this offer has no machine for \"{en}\" at present. Ask it when it will."),
            Blocking.Excluded => new Reason("workshops-excluded", $"Tous les ateliers qui proposent « {fr} » ont décliné. Changez la date ou la quantité.",
                $"Every workshop that offers \"{en}\" has declined. Change the date or the quantity."),
            Blocking.Material => new Reason("material-not-worked", $"Aucune machine libre pour « {fr} » ne travaille la matière « {operation.Material} ». Choisissez une autre matière.",
                $"No machine for \"{en}\" works the material \"{operation.Material}\". Choose another material."),
            Blocking.Size => TooSmall(fr, en, operation, machines),
            Blocking.Certification => new Reason("certification-missing", $"Aucun atelier qui propose « {fr} » n'a la certification « {operation.Certification} ».",
                $"No workshop that offers \"{en}\" holds the certification \"{operation.Certification}\"."),
            _ => new Reason("material-without-price", $"La matière « {operation.Material} » n'a de prix nulle part. Le consortium doit en publier un avant qu'on puisse chiffrer.",
                $"The material \"{operation.Material}\" has no price anywhere. The consortium must publish one before a price can be given."),
        };
    }

    private static Reason TooSmall(string fr, string en, RoutingOperation operation, IReadOnlyList<MachineCapacity> machines)
    {
        var (piece, largest) = (operation.Piece, machines.Max(machine => machine.WorkArea is { } area ? ((long)area.LengthMm * area.WidthMm, area.ToString()) : default).Item2);
        return new Reason("no-machine-large-enough", $"Aucune machine n'est assez grande pour « {fr} » : la pièce mesure {piece}, la plus grande machine prend {largest}. Réduisez la pièce ou faites-la en plusieurs parties.",
            $"No machine is large enough for \"{en}\": the piece is {piece}, the largest machine takes {largest}. Make the piece smaller or in several parts.");
    }
}
