using System.Text.Json;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>Reads what is needed of an object; a shape that is not as documented is a <see cref="StripeShapeException"/>, caught by the gateway.</summary>
internal static class StripeJson
{
    internal static string Text(this JsonElement element, string name) =>
        element.OptionalText(name) ?? throw new StripeShapeException(name);

    internal static string? OptionalText(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal static long Whole(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : throw new StripeShapeException(name);

    internal static bool Flag(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    internal static DateTime Instant(this JsonElement element, string name) => DateTimeOffset.FromUnixTimeSeconds(element.Whole(name)).UtcDateTime;

    internal static Money Amount(this JsonElement element, string name) => new(element.Whole(name), element.Text("currency").ToUpperInvariant());

    internal static JsonElement? Object(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    internal static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The id of a member that is an id, or the object itself when it was asked to be expanded.</summary>
    internal static string? Reference(this JsonElement element, string name) =>
        element.OptionalText(name) ?? element.Object(name)?.OptionalText("id");

    private static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}

internal sealed class StripeShapeException(string member) : Exception($"The answer has no usable '{member}'.");
