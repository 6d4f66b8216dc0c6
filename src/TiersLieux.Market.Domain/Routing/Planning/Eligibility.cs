using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Which machines can make an operation at all, time aside; and when none, which condition left none.</summary>
internal static class Eligibility
{
    public static MaterialPrice? MaterialPrice(string code, WorkshopCapacity workshop, PricingRules rules) =>
        workshop.Materials.TryGetValue(code, out var own) ? own : rules.Materials.GetValueOrDefault(code);

    public static (IReadOnlyList<MachineCapacity> Machines, Reason? Blocked) Of(
        RoutingLine line, RoutingOperation operation, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules)
    {
        var (fr, en) = (operation.Label.French, operation.Label.English);
        var machines = snapshot.Offering(operation.Process);
        if (machines.Count == 0)
        {
            return Blocked("no-such-process", $"Aucun atelier du réseau ne propose « {fr} ». Choisissez un autre procédé ou demandez à un cercle.",
                $"No workshop of the network offers \"{en}\". Choose another process or ask a circle.");
        }

        if (line.OnlyWorkshop is { } only)
        {
            machines = [.. machines.Where(machine => machine.Workshop == only)];
            if (machines.Count == 0)
            {
                return Blocked("workshop-lacks-process", $"L'atelier qui vend cette offre n'a pas de machine pour « {fr} » en ce moment. Demandez-lui quand il pourra.",
                    $"The workshop that sells this offer has no machine for \"{en}\" at present. Ask it when it will.");
            }
        }

        machines = [.. machines.Where(machine => !request.Excluded.Contains(machine.Workshop))];
        if (machines.Count == 0)
        {
            return Blocked("workshops-excluded", $"Tous les ateliers qui proposent « {fr} » ont décliné. Changez la date ou la quantité.",
                $"Every workshop that offers \"{en}\" has declined. Change the date or the quantity.");
        }

        if (operation.Material is { } material)
        {
            machines = [.. machines.Where(machine => machine.Materials is null || machine.Materials.Contains(material))];
            if (machines.Count == 0)
            {
                return Blocked("material-not-worked", $"Aucune machine libre pour « {fr} » ne travaille la matière « {material} ». Choisissez une autre matière.",
                    $"No machine for \"{en}\" works the material \"{material}\". Choose another material.");
            }
        }

        if (operation.Piece is { } piece)
        {
            var fitting = machines.Where(machine => machine.WorkArea is not { } area || area.Fits(piece)).ToArray();
            if (fitting.Length == 0)
            {
                var largest = machines.Max(machine => machine.WorkArea is { } area ? ((long)area.LengthMm * area.WidthMm, area.ToString()) : default).Item2;
                return Blocked("no-machine-large-enough", $"Aucune machine n'est assez grande pour « {fr} » : la pièce mesure {piece}, la plus grande machine prend {largest}. Réduisez la pièce ou faites-la en plusieurs parties.",
                    $"No machine is large enough for \"{en}\": the piece is {piece}, the largest machine takes {largest}. Make the piece smaller or in several parts.");
            }

            machines = fitting;
        }

        if (operation.Certification is { } certification)
        {
            machines = [.. machines.Where(machine => snapshot.Workshop(machine.Workshop).Certifications.Contains(certification))];
            if (machines.Count == 0)
            {
                return Blocked("certification-missing", $"Aucun atelier qui propose « {fr} » n'a la certification « {certification} ».",
                    $"No workshop that offers \"{en}\" holds the certification \"{certification}\".");
            }
        }

        if (operation is { Material: { } used, MaterialPerUnit: > 0 } && line.FixedPrices is null)
        {
            machines = [.. machines.Where(machine => MaterialPrice(used, snapshot.Workshop(machine.Workshop), rules) is not null)];
            if (machines.Count == 0)
            {
                return Blocked("material-without-price", $"La matière « {used} » n'a de prix nulle part. Le consortium doit en publier un avant qu'on puisse chiffrer.",
                    $"The material \"{used}\" has no price anywhere. The consortium must publish one before a price can be given.");
            }
        }

        return (machines, null);
    }

    private static (IReadOnlyList<MachineCapacity> Machines, Reason? Blocked) Blocked(string code, string french, string english) =>
        ([], new Reason(code, french, english));
}
