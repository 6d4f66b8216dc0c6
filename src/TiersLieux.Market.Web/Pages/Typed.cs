using System.Globalization;

namespace TiersLieux.Market.Web.Pages;

/// <summary>Numbers as people type them: comma or point, with or without spaces.</summary>
internal static class Typed
{
    private const int Longest = 20;

    /// <summary>Null for what is no number.</summary>
    public static decimal? Number(string? text)
    {
        if (text is null || text.Length > Longest) return null;
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '€')).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>A number for an input: no spaces, the comma of French.</summary>
    public static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture).Replace('.', ',');
}
