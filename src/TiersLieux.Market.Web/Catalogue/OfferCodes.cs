using System.Globalization;
using System.Text;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>Addresses of offers, made from their titles.</summary>
internal static class OfferCodes
{
    private const int Longest = 60;

    /// <summary>« Banc d'écolier » → banc-d-ecolier.</summary>
    public static string Of(string title)
    {
        var code = new StringBuilder();
        foreach (var c in title.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) code.Append(char.ToLowerInvariant(c));
            else if (code.Length > 0 && code[^1] != '-') code.Append('-');
            if (code.Length == Longest) break;
        }

        var text = code.ToString().Trim('-');
        return text.Length == 0 ? "offre" : text;
    }
}
