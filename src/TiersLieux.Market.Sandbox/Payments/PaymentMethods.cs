using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>
/// Cards and bank accounts. Only test numbers are ever stored: any other card is refused before that.
/// </summary>
internal static class PaymentMethods
{
    public static JsonNode Create(Call call)
    {
        var method = Read(call.Work, call.P);
        method["metadata"] = call.P.Metadata();
        call.P.Done();
        return call.Work.Add(call.Account, method);
    }

    public static JsonNode Retrieve(Call call) => Resolve(call.Work, call.Account, call.Id, "payment_method", keepToken: true);

    public static JsonNode Attach(Call call)
    {
        var method = Resolve(call.Work, call.Account, call.Id, "payment_method");
        var customer = call.Work.Get(call.Account, "customer", call.P.Required("customer"), "customer");
        call.P.Done();
        method["customer"] = customer.Id();
        call.Work.Save(method);
        Events.Emit(call.Work, "payment_method.attached", method);
        return method;
    }

    public static JsonNode Detach(Call call)
    {
        var method = call.Target("payment_method");
        call.P.Done();
        method["customer"] = null;
        call.Work.Save(method);
        Events.Emit(call.Work, "payment_method.detached", method);
        return method;
    }

    public static JsonNode List(Call call) => Lists.Page(call, "payment_method", "/v1/payment_methods", "customer", "type");

    public static JsonNode ListOfCustomer(Call call)
    {
        var filters = new List<(string, string)> { ("customer", call.Target("customer").Id()) };
        if (call.P.Text("type") is { Length: > 0 } type)
            filters.Add(("type", type));
        return Lists.Page(call, "payment_method", $"/v1/customers/{call.Id}/payment_methods", filters);
    }

    /// <summary>A stored method, or a fresh one for a token such as <c>pm_card_visa</c>.</summary>
    public static JsonObject Resolve(Work work, string account, string id, string param, bool keepToken = false)
    {
        if (TestCards.FromToken(id) is not { } card)
            return work.Get(account, "payment_method", id, param);
        var year = DateTimeOffset.FromUnixTimeSeconds(work.Now).Year + 1;
        var method = OfCard(card, 12, year);
        if (keepToken)
        {
            method["created"] = work.Now;
            method["livemode"] = false;
            method["id"] = id;
            return method;
        }
        return work.Add(account, method);
    }

    /// <summary>Reads <c>type</c> and what belongs to it; used for <c>payment_method_data</c> too.</summary>
    public static JsonObject Read(Work work, Parameters p)
    {
        var type = p.OneOf("type", "card", "sepa_debit") ?? throw StripeException.Missing(p.Name("type"));
        var billing = p.Any("billing_details") as JsonObject;
        p.Any("allow_redisplay");
        if (type == "sepa_debit")
        {
            var iban = TestIbans.Normalise((p.Group("sepa_debit") ?? throw StripeException.Missing(p.Name("sepa_debit"))).Required("iban"));
            if (!TestIbans.IsValid(iban))
                throw StripeException.Invalid("The IBAN you provided is invalid.", p.Name("sepa_debit[iban]"), "invalid_bank_account_iban");
            return OfIban(iban, billing);
        }
        var card = p.Group("card") ?? throw StripeException.Missing(p.Name("card"));
        if (card.Text("token") is { Length: > 0 } token)
        {
            var known = TestCards.FromToken("pm_card_" + token.Replace("tok_", "", StringComparison.Ordinal))
                ?? throw StripeException.NoSuch("token", token, card.Name("token"));
            return OfCard(known, 12, DateTimeOffset.FromUnixTimeSeconds(work.Now).Year + 1, billing);
        }
        var month = card.Integer("exp_month") ?? throw StripeException.Missing(card.Name("exp_month"));
        var year = card.Integer("exp_year") ?? throw StripeException.Missing(card.Name("exp_year"));
        if (year < 100)
            year += 2000;
        var number = card.Required("number").Replace(" ", "", StringComparison.Ordinal);
        var problem = CardProblem(number, month, year, card.Text("cvc"), DateTimeOffset.FromUnixTimeSeconds(work.Now));
        if (problem is not null)
            throw problem;
        return OfCard(TestCards.Find(number)!, (int)month, (int)year, billing);
    }

    /// <summary>What is wrong with a card as typed, or null.</summary>
    public static StripeException? CardProblem(string number, long month, long year, string? cvc, DateTimeOffset now)
    {
        static StripeException Error(string message, string code, string param, string? decline = null) =>
            new(402, "card_error", message, code, param) { DeclineCode = decline };
        if (!TestCards.HasValidChecksum(number))
            return Error("Your card number is incorrect.", "incorrect_number", "number");
        if (month is < 1 or > 12)
            return Error("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month");
        if (year > now.Year + 50 || year < now.Year || (year == now.Year && month < now.Month))
            return Error("Your card's expiration year is invalid.", "invalid_expiry_year", "exp_year");
        if (cvc is not null && (cvc.Length is < 3 or > 4 || !cvc.All(char.IsAsciiDigit)))
            return Error("Your card's security code is invalid.", "invalid_cvc", "cvc");
        return TestCards.Find(number) is null
            ? Error(
                "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
                "card_declined", "number", "test_mode_live_card")
            : null;
    }

    public static JsonObject OfCard(TestCard card, int month, int year, JsonObject? billing = null) => Doc.Object(
        ("id", Ids.New("pm_")), ("object", "payment_method"), ("allow_redisplay", "unspecified"), ("billing_details", Billing(billing)),
        ("card", Doc.Object(
            ("brand", card.Brand), ("checks", Doc.Object(("address_line1_check", null), ("address_postal_code_check", null), ("cvc_check", "pass"))),
            ("country", "FR"), ("display_brand", card.Brand), ("exp_month", month), ("exp_year", year),
            ("fingerprint", "fp_" + card.Number[^8..]), ("funding", "credit"), ("generated_from", null), ("last4", card.Last4),
            ("networks", Doc.Object(("available", Doc.Array([card.Brand])), ("preferred", null))),
            ("three_d_secure_usage", Doc.Object(("supported", true))), ("wallet", null))),
        ("customer", null), ("metadata", new JsonObject()), ("type", "card"), ("_number", card.Number));

    public static JsonObject OfIban(string iban, JsonObject? billing = null) => Doc.Object(
        ("id", Ids.New("pm_")), ("object", "payment_method"), ("allow_redisplay", "unspecified"), ("billing_details", Billing(billing)),
        ("customer", null), ("metadata", new JsonObject()),
        ("sepa_debit", Doc.Object(
            ("bank_code", iban.Length >= 9 ? iban[4..9] : ""), ("branch_code", ""), ("country", iban[..2]),
            ("fingerprint", "fp_" + iban[^8..]), ("generated_from", Doc.Object(("charge", null), ("setup_attempt", null))), ("last4", iban[^4..]))),
        ("type", "sepa_debit"), ("_iban", iban));

    private static JsonObject Billing(JsonObject? given) => Doc.Object(
        ("address", (given?["address"] ?? Doc.Object(("city", null), ("country", null), ("line1", null), ("line2", null), ("postal_code", null), ("state", null))).DeepClone()),
        ("email", given?["email"]?.DeepClone()), ("name", given?["name"]?.DeepClone()), ("phone", given?["phone"]?.DeepClone()), ("tax_id", null));
}
