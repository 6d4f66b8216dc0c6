using System.Globalization;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>French unless the browser prefers English; amounts and dates as each writes them.</summary>
public sealed record Language(bool French)
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly CultureInfo s_french = Culture("fr-FR", ",", "\u00a0");
    private static readonly CultureInfo s_english = Culture("en-GB", ".", ",");

    public string Code => French ? "fr" : "en";

    public static Language Of(HttpRequest request, string? wanted = null)
    {
        if (wanted is "fr" or "en")
            return new Language(wanted == "fr");
        foreach (var part in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (part.Value.StartsWith("fr", StringComparison.OrdinalIgnoreCase))
                return new Language(French: true);
            if (part.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return new Language(French: false);
        }
        return new Language(French: true);
    }

    public string this[string french, string english] => French ? french : english;

    /// <summary><c>1 234,56 €</c> or <c>€1,234.56</c>.</summary>
    public string Euros(long cents)
    {
        var amount = Math.Abs(cents) / 100m;
        var sign = cents < 0 ? "\u2212" : "";
        return French
            ? sign + amount.ToString("#,##0.00", s_french) + "\u00a0€"
            : sign + "€" + amount.ToString("#,##0.00", s_english);
    }

    public string When(long unixSeconds)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(unixSeconds), s_paris);
        return local.ToString(French ? "ddd d MMM yyyy, HH' h 'mm" : "ddd d MMM yyyy, HH:mm", French ? s_french : s_english);
    }

    public string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", French ? s_french : s_english);

    private static CultureInfo Culture(string name, string comma, string group)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat.NumberDecimalSeparator = comma;
        culture.NumberFormat.NumberGroupSeparator = group;
        return culture;
    }
}
