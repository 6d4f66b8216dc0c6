using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Refuses requests that make no sense before anything is planned.</summary>
internal static class RequestCheck
{
    public static Reason? Check(RoutingRequest request)
    {
        if (request.Lines.Count == 0)
            return Refuse("request-empty", "lines", "La demande ne contient aucune ligne. Ajoutez un produit.", "The request has no line. Add a product.");
        if (request.Lines.Count > RoutingLimits.MaximumLines)
        {
            return Refuse("request-too-long", "lines", $"Une demande a au plus {RoutingLimits.MaximumLines} lignes. Faites-en plusieurs.",
                $"A request has at most {RoutingLimits.MaximumLines} lines. Make several.");
        }

        if (request.Lines.DistinctBy(line => line.Line).Count() != request.Lines.Count)
            return Refuse("line-twice", "lines", "Deux lignes portent le même numéro. Numérotez-les autrement.", "Two lines have the same number. Number them differently.");
        if (!request.Destination.IsValid)
        {
            return Refuse("destination-unknown", "deliverTo", "La position de livraison n'existe pas. Choisissez une commune de la liste.",
                "The delivery position does not exist. Choose a commune from the list.");
        }

        if (request.Due is { } due && due < ParisTime.DateOf(request.Now))
        {
            return Refuse("due-date-past", "dueDate", $"La date souhaitée, le {Wording.Fr(due)}, est passée. Choisissez une date à venir.",
                $"The due date, {Wording.En(due)}, is past. Choose a date to come.");
        }

        return request.Lines.Select(CheckLine).FirstOrDefault(reason => reason is not null);
    }

    private static Reason? CheckLine(RoutingLine line)
    {
        var at = $"lines[{line.Line}]";
        if (line.Quantity <= 0 || line.Quantity > RoutingLimits.MaximumQuantity || decimal.Round(line.Quantity, 3) != line.Quantity)
        {
            return Refuse("quantity-invalid", $"{at}.quantity",
                $"La quantité de la ligne {line.Line} doit être entre 0,001 et {RoutingLimits.MaximumQuantity:0}, avec trois décimales au plus.",
                $"The quantity of line {line.Line} must be between 0.001 and {RoutingLimits.MaximumQuantity:0}, with at most three decimals.");
        }

        if (line.UnitWeightKg < 0)
        {
            return Refuse("weight-negative", $"{at}.unitWeightKg", $"Le poids unitaire de la ligne {line.Line} est négatif. Corrigez-le.",
                $"The unit weight of line {line.Line} is negative. Correct it.");
        }

        if (line.MinimumLot < 0 || line.MaximumLots is < 1 or > RoutingLimits.MaximumLots)
        {
            return Refuse("lots-invalid", $"{at}.maximumLots", $"La ligne {line.Line} doit se faire en 1 à {RoutingLimits.MaximumLots} lots, d'une taille qui n'est pas négative.",
                $"Line {line.Line} must be made in 1 to {RoutingLimits.MaximumLots} lots, of a size that is not negative.");
        }

        if (line.FixedPrices is { } prices)
        {
            if (line.OnlyWorkshop is null)
            {
                return Refuse("fixed-price-without-workshop", $"{at}.onlyWorkshop", $"La ligne {line.Line} a un prix fixe mais pas d'atelier. Un prix fixe est celui d'un atelier.",
                    $"Line {line.Line} has a fixed price but no workshop. A fixed price is one workshop's.");
            }

            if (prices.UnitPrice(line.Quantity) is null)
            {
                return Refuse("quantity-below-smallest", $"{at}.quantity",
                    $"Cette offre se vend à partir de {Wording.Fr(prices.SmallestQuantity)}. Augmentez la quantité de la ligne {line.Line}.",
                    $"This offer is sold from {Wording.En(prices.SmallestQuantity)} upwards. Raise the quantity of line {line.Line}.");
            }
        }

        if (line.Operations.Count is 0 or > RoutingLimits.MaximumOperations)
        {
            return Refuse("routing-invalid", $"{at}.operations", $"La gamme de la ligne {line.Line} doit avoir de 1 à {RoutingLimits.MaximumOperations} opérations.",
                $"The routing of line {line.Line} must have 1 to {RoutingLimits.MaximumOperations} operations.");
        }

        for (var i = 0; i < line.Operations.Count; i++)
        {
            var operation = line.Operations[i];
            if (i > 0 && operation.Sequence <= line.Operations[i - 1].Sequence)
            {
                return Refuse("routing-out-of-order", $"{at}.operations", $"Les opérations de la ligne {line.Line} doivent porter des numéros croissants.",
                    $"The operations of line {line.Line} must have increasing numbers.");
            }

            if (!IsSound(operation))
            {
                return Refuse("operation-invalid", $"{at}.operations[{operation.Sequence}]",
                    $"L'opération {operation.Sequence} de la ligne {line.Line} a une durée ou une matière impossible : temps et quantités positifs, présence entre 0 et {RoutingLimits.MaximumAttendance:0} à deux décimales.",
                    $"Operation {operation.Sequence} of line {line.Line} has an impossible time or material: times and quantities positive, attendance between 0 and {RoutingLimits.MaximumAttendance:0} with two decimals.");
            }
        }

        return null;
    }

    private static bool IsSound(RoutingOperation operation) =>
        operation.Process.Length > 0
        && operation.SetUp >= TimeSpan.Zero && operation.UnitTime >= TimeSpan.Zero && operation.SetUp + operation.UnitTime > TimeSpan.Zero
        && operation.MaterialPerUnit >= 0
        && operation.Attendance is >= 0 and <= RoutingLimits.MaximumAttendance
        && decimal.Round(operation.Attendance, 2) == operation.Attendance;

    private static Reason Refuse(string code, string field, string french, string english) => new(code, french, english) { Field = field };
}
