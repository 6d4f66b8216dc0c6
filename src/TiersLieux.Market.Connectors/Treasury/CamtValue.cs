using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Treasury;

/// <summary>Values of CAMT elements, by local name so that every version reads alike.</summary>
internal static partial class CamtValue
{
    private const string Currency = "EUR";

    public static XElement? Child(this XElement parent, params string[] path)
    {
        XElement? element = parent;
        foreach (var name in path) element = element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
        return element;
    }

    public static IEnumerable<XElement> Children(this XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    public static string? TextOf(this XElement parent, params string[] path) =>
        parent.Child(path)?.Value.Trim() is { Length: > 0 } text ? text : null;

    public static int Line(this XElement element) => ((IXmlLineInfo)element).LineNumber;

    public static bool IsEuro(this XElement amount) => amount.Attribute("Ccy")?.Value == Currency;

    /// <summary>A positive amount in euro with no part of a cent.</summary>
    public static Money Amount(XElement? element, XElement parent)
    {
        if (element is null) throw new StatementFault(parent.Line(), "statement-amount", "Un montant manque.", "An amount is missing.");
        if (!element.IsEuro())
            throw new StatementFault(element.Line(), "statement-currency",
                $"Devise « {element.Attribute("Ccy")?.Value} » : seuls les comptes en euros sont tenus ici.",
                $"Currency \"{element.Attribute("Ccy")?.Value}\": only accounts in euro are kept here.");
        var text = element.Value.Trim();
        if (!AmountPattern().IsMatch(text))
            throw new StatementFault(element.Line(), "statement-amount", $"« {text} » n'est pas un montant.", $"\"{text}\" is not an amount.");
        var value = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (decimal.Round(value, 2) != value)
            throw new StatementFault(element.Line(), "statement-amount-decimals",
                $"« {text} » : un montant en euros s'arrête au centime.", $"\"{text}\": an amount in euro stops at the cent.");
        return new Money((long)(value * 100m));
    }

    /// <summary>True for CRDT: money in.</summary>
    public static bool IsCredit(XElement parent) => parent.TextOf("CdtDbtInd") switch
    {
        "CRDT" => true,
        "DBIT" => false,
        var other => throw new StatementFault(parent.Line(), "statement-direction",
            $"Sens « {other} » : CRDT ou DBIT attendu.", $"Direction \"{other}\": CRDT or DBIT expected."),
    };

    public static Money Signed(XElement parent) => IsCredit(parent) ? Amount(parent.Child("Amt"), parent) : -Amount(parent.Child("Amt"), parent);

    /// <summary>The day as the bank writes it, of a date or of a date with a time.</summary>
    public static DateOnly? Date(XElement? choice)
    {
        if (choice is null) return null;
        var text = choice.TextOf("Dt") ?? choice.TextOf("DtTm") ?? choice.Value.Trim();
        return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new StatementFault(choice.Line(), "statement-date", $"« {text} » n'est pas une date.", $"\"{text}\" is not a date.");
    }

    [GeneratedRegex(@"^[0-9]{1,13}(\.[0-9]{1,5})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AmountPattern();
}
