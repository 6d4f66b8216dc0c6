using System.Globalization;
using System.Text;

namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>Words as the search compares them: lower case, without accents, without the little words that say nothing.</summary>
internal static class Words
{
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "a", "au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "s", "sa", "se", "ses", "son", "sur", "un", "une",
        "an", "and", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to", "with",
    };

    /// <summary>All words of a text, in order, repeated where they are repeated.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                if (c is 'œ' or 'Œ') word.Append("oe");
                else if (c is 'æ' or 'Æ') word.Append("ae");
                else word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                Close(word, words);
            }
        }

        Close(word, words);
        return words;
    }

    /// <summary>A plural and its singular are one word.</summary>
    public static string Stem(string word) => word.Length >= 4 && word[^1] is 's' or 'x' ? word[..^1] : word;

    private static void Close(StringBuilder word, List<string> words)
    {
        if (word.Length == 0) return;
        var text = word.ToString();
        word.Clear();
        if (!Empty.Contains(text)) words.Add(text);
    }
}
