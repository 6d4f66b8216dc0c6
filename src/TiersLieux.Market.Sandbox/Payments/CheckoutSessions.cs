using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>Checkout sessions in payment mode; their <c>url</c> is the sandbox's own payment page.</summary>
internal static class CheckoutSessions
{
    private const long Shortest = 1800;
    private const long Longest = 86400;

    public static JsonNode Create(Call call)
    {
        var p = call.P;
        if (p.Required("mode") != "payment")
            throw StripeException.Invalid("The sandbox knows mode=payment only.", "mode");
        var lines = p.Items("line_items").Select(Line).ToList();
        if (lines.Count == 0)
            throw StripeException.Missing("line_items");
        var total = lines.Sum(l => l.Number("amount_total"));
        Amounts.Chargeable(total, "line_items");
        var customer = call.Named("customer", "customer");
        var email = p.Text("customer_email");
        if (email is { Length: > 0 } && !email.Contains('@', StringComparison.Ordinal))
            throw StripeException.Invalid($"Invalid email address: {email}", "customer_email", "email_invalid");
        if (customer is not null && email is { Length: > 0 })
            throw StripeException.Invalid("You may only specify one of these parameters: customer, customer_email.", "customer_email");
        var types = p.Has("payment_method_types") ? p.Texts("payment_method_types") : ["card", "sepa_debit"];
        if (types.FirstOrDefault(t => t is not ("card" or "sepa_debit")) is { } unknown)
            throw StripeException.Invalid($"Invalid payment_method_types: {unknown}. The sandbox knows card and sepa_debit.", "payment_method_types");
        var (expires, due) = Expiry(call);
        var id = Ids.New("cs_test_", 58);
        var session = Doc.Object(
            ("id", id), ("object", "checkout.session"), ("adaptive_pricing", null), ("after_expiration", null), ("allow_promotion_codes", null),
            ("amount_subtotal", total), ("amount_total", total), ("automatic_tax", Doc.Object(("enabled", false), ("liability", null), ("status", null))),
            ("billing_address_collection", p.OneOf("billing_address_collection", "auto", "required")),
            ("cancel_url", Url(p, "cancel_url", required: false)), ("client_reference_id", p.Text("client_reference_id")), ("client_secret", null),
            ("consent", null), ("consent_collection", null), ("currency", "eur"), ("custom_fields", new JsonArray()),
            ("custom_text", new JsonObject()), ("customer", customer?.Id()),
            ("customer_creation", p.OneOf("customer_creation", "always", "if_required") ?? (customer is null ? "if_required" : null)),
            ("customer_details", email is { Length: > 0 } ? Details(email, null) : null), ("customer_email", string.IsNullOrEmpty(email) ? null : email),
            ("discounts", new JsonArray()), ("expires_at", expires), ("invoice", null), ("invoice_creation", null),
            ("locale", p.Text("locale")), ("metadata", p.Metadata()), ("mode", "payment"), ("payment_intent", null), ("payment_link", null),
            ("payment_method_collection", "if_required"), ("payment_method_options", p.Any("payment_method_options") ?? new JsonObject()),
            ("payment_method_types", Doc.Array(types)), ("payment_status", "unpaid"),
            ("phone_number_collection", Doc.Object(("enabled", false))), ("recovered_from", null), ("saved_payment_method_options", null),
            ("setup_intent", null), ("shipping_address_collection", null), ("shipping_cost", null), ("shipping_options", new JsonArray()),
            ("status", "open"), ("submit_type", p.OneOf("submit_type", "auto", "book", "donate", "pay")), ("subscription", null),
            ("success_url", Url(p, "success_url", required: true)),
            ("total_details", Doc.Object(("amount_discount", 0), ("amount_shipping", 0), ("amount_tax", 0))), ("ui_mode", "hosted"),
            ("url", $"{call.Work.BaseUrl}/c/pay/{id}"));
        session["_lines"] = new JsonArray([.. lines]);
        session["_intent"] = IntentData(p);
        p.Done();
        call.Work.Add(call.Account, session);
        call.Work.Plan(due, Jobs.SessionExpires, id);
        return session;
    }

    public static JsonNode Retrieve(Call call) => call.Target("checkout.session");

    public static JsonNode Update(Call call)
    {
        var session = call.Target("checkout.session");
        session["metadata"] = call.P.Metadata(session.Group("metadata"));
        call.P.Done();
        call.Work.Save(session);
        return session;
    }

    public static JsonNode List(Call call) => Lists.Page(call, "checkout.session", "/v1/checkout/sessions", "customer", "payment_intent", "status");

    public static JsonNode LineItems(Call call)
    {
        call.P.Integer("limit");
        return LineItems(call.Target("checkout.session"));
    }

    public static JsonObject LineItems(JsonObject session) =>
        Doc.List($"/v1/checkout/sessions/{session.Id()}/line_items", ((JsonArray)session["_lines"]!).OfType<JsonObject>());

    public static JsonNode Expire(Call call)
    {
        var session = call.Target("checkout.session");
        call.P.Done();
        if (session.Text("status") != "open")
        {
            throw StripeException.Invalid(
                $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {session.Text("status")}.");
        }
        Close(call.Work, session);
        return session;
    }

    public static void ExpireIfOpen(Work work, string id)
    {
        if (work.Find(id) is { } session && session.Text("status") == "open")
            Close(work, session);
    }

    /// <summary>The customer pays on the page: the intent is made at the first attempt and kept for the next ones.</summary>
    /// <returns>The refusal to show, or null: the session is complete, or its intent needs the 3-D Secure page.</returns>
    public static StripeException? Pay(Work work, JsonObject session, JsonObject method)
    {
        work.Add(session.Owner(), method);
        var intent = work.Find(session.Text("payment_intent")) ?? CreateIntent(work, session);
        if (!PaymentIntents.IsOpen(intent) && intent.Text("status") != "requires_action")
            return null;
        var refused = PaymentAttempt.Run(work, intent, method, session.Text("url"));
        if (refused is null && intent.Text("status") is "succeeded" or "processing")
            Complete(work, session, intent, method);
        return refused;
    }

    /// <summary>After the 3-D Secure page.</summary>
    public static void AfterAuthentication(Work work, JsonObject intent)
    {
        if (work.Find(intent.Text("_session")) is { } session && session.Text("status") == "open" && intent.Text("status") == "succeeded")
            Complete(work, session, intent, work.Find(intent.Text("payment_method"))!);
    }

    public static void DebitSucceeded(Work work, JsonObject intent) => AfterDebit(work, intent, "paid", "checkout.session.async_payment_succeeded");

    public static void DebitFailed(Work work, JsonObject intent) => AfterDebit(work, intent, "unpaid", "checkout.session.async_payment_failed");

    public static string SuccessUrl(JsonObject session) =>
        session.Text("success_url")!.Replace("{CHECKOUT_SESSION_ID}", session.Id(), StringComparison.Ordinal);

    private static void AfterDebit(Work work, JsonObject intent, string paymentStatus, string type)
    {
        if (work.Find(intent.Text("_session")) is not { } session)
            return;
        session["payment_status"] = paymentStatus;
        work.Save(session);
        Events.Emit(work, type, session);
    }

    private static void Complete(Work work, JsonObject session, JsonObject intent, JsonObject method)
    {
        var billing = method.Group("billing_details");
        session["customer_details"] = Details(session.Text("customer_email") ?? billing?.Text("email"), billing?.Text("name"));
        if (session.Text("customer_creation") == "always" && session.Text("customer") is null)
        {
            var customer = work.Add(session.Owner(), Doc.Object(
                ("id", Ids.New("cus_", 14)), ("object", "customer"), ("email", session.Group("customer_details")!.Text("email")),
                ("metadata", new JsonObject()), ("name", billing?.Text("name"))));
            session["customer"] = customer.Id();
            Events.Emit(work, "customer.created", customer);
        }
        session["status"] = "complete";
        session["payment_status"] = intent.Text("status") == "succeeded" ? "paid" : "unpaid";
        session["url"] = null;
        work.Save(session);
        Events.Emit(work, "checkout.session.completed", session);
    }

    private static void Close(Work work, JsonObject session)
    {
        session["status"] = "expired";
        session["url"] = null;
        work.Save(session);
        if (work.Find(session.Text("payment_intent")) is { } intent && (PaymentIntents.IsOpen(intent) || intent.Text("status") == "requires_action"))
            PaymentIntents.Cancel(work, intent, "expired");
        Events.Emit(work, "checkout.session.expired", session);
    }

    private static JsonObject CreateIntent(Work work, JsonObject session)
    {
        var intent = PaymentIntents.New(
            session.Number("amount_total"), session.Text("currency")!, ((JsonArray)session["payment_method_types"]!).Select(t => (string)t!));
        foreach (var (name, value) in session.Group("_intent")!)
            intent[name] = value?.DeepClone();
        intent["customer"] = session.Text("customer");
        intent["receipt_email"] ??= session.Text("customer_email");
        intent["_session"] = session.Id();
        work.Add(session.Owner(), intent);
        session["payment_intent"] = intent.Id();
        work.Save(session);
        Events.Emit(work, "payment_intent.created", intent);
        return intent;
    }

    private static JsonObject IntentData(Parameters p)
    {
        var data = new JsonObject { ["metadata"] = new JsonObject() };
        if (p.Group("payment_intent_data") is not { } given)
            return data;
        data["metadata"] = given.Metadata();
        foreach (var name in new[] { "description", "receipt_email", "transfer_group", "statement_descriptor", "statement_descriptor_suffix", "setup_future_usage" })
        {
            if (given.Text(name) is { Length: > 0 } text)
                data[name] = text;
        }
        given.OneOf("capture_method", "automatic", "automatic_async");
        return data;
    }

    private static JsonObject Line(Parameters p)
    {
        var quantity = Amounts.Positive(p, "quantity") ?? throw StripeException.Missing(p.Name("quantity"));
        var price = p.Group("price_data") ?? throw StripeException.Missing(p.Name("price_data"));
        var currency = Amounts.Currency(price);
        var unit = price.Integer("unit_amount") ?? throw StripeException.Missing(price.Name("unit_amount"));
        if (unit < 0)
            throw StripeException.Invalid($"Invalid non-negative integer: {unit}", price.Name("unit_amount"), "parameter_invalid_integer");
        price.OneOf("tax_behavior", "inclusive", "exclusive", "unspecified");
        var product = price.Group("product_data") ?? throw StripeException.Missing(price.Name("product_data"));
        var name = product.Required("name");
        product.Text("description");
        product.Metadata();
        product.Texts("images");
        product.Text("tax_code");
        var line = Ids.New("li_");
        return Doc.Object(
            ("id", line), ("object", "item"), ("amount_discount", 0), ("amount_subtotal", unit * quantity), ("amount_tax", 0),
            ("amount_total", unit * quantity), ("currency", currency), ("description", name), ("metadata", new JsonObject()),
            ("price", Doc.Object(
                ("id", Ids.New("price_")), ("object", "price"), ("active", false), ("currency", currency), ("type", "one_time"),
                ("unit_amount", unit), ("product", Ids.New("prod_", 14)))),
            ("quantity", quantity));
    }

    /// <summary>
    /// Between 30 minutes and a day ahead. A caller counts in the world's time even when the sandbox's clock was
    /// advanced, so its moment is taken as a distance from whichever of the two clocks makes sense of it.
    /// </summary>
    private static (long ExpiresAt, long Due) Expiry(Call call)
    {
        var work = call.Work;
        if (call.P.Integer("expires_at") is not { } at)
            return (work.Now + Longest, work.Now + Longest);
        foreach (var now in new[] { work.Now, work.Clock.WallSeconds })
        {
            if (at - now is >= Shortest and <= Longest)
                return (at, work.Now + (at - now));
        }
        throw StripeException.Invalid(
            at - work.Clock.WallSeconds < Shortest
                ? "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
                : "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            "expires_at");
    }

    private static string? Url(Parameters p, string name, bool required)
    {
        var url = required ? p.Required(name) : p.Text(name);
        if (string.IsNullOrEmpty(url))
            return null;
        return Uri.TryCreate(url.Replace("{CHECKOUT_SESSION_ID}", "x", StringComparison.Ordinal), UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? url
            : throw StripeException.Invalid("Not a valid URL", name, "url_invalid");
    }

    private static JsonObject Details(string? email, string? name) => Doc.Object(
        ("address", null), ("email", email), ("name", name), ("phone", null), ("tax_exempt", "none"), ("tax_ids", new JsonArray()));
}
