using System.Buffers;

namespace TiersLieux.Market.Web.Localisation;

/// <summary>French sets a space before <c>: ; ? ! »</c> and after <c>«</c> that must not end a line; texts are written with plain ones.</summary>
public static class FrenchSpacing
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(":;?!«»");

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Marks)) return text;
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var glued = source[i] == ' '
                    && ((i + 1 < source.Length && source[i + 1] is ':' or ';' or '?' or '!' or '»') || (i > 0 && source[i - 1] == '«'));
                target[i] = glued ? '\u00A0' : source[i];
            }
        });
    }
}
