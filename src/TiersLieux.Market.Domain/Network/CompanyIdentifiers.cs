namespace TiersLieux.Market.Domain.Network;

/// <summary>Identifiers of French legal persons.</summary>
public static class CompanyIdentifiers
{
    private const string LaPoste = "356000000";

    /// <summary>The letters and digits of a VAT key; I and O are left out.</summary>
    private const string VatKeyAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>SIREN: 9 digits, the last by Luhn's formula.</summary>
    public static IdentifierCheck Siren(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        if (!IdentifierCheck.IsDigits(value, 9))
            return IdentifierCheck.No("siren-form", "siren", "Un SIREN a 9 chiffres. Vous le trouvez sur vos factures ou sur annuaire-entreprises.data.gouv.fr.", "A SIREN has 9 digits. Find it on your invoices or at annuaire-entreprises.data.gouv.fr.");
        return LuhnSum(value) % 10 == 0 && value != "000000000"
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("siren-key", "siren", "Ce SIREN contient une faute de frappe : sa clé de contrôle n'est pas juste. Vérifiez chaque chiffre.", "This SIREN has a typing error: its check digit is wrong. Check each digit.");
    }

    /// <summary>
    /// SIRET: a SIREN and 5 digits, the whole by Luhn's formula. La Poste has more establishments than the formula allows: theirs pass
    /// when their digits add up to a multiple of 5 (INSEE).
    /// </summary>
    public static IdentifierCheck Siret(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        if (!IdentifierCheck.IsDigits(value, 14))
            return IdentifierCheck.No("siret-form", "siret", "Un SIRET a 14 chiffres : le SIREN puis les 5 chiffres de l'établissement.", "A SIRET has 14 digits: the SIREN, then the 5 of the establishment.");
        var right = Siren(value[..9]) is IdentifierCheck.Valid
            && (LuhnSum(value) % 10 == 0 || (value.StartsWith(LaPoste, StringComparison.Ordinal) && value.Sum(c => c - '0') % 5 == 0));
        return right
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("siret-key", "siret", "Ce SIRET contient une faute de frappe : sa clé de contrôle n'est pas juste. Vérifiez chaque chiffre.", "This SIRET has a typing error: its check digit is wrong. Check each digit.");
    }

    /// <summary>French VAT number: FR, a key of two, a SIREN (000 and six digits in Monaco). Keys with a letter follow a rule of their own.</summary>
    public static IdentifierCheck VatNumber(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        if (value.Length != 13 || !value.StartsWith("FR", StringComparison.Ordinal) || !IdentifierCheck.IsDigits(value[4..], 9)
            || !VatKeyAlphabet.Contains(value[2], StringComparison.Ordinal) || !VatKeyAlphabet.Contains(value[3], StringComparison.Ordinal))
        {
            return IdentifierCheck.No("vat-form", "vatNumber", "Un numéro de TVA français s'écrit FR, deux caractères, puis le SIREN : FR40 123 456 824.", "A French VAT number is FR, two characters, then the SIREN: FR40 123 456 824.");
        }

        var siren = value[4..];
        if (!siren.StartsWith("000", StringComparison.Ordinal) && Siren(siren) is IdentifierCheck.Refused refused) return refused;
        return KeyFits(value[2], value[3], long.Parse(siren, System.Globalization.CultureInfo.InvariantCulture))
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("vat-key", "vatNumber", "La clé de ce numéro de TVA (les deux caractères après FR) ne correspond pas au SIREN. Vérifiez-le.", "The key of this VAT number (the two characters after FR) does not fit the SIREN. Check it.");
    }

    /// <summary>The VAT number that goes with a SIREN, with the numeric key that nearly every company has.</summary>
    public static string VatNumberOf(string siren)
    {
        var key = (12 + 3 * (long.Parse(siren, System.Globalization.CultureInfo.InvariantCulture) % 97)) % 97;
        return FormattableString.Invariant($"FR{key:00}{siren}");
    }

    /// <summary>RNA number of an association: W, the three signs of the prefecture that registered it, 6 digits. It has no check digit.</summary>
    public static IdentifierCheck Rna(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        var right = value.Length == 10 && value[0] == 'W' && char.IsAsciiDigit(value[1]) && char.IsAsciiLetterOrDigit(value[2])
            && char.IsAsciiDigit(value[3]) && IdentifierCheck.IsDigits(value[4..], 6);
        return right
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("rna-form", "rna", "Un numéro RNA s'écrit W suivi de 9 chiffres. Il figure sur le récépissé de la préfecture.", "An RNA number is W followed by 9 digits. It is on the prefecture's receipt.");
    }

    private static bool KeyFits(char first, char second, long siren)
    {
        if (char.IsAsciiDigit(first) && char.IsAsciiDigit(second)) return (first - '0') * 10 + (second - '0') == (12 + 3 * (siren % 97)) % 97;
        var a = VatKeyAlphabet.IndexOf(first, StringComparison.Ordinal);
        var b = VatKeyAlphabet.IndexOf(second, StringComparison.Ordinal);
        var rank = char.IsAsciiDigit(first) ? a * 24 + b - 10 : a * 34 + b - 100;
        return rank >= 0 && (siren + 1 + rank / 11) % 11 == rank % 11;
    }

    /// <summary>Luhn's sum: every second digit from the right counts double, its digits added.</summary>
    private static int LuhnSum(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum;
    }
}
