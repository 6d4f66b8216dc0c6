using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Payments;

internal static class Charges
{
    public static JsonNode Retrieve(Call call) => call.Target("charge");

    public static JsonNode List(Call call) => Lists.Page(call, "charge", "/v1/charges", "customer", "payment_intent", "transfer_group");

    public static JsonNode Update(Call call)
    {
        var charge = call.Target("charge");
        if (call.P.Text("description") is { } description)
            charge["description"] = description.Length == 0 ? null : description;
        if (call.P.Text("transfer_group") is { Length: > 0 } group)
            charge["transfer_group"] = group;
        charge["metadata"] = call.P.Metadata(charge.Group("metadata"));
        call.P.Done();
        call.Work.Save(charge);
        return charge;
    }

    public static JsonNode RefundsOf(Call call) =>
        Lists.Page(call, "refund", $"/v1/charges/{call.Id}/refunds", [("charge", call.Target("charge").Id())]);

    /// <summary>A charge of an intent. A direct debit's id begins with <c>py_</c>, as at Stripe.</summary>
    public static JsonObject Of(Work work, JsonObject intent, JsonObject method, string status, bool authenticated)
    {
        var card = method.Text("type") == "card";
        var id = Ids.New(card ? "ch_" : "py_");
        var details = Doc.Object(("type", method.Text("type")));
        if (card)
        {
            var shown = (JsonObject)method.Group("card")!.DeepClone();
            shown.Remove("generated_from");
            shown["network"] = shown.Text("brand");
            shown["three_d_secure"] = authenticated
                ? Doc.Object(("authentication_flow", "challenge"), ("result", "authenticated"), ("result_reason", null), ("version", "2.2.0"))
                : null;
            details["card"] = shown;
        }
        else
        {
            var shown = (JsonObject)method.Group("sepa_debit")!.DeepClone();
            shown["mandate"] = Ids.New("mandate_");
            details["sepa_debit"] = shown;
        }
        var charge = Blank(id, intent.Number("amount"), intent.Text("currency")!, status);
        charge["billing_details"] = method["billing_details"]?.DeepClone();
        charge["customer"] = intent.Text("customer");
        charge["description"] = intent.Text("description");
        charge["metadata"] = intent["metadata"]!.DeepClone();
        charge["outcome"] = Doc.Object(
            ("network_status", "approved_by_network"), ("reason", null), ("risk_level", "normal"), ("risk_score", 10),
            ("seller_message", "Payment complete."), ("type", "authorized"));
        charge["payment_intent"] = intent.Id();
        charge["payment_method"] = method.Id();
        charge["payment_method_details"] = details;
        charge["receipt_email"] = intent.Text("receipt_email");
        charge["receipt_url"] = $"{work.BaseUrl}/receipts/{id}";
        charge["transfer_group"] = intent.Text("transfer_group");
        return charge;
    }

    public static JsonObject Blank(string id, long amount, string currency, string status) => Doc.Object(
        ("id", id), ("object", "charge"), ("amount", amount), ("amount_captured", status == "failed" ? 0 : amount), ("amount_refunded", 0),
        ("application", null), ("application_fee", null), ("application_fee_amount", null), ("balance_transaction", null),
        ("billing_details", null), ("calculated_statement_descriptor", "BAC A SABLE"), ("captured", status != "failed"),
        ("currency", currency), ("customer", null), ("description", null), ("destination", null), ("dispute", null), ("disputed", false),
        ("failure_balance_transaction", null), ("failure_code", null), ("failure_message", null), ("fraud_details", new JsonObject()),
        ("metadata", new JsonObject()), ("on_behalf_of", null), ("order", null), ("outcome", null), ("paid", status == "succeeded"),
        ("payment_intent", null), ("payment_method", null), ("payment_method_details", null), ("receipt_email", null),
        ("receipt_number", null), ("receipt_url", null), ("refunded", false), ("review", null), ("shipping", null),
        ("source_transfer", null), ("statement_descriptor", null), ("statement_descriptor_suffix", null), ("status", status),
        ("transfer_data", null), ("transfer_group", null));
}
