using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>Amounts in cents and their currency, as parameters.</summary>
internal static class Amounts
{
    private const long Smallest = 50;
    private const long Largest = 99_999_999;

    private static readonly string[] s_known = ["usd", "gbp", "chf", "jpy", "cad", "aud", "sek", "dkk", "nok", "pln", "czk", "ron", "huf"];

    /// <summary>The sandbox's accounts hold euros alone.</summary>
    public static string Currency(Parameters p, string name = "currency")
    {
        var currency = p.Required(name).ToLowerInvariant();
        if (currency == "eur")
            return currency;
        throw StripeException.Invalid(
            s_known.Contains(currency, StringComparer.Ordinal)
                ? $"The currency {currency} is not supported by this account: it holds eur."
                : $"Invalid currency: {currency}. This account supports these currencies: eur",
            p.Name(name),
            "invalid_currency");
    }

    /// <summary>Between 0.50 € and 999 999.99 €, as for a payment.</summary>
    public static long Chargeable(long amount, string param) => amount switch
    {
        < 1 => throw StripeException.Invalid($"Invalid positive integer: {amount}", param, "parameter_invalid_integer"),
        < Smallest => throw StripeException.Invalid("Amount must be at least €0.50 eur", param, "amount_too_small"),
        > Largest => throw StripeException.Invalid("Amount must be no more than €999,999.99", param, "amount_too_large"),
        _ => amount,
    };

    public static long? Positive(Parameters p, string name) => p.Integer(name) switch
    {
        null => null,
        < 1 => throw StripeException.Invalid("This value must be greater than or equal to 1.", p.Name(name), "parameter_invalid_integer"),
        > Largest => throw StripeException.Invalid("Amount must be no more than €999,999.99", p.Name(name), "amount_too_large"),
        var amount => amount,
    };

    public static long RequiredPositive(Parameters p, string name) => Positive(p, name) ?? throw StripeException.Missing(p.Name(name));

    public static string Euros(long cents) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"€{cents / 100m:#,##0.00}");
}
