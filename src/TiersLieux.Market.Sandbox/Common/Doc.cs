using System.Text.Json;
using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// Reads fields of a stored object. Objects are kept in the shape in which the API shows them; a field whose
/// name starts with an underscore is the sandbox's own and never leaves it.
/// </summary>
internal static class Doc
{
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string? Text(this JsonObject o, string name) =>
        o[name] is JsonValue v && v.TryGetValue<string>(out var s) ? s : null;

    public static long Number(this JsonObject o, string name) => o.NumberOrNull(name) ?? 0;

    public static long? NumberOrNull(this JsonObject o, string name) =>
        o[name] is JsonValue v && v.TryGetValue<long>(out var n) ? n : null;

    public static bool Flag(this JsonObject o, string name) =>
        o[name] is JsonValue v && v.TryGetValue<bool>(out var b) && b;

    public static JsonObject? Group(this JsonObject o, string name) => o[name] as JsonObject;

    public static string Id(this JsonObject o) => o.Text("id")!;

    public static string Owner(this JsonObject o) => o.Text("_account")!;

    public static JsonObject Object(params (string Name, JsonNode? Value)[] fields)
    {
        var o = new JsonObject();
        foreach (var (name, value) in fields)
            o[name] = value;
        return o;
    }

    public static JsonArray Array(IEnumerable<string> items) => new([.. items.Select(i => (JsonNode?)JsonValue.Create(i))]);

    /// <summary>A copy without the sandbox's own fields.</summary>
    public static JsonNode? Public(this JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => !p.Key.StartsWith('_'))
            .Select(p => KeyValuePair.Create(p.Key, p.Value.Public()))),
        JsonArray a => new JsonArray([.. a.Select(Public)]),
        null => null,
        _ => node.DeepClone(),
    };

    /// <summary>The list that Stripe nests in an object, such as the reversals of a transfer.</summary>
    public static JsonObject List(string url, IEnumerable<JsonObject> items, bool hasMore = false) => Object(
        ("object", "list"),
        ("data", new JsonArray([.. items.Select(i => i.Public())])),
        ("has_more", hasMore),
        ("url", url));
}
