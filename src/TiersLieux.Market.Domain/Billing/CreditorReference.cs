namespace TiersLieux.Market.Domain.Billing;

/// <summary>ISO 11649 creditor references: RF, two check digits (mod 97-10), up to 21 letters and digits.</summary>
public static class CreditorReference
{
    private const int LongestBody = 21;

    /// <summary>
    /// The reference of a document number: its letters and digits, with the check digits before them.
    /// Null when none remain or they are more than 21.
    /// </summary>
    public static string? Create(string number)
    {
        var body = string.Concat(number.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (body.Length is 0 or > LongestBody) return null;
        var check = 98 - Remainder(body + "RF00");
        return FormattableString.Invariant($"RF{check:00}{body}");
    }

    /// <summary>Whether a text is a reference with right check digits; spaces and lower case are forgiven.</summary>
    public static bool IsValid(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return compact.Length is > 4 and <= LongestBody + 4
            && compact.StartsWith("RF", StringComparison.Ordinal)
            && compact.All(char.IsAsciiLetterOrDigit)
            && char.IsAsciiDigit(compact[2]) && char.IsAsciiDigit(compact[3])
            && Remainder(compact[4..] + compact[..4]) == 1;
    }

    /// <summary>In groups of four, as printed.</summary>
    public static string Grouped(string reference) => string.Join(' ', reference.Chunk(4).Select(c => new string(c)));

    /// <summary>ISO 7064 mod 97-10 with A = 10 … Z = 35.</summary>
    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var c in text)
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = value < 10 ? (remainder * 10 + value) % 97 : (remainder * 100 + value) % 97;
        }

        return remainder;
    }
}
