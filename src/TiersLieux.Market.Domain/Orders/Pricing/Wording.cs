using System.Globalization;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>Figures inside sentences, the French and the English way.</summary>
internal static class Wording
{
    public static string Fr(decimal value, string format = "0.##") => value.ToString(format, CultureInfo.InvariantCulture).Replace('.', ',');

    public static string En(decimal value, string format = "0.##") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Fr(Money amount) => $"{Fr(amount.Amount, "0.00")} €";

    public static string En(Money amount) => $"€{En(amount.Amount, "0.00")}";

    public static string Fr(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string En(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Hours and minutes, the same in both languages: 3 h 20 min.</summary>
    public static string Hours(decimal minutes)
    {
        var hours = Math.Floor(minutes / 60);
        var rest = minutes - hours * 60;
        if (hours == 0) return $"{En(rest)} min";
        return rest == 0 ? $"{En(hours)} h" : $"{En(hours)} h {En(rest)} min";
    }
}
