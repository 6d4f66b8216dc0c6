using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>The calls of payment intents; what a confirmation does is in <see cref="PaymentAttempt"/>.</summary>
internal static class PaymentIntents
{
    private static readonly string[] s_reasons = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"];

    public static JsonNode Create(Call call)
    {
        var p = call.P;
        var amount = Amounts.Chargeable(p.Integer("amount") ?? throw StripeException.Missing("amount"), "amount");
        var currency = Amounts.Currency(p);
        var customer = call.Named("customer", "customer");
        p.OneOf("capture_method", "automatic", "automatic_async");
        p.OneOf("confirmation_method", "automatic", "manual");
        var automatic = p.Group("automatic_payment_methods");
        automatic?.Flag("enabled");
        automatic?.Text("allow_redirects");
        var intent = New(amount, currency, p.Has("payment_method_types") ? Types(p) : ["card", "sepa_debit"]);
        intent["automatic_payment_methods"] = p.Has("payment_method_types") ? null : Doc.Object(("allow_redirects", "always"), ("enabled", true));
        intent["customer"] = customer?.Id();
        ReadCommon(p, intent);
        var confirm = p.Flag("confirm") == true;
        var how = ReadConfirmation(call, confirm);
        p.Done();

        call.Work.Add(call.Account, intent);
        Events.Emit(call.Work, "payment_intent.created", intent);
        if (how.Method is not null)
        {
            CheckType(intent, how.Method);
            intent["payment_method"] = how.Method.Id();
            intent["status"] = "requires_confirmation";
        }
        if (confirm)
            return Confirm(call.Work, intent, how);
        call.Work.Save(intent);
        return intent;
    }

    public static JsonNode Retrieve(Call call)
    {
        call.P.Text("client_secret");
        return call.Target("payment_intent");
    }

    public static JsonNode Update(Call call)
    {
        var intent = call.Target("payment_intent");
        var p = call.P;
        if (p.Integer("amount") is { } amount)
        {
            if (!IsOpen(intent))
                throw Unexpected(intent, "update the amount of");
            intent["amount"] = Amounts.Chargeable(amount, "amount");
        }
        if (p.Has("currency"))
            intent["currency"] = Amounts.Currency(p);
        if (call.Named("customer", "customer") is { } customer)
            intent["customer"] = customer.Id();
        if (p.Has("payment_method_types"))
            intent["payment_method_types"] = Doc.Array(Types(p));
        if (p.Text("payment_method") is { Length: > 0 } id)
        {
            if (!IsOpen(intent))
                throw Unexpected(intent, "update the payment method of");
            var method = PaymentMethods.Resolve(call.Work, call.Account, id, "payment_method");
            CheckType(intent, method);
            intent["payment_method"] = method.Id();
            intent["status"] = "requires_confirmation";
        }
        ReadCommon(p, intent);
        p.Done();
        call.Work.Save(intent);
        return intent;
    }

    public static JsonNode Confirm(Call call)
    {
        var intent = call.Target("payment_intent");
        var how = ReadConfirmation(call, confirm: true);
        ReadCommon(call.P, intent);
        call.P.Done();
        if (!IsOpen(intent) && intent.Text("status") != "requires_action")
            throw Unexpected(intent, "confirm");
        var method = how.Method ?? call.Work.Find(intent.Text("payment_method"))
            ?? throw StripeException.State(
                "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
                "payment_intent_unexpected_state", intent);
        CheckType(intent, method);
        return Confirm(call.Work, intent, how with { Method = method });
    }

    public static JsonNode Cancel(Call call)
    {
        var intent = call.Target("payment_intent");
        var reason = call.P.OneOf("cancellation_reason", s_reasons);
        call.P.Done();
        if (!IsOpen(intent) && intent.Text("status") != "requires_action")
            throw Unexpected(intent, "cancel");
        return Cancel(call.Work, intent, reason);
    }

    public static JsonNode List(Call call) => Lists.Page(call, "payment_intent", "/v1/payment_intents", "customer");

    public static JsonObject New(long amount, string currency, IEnumerable<string> types)
    {
        var id = Ids.New("pi_");
        return Doc.Object(
            ("id", id), ("object", "payment_intent"), ("amount", amount), ("amount_capturable", 0),
            ("amount_details", Doc.Object(("tip", new JsonObject()))), ("amount_received", 0), ("application", null),
            ("application_fee_amount", null), ("automatic_payment_methods", null), ("canceled_at", null), ("cancellation_reason", null),
            ("capture_method", "automatic_async"), ("client_secret", Ids.New(id + "_secret_", 25)), ("confirmation_method", "automatic"),
            ("currency", currency), ("customer", null), ("description", null), ("excluded_payment_method_types", null),
            ("last_payment_error", null), ("latest_charge", null), ("metadata", new JsonObject()), ("next_action", null),
            ("on_behalf_of", null), ("payment_method", null), ("payment_method_configuration_details", null),
            ("payment_method_options", new JsonObject()), ("payment_method_types", Doc.Array(types)), ("processing", null),
            ("receipt_email", null), ("review", null), ("setup_future_usage", null), ("shipping", null), ("source", null),
            ("statement_descriptor", null), ("statement_descriptor_suffix", null), ("status", "requires_payment_method"),
            ("transfer_data", null), ("transfer_group", null));
    }

    public static JsonObject Cancel(Work work, JsonObject intent, string? reason)
    {
        intent["status"] = "canceled";
        intent["canceled_at"] = work.Now;
        intent["cancellation_reason"] = reason;
        intent["next_action"] = null;
        work.Save(intent);
        Events.Emit(work, "payment_intent.canceled", intent);
        return intent;
    }

    /// <summary>It waits for a means of payment or for the order to charge it.</summary>
    public static bool IsOpen(JsonObject intent) => intent.Text("status") is "requires_payment_method" or "requires_confirmation";

    private static JsonObject Confirm(Work work, JsonObject intent, Confirmation how)
    {
        if (how.Method is null)
        {
            throw StripeException.State(
                "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
                "payment_intent_unexpected_state", intent);
        }
        var refused = PaymentAttempt.Run(work, intent, how.Method, how.ReturnUrl, how.OffSession);
        return refused is null ? intent : throw refused;
    }

    private sealed record Confirmation(JsonObject? Method, string? ReturnUrl, bool OffSession);

    private static Confirmation ReadConfirmation(Call call, bool confirm)
    {
        var p = call.P;
        var off = p.Text("off_session") is { Length: > 0 } text && text != "false";
        var returnUrl = p.Text("return_url");
        p.Any("mandate_data");
        p.Flag("use_stripe_sdk");
        p.Flag("error_on_requires_action");
        if (returnUrl is { Length: > 0 } && !Uri.TryCreate(returnUrl, UriKind.Absolute, out _))
            throw StripeException.Invalid("Not a valid URL", "return_url", "url_invalid");
        if (returnUrl is { Length: > 0 } && !confirm)
            throw StripeException.Invalid("You can only use return_url with confirm=true.", "return_url");
        JsonObject? method = null;
        if (p.Text("payment_method") is { Length: > 0 } id)
            method = PaymentMethods.Resolve(call.Work, call.Account, id, "payment_method");
        else if (p.Group("payment_method_data") is { } data)
            method = call.Work.Add(call.Account, PaymentMethods.Read(call.Work, data));
        return new Confirmation(method, returnUrl, off);
    }

    private static void ReadCommon(Parameters p, JsonObject intent)
    {
        foreach (var name in new[] { "description", "receipt_email", "transfer_group", "statement_descriptor", "statement_descriptor_suffix", "setup_future_usage", "on_behalf_of" })
        {
            if (p.Text(name) is { } text)
                intent[name] = text.Length == 0 ? null : text;
        }
        foreach (var name in new[] { "shipping", "payment_method_options" })
        {
            if (p.Has(name))
                intent[name] = p.Any(name);
        }
        intent["metadata"] = p.Metadata(intent.Group("metadata"));
    }

    private static IReadOnlyList<string> Types(Parameters p)
    {
        var types = p.Texts("payment_method_types");
        foreach (var type in types)
        {
            if (type is not ("card" or "sepa_debit"))
                throw StripeException.Invalid($"The payment method type \"{type}\" is invalid. The sandbox knows card and sepa_debit.", "payment_method_types");
        }
        return types;
    }

    private static void CheckType(JsonObject intent, JsonObject method)
    {
        var type = method.Text("type");
        if (!((JsonArray)intent["payment_method_types"]!).Any(t => (string?)t == type))
        {
            throw StripeException.Invalid(
                $"The PaymentMethod provided ({type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: {string.Join(", ", ((JsonArray)intent["payment_method_types"]!).Select(t => (string?)t))}.",
                "payment_method");
        }
    }

    private static StripeException Unexpected(JsonObject intent, string verb)
    {
        var status = intent.Text("status");
        return StripeException.State(
            status == "succeeded" && verb == "confirm"
                ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
                : $"You cannot {verb} this PaymentIntent because it has a status of {status}.",
            "payment_intent_unexpected_state",
            intent);
    }
}
