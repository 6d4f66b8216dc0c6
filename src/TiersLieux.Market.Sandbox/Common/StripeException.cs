using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// An answer other than success, in Stripe's error shape. Thrown inside a call's transaction, which is rolled
/// back unless <see cref="KeepsChanges"/>: a declined card leaves its failed charge behind.
/// </summary>
internal sealed class StripeException(int status, string type, string message, string? code = null, string? param = null)
    : Exception(message)
{
    public int Status { get; } = status;

    public string? Code { get; } = code;

    public bool KeepsChanges { get; init; }

    public string? DeclineCode { get; init; }

    public string? Charge { get; init; }

    public JsonObject? PaymentIntent { get; init; }

    public JsonObject? PaymentMethod { get; init; }

    public JsonObject ToJson(string? requestId)
    {
        var error = Doc.Object(("type", type), ("message", Message));
        if (Code is not null)
        {
            error["code"] = Code;
            error["doc_url"] = "https://stripe.com/docs/error-codes/" + Code.Replace('_', '-');
        }
        if (param is not null)
            error["param"] = param;
        if (DeclineCode is not null)
            error["decline_code"] = DeclineCode;
        if (Charge is not null)
            error["charge"] = Charge;
        if (PaymentIntent is not null)
            error["payment_intent"] = PaymentIntent.Public();
        if (PaymentMethod is not null)
            error["payment_method"] = PaymentMethod.Public();
        if (requestId is not null)
            error["request_log_url"] = "/?request=" + requestId;
        return Doc.Object(("error", error));
    }

    /// <summary>What the payment intent keeps as <c>last_payment_error</c>.</summary>
    public JsonObject ToPaymentError()
    {
        var error = (JsonObject)ToJson(requestId: null)["error"]!.DeepClone();
        error.Remove("payment_intent");
        return error;
    }

    public static StripeException Invalid(string message, string? param = null, string? code = null) =>
        new(400, "invalid_request_error", message, code, param);

    public static StripeException Missing(string param) =>
        Invalid($"Missing required param: {param}.", param, "parameter_missing");

    public static StripeException NoSuch(string kind, string id, string? param) =>
        new(404, "invalid_request_error", $"No such {kind}: '{id}'", "resource_missing", param);

    public static StripeException State(string message, string code, JsonObject? intent = null) =>
        new(400, "invalid_request_error", message, code) { PaymentIntent = intent };
}
