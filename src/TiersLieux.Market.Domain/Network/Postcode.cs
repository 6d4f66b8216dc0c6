namespace TiersLieux.Market.Domain.Network;

/// <summary>French postal codes.</summary>
public static class Postcode
{
    /// <summary>5 digits, of which the first two are a department in use (01 to 95, 97, 98).</summary>
    public static IdentifierCheck Check(string? text)
    {
        var value = IdentifierCheck.Compact(text);
        var right = IdentifierCheck.IsDigits(value, 5)
            && ((value[0] - '0') * 10 + (value[1] - '0')) is (>= 1 and <= 95) or 97 or 98;
        return right
            ? new IdentifierCheck.Valid(value)
            : IdentifierCheck.No("postcode", "postcode", "Un code postal français a 5 chiffres et commence par un département : 59000, 80100…", "A French postal code has 5 digits and begins with a department: 59000, 80100…");
    }
}
