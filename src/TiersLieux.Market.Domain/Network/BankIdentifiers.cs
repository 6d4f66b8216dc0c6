using System.Collections.Frozen;

namespace TiersLieux.Market.Domain.Network;

/// <summary>Bank account numbers.</summary>
public static class BankIdentifiers
{
    /// <summary>Lengths in the SEPA area (IBAN registry); elsewhere 15 to 34.</summary>
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AT"] = 20, ["BE"] = 16, ["BG"] = 22, ["CH"] = 21, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18, ["EE"] = 20,
        ["ES"] = 24, ["FI"] = 18, ["FR"] = 27, ["GB"] = 22, ["GI"] = 23, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IS"] = 26,
        ["IT"] = 27, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21, ["MC"] = 27, ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PL"] = 28,
        ["PT"] = 25, ["RO"] = 24, ["SE"] = 24, ["SI"] = 19, ["SK"] = 24, ["SM"] = 27, ["VA"] = 22,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>IBAN (ISO 13616): country, two check digits (ISO 7064, modulo 97), account.</summary>
    public static IdentifierCheck Iban(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        if (value.Length is < 15 or > 34 || !value.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(value[0]) || !char.IsAsciiLetter(value[1])
            || !char.IsAsciiDigit(value[2]) || !char.IsAsciiDigit(value[3]))
        {
            return IdentifierCheck.No("iban-form", "iban", "Un IBAN commence par deux lettres (le pays) et deux chiffres : FR76… Il figure sur votre RIB.", "An IBAN begins with two letters (the country) and two digits: FR76… It is on your bank's account statement.");
        }

        if (Lengths.TryGetValue(value[..2], out var length) && value.Length != length)
        {
            return IdentifierCheck.No(
                "iban-length",
                "iban",
                $"Un IBAN {value[..2]} a {length} caractères ; celui-ci en a {value.Length}. Il en manque, ou il y en a en trop.",
                $"A {value[..2]} IBAN has {length} characters; this one has {value.Length}. Some are missing or too many.");
        }

        var key = value[2..4];
        var right = Mod97(value[4..] + value[..4]) == 1 && key is not ("00" or "01" or "99");
        return right
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("iban-key", "iban", "Cet IBAN contient une faute de frappe : sa clé de contrôle n'est pas juste. Recopiez-le depuis votre RIB.", "This IBAN has a typing error: its check digits are wrong. Copy it again from your bank's statement.");
    }

    /// <summary>Remainder modulo 97 of a text whose letters count as two digits (A = 10 … Z = 35).</summary>
    private static int Mod97(string text)
    {
        var remainder = 0;
        foreach (var c in text)
        {
            var number = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
        }

        return remainder;
    }
}
