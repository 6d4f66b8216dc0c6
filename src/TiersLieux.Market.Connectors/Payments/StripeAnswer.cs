using System.Text.Json;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>What came back over the wire, after the retries.</summary>
public abstract record StripeAnswer
{
    private StripeAnswer()
    {
    }

    /// <summary>A 2xx with a JSON object.</summary>
    public sealed record Success(JsonElement Body) : StripeAnswer;

    /// <summary>A status that is not 2xx, with what its body says if it is Stripe's.</summary>
    /// <param name="EarlierUnknown">An earlier attempt of this call may have been carried out.</param>
    public sealed record Failure(int Status, StripeError Error, bool EarlierUnknown, TimeSpan? RetryAfter) : StripeAnswer;

    /// <summary>No usable answer: connection refused or broken, time-out, a body that is no JSON.</summary>
    /// <param name="MayHaveRun">False when no attempt got as far as the server.</param>
    public sealed record Silence(bool MayHaveRun, string What) : StripeAnswer;
}

/// <summary>The body of an error; all empty when it was not JSON.</summary>
public sealed record StripeError(string? Type, string? Code, string? DeclineCode, string? Message, string? Parameter, string? RequestId)
{
    internal static StripeError Read(JsonElement? body, string? requestId)
    {
        if (body is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            return new StripeError(null, null, null, null, null, requestId);
        return new StripeError(Text("type"), Text("code"), Text("decline_code"), Text("message"), Text("param"), requestId);

        string? Text(string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
