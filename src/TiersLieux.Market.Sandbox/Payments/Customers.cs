using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

internal static class Customers
{
    private static readonly string[] s_texts = ["email", "name", "phone", "description"];

    public static JsonNode Create(Call call)
    {
        var customer = Doc.Object(
            ("id", Ids.New("cus_", 14)), ("object", "customer"), ("address", null), ("balance", 0), ("currency", null),
            ("default_source", null), ("delinquent", false), ("description", null), ("email", null),
            ("invoice_prefix", Ids.New("", 8).ToUpperInvariant()),
            ("invoice_settings", Doc.Object(("custom_fields", null), ("default_payment_method", null), ("footer", null))),
            ("metadata", new JsonObject()), ("name", null), ("phone", null), ("preferred_locales", new JsonArray()),
            ("shipping", null), ("tax_exempt", "none"));
        Read(call, customer);
        call.Work.Add(call.Account, customer);
        Events.Emit(call.Work, "customer.created", customer);
        return customer;
    }

    public static JsonNode Retrieve(Call call) => call.Target("customer");

    public static JsonNode Update(Call call)
    {
        var customer = call.Target("customer");
        Read(call, customer);
        call.Work.Save(customer);
        Events.Emit(call.Work, "customer.updated", customer);
        return customer;
    }

    public static JsonNode Delete(Call call)
    {
        var customer = call.Target("customer");
        call.P.Done();
        call.Work.Remove(customer.Id());
        Events.Emit(call.Work, "customer.deleted", customer);
        return Doc.Object(("id", customer.Id()), ("object", "customer"), ("deleted", true));
    }

    public static JsonNode List(Call call) => Lists.Page(call, "customer", "/v1/customers", "email");

    private static void Read(Call call, JsonObject customer)
    {
        foreach (var name in s_texts)
        {
            if (call.P.Text(name) is { } text)
                customer[name] = text.Length == 0 ? null : text;
        }
        if (customer.Text("email") is { } email && !email.Contains('@', StringComparison.Ordinal))
            throw StripeException.Invalid($"Invalid email address: {email}", "email", "email_invalid");
        foreach (var name in new[] { "address", "shipping", "invoice_settings" })
        {
            if (call.P.Has(name))
                customer[name] = call.P.Any(name);
        }
        if (call.P.Has("preferred_locales"))
            customer["preferred_locales"] = Doc.Array(call.P.Texts("preferred_locales"));
        if (call.P.OneOf("tax_exempt", "none", "exempt", "reverse") is { } exempt)
            customer["tax_exempt"] = exempt;
        customer["metadata"] = call.P.Metadata(customer.Group("metadata"));
        call.P.Done();
    }
}
