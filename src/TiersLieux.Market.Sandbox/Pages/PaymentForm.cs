using System.Globalization;
using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Payments;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>Reads the payment form; every problem is reported at its field, and nothing is stored until all is well.</summary>
internal static class PaymentForm
{
    public static JsonObject? Read(
        Language l, IReadOnlyDictionary<string, string> typed, string means, DateTimeOffset now, Dictionary<string, string> errors)
    {
        string Value(string name) => typed.GetValueOrDefault(name, "");
        var name = Value("billingName");
        if (name.Length == 0)
            errors["billingName"] = l["Indiquez le nom du titulaire.", "Give the holder's name."];
        var billing = Doc.Object(("name", name));
        return means == "sepa_debit" ? Debit(l, Value("iban"), billing, errors) : Card(l, Value, billing, now, errors);
    }

    private static JsonObject? Debit(Language l, string typed, JsonObject billing, Dictionary<string, string> errors)
    {
        var iban = TestIbans.Normalise(typed);
        if (iban.Length == 0)
            errors["iban"] = l["Indiquez l'IBAN du compte à débiter.", "Give the IBAN of the account to debit."];
        else if (!TestIbans.IsValid(iban))
            errors["iban"] = l["Cet IBAN n'est pas valide. Vérifiez chaque caractère.", "This IBAN is not valid. Check every character."];
        return errors.Count == 0 ? PaymentMethods.OfIban(iban, billing) : null;
    }

    private static JsonObject? Card(Language l, Func<string, string> value, JsonObject billing, DateTimeOffset now, Dictionary<string, string> errors)
    {
        var number = value("cardNumber").Replace(" ", "", StringComparison.Ordinal);
        var parts = value("cardExpiry").Split('/', ' ', '-').Where(p => p.Length > 0).ToArray();
        if (parts.Length == 1 && parts[0].Length == 4)
            parts = [parts[0][..2], parts[0][2..]];
        var month = 0;
        var year = 0;
        var readable = parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out month)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out year);
        year = year < 100 ? year + 2000 : year;

        if (number.Length == 0)
            errors["cardNumber"] = l["Indiquez le numéro de la carte.", "Give the card number."];
        if (!readable)
            errors["cardExpiry"] = l["Écrivez le mois et l'année, par exemple 12/34.", "Write month and year, such as 12/34."];
        if (value("cardCvc").Length == 0)
            errors["cardCvc"] = l["Indiquez les trois chiffres au dos de la carte.", "Give the three digits on the back of the card."];
        if (number.Length > 0 && PaymentMethods.CardProblem(number, readable ? month : 1, readable ? year : now.Year + 1, value("cardCvc") is { Length: > 0 } cvc ? cvc : null, now) is { } problem)
        {
            var (field, text) = Place(l, problem.Code!);
            errors.TryAdd(field, text);
        }
        return errors.Count == 0 ? PaymentMethods.OfCard(TestCards.Find(number)!, month, year, billing) : null;
    }

    private static (string Field, string Text) Place(Language l, string code) => code switch
    {
        "incorrect_number" => ("cardNumber", l["Ce numéro de carte n'est pas valide. Vérifiez-le.", "This card number is not valid. Check it."]),
        "invalid_expiry_month" => ("cardExpiry", l["Le mois va de 01 à 12.", "The month goes from 01 to 12."]),
        "invalid_expiry_year" => ("cardExpiry", l["Cette carte a expiré, ou l'année est fausse.", "This card has expired, or the year is wrong."]),
        "invalid_cvc" => ("cardCvc", l["Le cryptogramme a trois ou quatre chiffres.", "The security code has three or four digits."]),
        _ => ("cardNumber", l[
            "Ce n'est pas une carte d'essai. Prenez un numéro de la liste ci-dessous, jamais une vraie carte.",
            "This is not a test card. Use a number of the list below, never a real card."]),
    };
}
