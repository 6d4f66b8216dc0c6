using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Localisation;

/// <summary>
/// The language of this request: French unless the visitor switched. Every component has it as <c>L</c>:
/// <c>@L.T("Réserver", "Book")</c>. An interactive island, which has no request, gets <see cref="Code"/> as a parameter.
/// </summary>
public sealed class Lang
{
    /// <summary>Cookie that keeps the choice; also read by the API for messages to people.</summary>
    public const string Cookie = "langue";

    public Lang(string code)
    {
        Code = Normal(code);
        Format = new Format(Code);
    }

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    public string Code { get; }

    public bool English => Code == "en";

    public Format Format { get; }

    public string T(string french, string english) => English ? english : FrenchSpacing.Of(french);

    public string T(Text text) => T(text.French, text.English);

    public string T(Reason reason) => T(reason.French, reason.English);

    /// <summary>The language a request asks for: its cookie, else French (whatever the browser says: the place is French).</summary>
    public static Lang Of(HttpContext? context) => new(context?.Request.Cookies[Cookie] ?? "fr");

    public static string Normal(string? code) =>
        code is not null && code.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "fr";
}
