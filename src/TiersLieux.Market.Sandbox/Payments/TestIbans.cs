namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>What a direct debit on a test account does, and after how many seconds of the sandbox's clock.</summary>
internal sealed record TestIban(string Iban, bool Fails = false, bool Disputed = false, int Delay = 0);

/// <summary>Stripe's public test accounts for SEPA debits; any other valid IBAN succeeds at once.</summary>
internal static class TestIbans
{
    private const int ThreeMinutes = 180;

    private static readonly Dictionary<string, TestIban> Known = new TestIban[]
    {
        new("FR1420041010050500013M02606"),
        new("FR3020041010050500013M02609", Delay: ThreeMinutes),
        new("FR8420041010050500013M02607", Fails: true),
        new("FR7920041010050500013M02600", Fails: true, Delay: ThreeMinutes),
        new("FR5720041010050500013M02608", Disputed: true),
        new("DE89370400440532013000"),
        new("DE08370400440532013003", Delay: ThreeMinutes),
        new("DE62370400440532013001", Fails: true),
        new("DE78370400440532013004", Fails: true, Delay: ThreeMinutes),
        new("DE35370400440532013002", Disputed: true),
    }.ToDictionary(i => i.Iban, StringComparer.Ordinal);

    public static TestIban Find(string iban) => Known.GetValueOrDefault(iban) ?? new TestIban(iban);

    public static string Normalise(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public static bool IsValid(string iban) => iban.Length is >= 15 and <= 34 && HasValidCheckDigits(iban);

    /// <summary>ISO 7064 mod 97-10 over letters and digits, as IBANs and RF references carry it.</summary>
    public static bool HasValidCheckDigits(string text)
    {
        if (!text.All(char.IsAsciiLetterOrDigit))
            return false;
        var rest = 0;
        foreach (var c in text[4..] + text[..4])
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + char.ToUpperInvariant(c) - 'A' + 10) % 97;
        return rest == 1;
    }
}
