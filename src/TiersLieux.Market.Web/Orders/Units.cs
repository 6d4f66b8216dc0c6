using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Quantities with the unit of an offer, which the catalogue keeps in the singular.</summary>
public static class Units
{
    /// <summary>« 1 pièce », « 40 pièces », « 12,5 m² ».</summary>
    public static string Amount(this Format format, decimal quantity, string unit) => format.Quantity(quantity, Math.Abs(quantity) < 2 || !IsWord(unit) ? unit : unit + "s");

    /// <summary>A word takes an s; a symbol (m², kg) and a word that has one do not.</summary>
    private static bool IsWord(string unit) => unit.Length > 3 && unit.All(char.IsLetter) && unit[^1] is not ('s' or 'x' or 'z');
}
