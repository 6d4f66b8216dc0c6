using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Payments;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary><c>expand[]</c>: puts whole objects where the answer has ids.</summary>
internal static class Expansion
{
    private const int MaximumDepth = 4;

    public static JsonNode Apply(Work work, JsonNode answer, IReadOnlyList<string> paths)
    {
        var shown = answer.Public()!;
        foreach (var path in paths)
        {
            var parts = path.Split('.');
            if (parts.Length > MaximumDepth + 1)
                throw StripeException.Invalid($"You cannot expand more than {MaximumDepth} levels of a property. Property: {path}", "expand");
            Walk(work, shown, parts, 0, path);
        }
        return shown;
    }

    private static void Walk(Work work, JsonNode? node, string[] parts, int at, string path)
    {
        if (at == parts.Length || node is null)
            return;
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Walk(work, item, parts, at, path);
            return;
        }
        var name = parts[at];
        if (node is not JsonObject o)
            throw CannotExpand(path, name);
        if (!o.ContainsKey(name))
            o[name] = Optional(work, o, name) ?? throw CannotExpand(path, name);
        if (o.Text(name) is { } id)
            o[name] = work.Find(id)?.Public() ?? throw CannotExpand(path, name);
        else if (o[name] is JsonValue)
            throw CannotExpand(path, name);
        Walk(work, o[name], parts, at + 1, path);
    }

    /// <summary>Lists that an object shows only when asked.</summary>
    private static JsonNode? Optional(Work work, JsonObject o, string name) => (o.Text("object"), name) switch
    {
        ("charge", "refunds") => Doc.List($"/v1/charges/{o.Id()}/refunds", work.Where("refund", "charge", o.Id()).AsEnumerable().Reverse()),
        ("checkout.session", "line_items") => CheckoutSessions.LineItems(work.Find(o.Id())!),
        _ => null,
    };

    private static StripeException CannotExpand(string path, string name) =>
        StripeException.Invalid($"This property cannot be expanded ({name}). You tried to expand {path}.", "expand");
}
