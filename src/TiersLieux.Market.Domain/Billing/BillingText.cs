using System.Globalization;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>French notation for what documents and refusals say, the same on every machine.</summary>
public static class BillingText
{
    private const char NarrowSpace = '\u202f';

    private static readonly NumberFormatInfo French = new()
    {
        NumberDecimalSeparator = ",", NumberGroupSeparator = NarrowSpace.ToString(), NegativeSign = "\u2212",
    };

    /// <summary>"1 234,56 €".</summary>
    public static string Amount(Money money) =>
        money.Amount.ToString("#,##0.00", French) + "\u00a0" + (money.Currency == "EUR" ? "€" : money.Currency);

    /// <summary>"5,5 %".</summary>
    public static string Rate(decimal percent) => percent.ToString("0.##", French) + "\u00a0%";

    /// <summary>A quantity or unit price with up to four decimals.</summary>
    public static string Number(decimal value, int minimumDecimals = 0) =>
        value.ToString(minimumDecimals >= 2 ? "#,##0.00##" : "#,##0.####", French);

    /// <summary>"24/11/2026".</summary>
    public static string Date(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
