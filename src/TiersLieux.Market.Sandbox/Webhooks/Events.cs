using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Webhooks;

/// <summary>Events: a snapshot of an object at the moment it changed, queued for the endpoints in the same transaction.</summary>
internal static class Events
{
    public static void Emit(Work work, string type, JsonObject o)
    {
        var account = o.Text("object") == "account" ? o.Id() : o.Owner();
        var endpoints = work.Query("SELECT body FROM objects WHERE type = 'webhook_endpoint' ORDER BY seq")
            .Where(e => Wants(e, type, account)).ToList();
        var body = Doc.Object(
            ("id", Ids.New("evt_")), ("object", "event"), ("api_version", ApiPipeline.Version),
            ("data", Doc.Object(("object", o.Public()))), ("pending_webhooks", endpoints.Count),
            ("request", Doc.Object(("id", work.Request), ("idempotency_key", work.IdempotencyKey))), ("type", type));
        if (account != Work.Platform)
            body["account"] = account;
        work.Add(account, body);
        foreach (var endpoint in endpoints)
            Queue(work, body.Id(), endpoint.Id());
    }

    /// <summary>Sends an event again, to every enabled endpoint that wants it.</summary>
    public static int Resend(Work work, string id)
    {
        if (work.Find(id) is not { } e || e.Text("object") != "event")
            throw StripeException.NoSuch("event", id, "id");
        var endpoints = work.Query("SELECT body FROM objects WHERE type = 'webhook_endpoint' ORDER BY seq")
            .Where(w => Wants(w, e.Text("type")!, e.Owner())).ToList();
        foreach (var endpoint in endpoints)
            Queue(work, id, endpoint.Id());
        return endpoints.Count;
    }

    public static JsonNode List(Call call)
    {
        var types = call.P.Texts("types");
        if (types.Count > 1)
            throw StripeException.Invalid("The sandbox filters events by one type at a time.", "types");
        var filters = new List<(string, string)>();
        if (types.Count == 1)
            filters.Add(("type", types[0]));
        if (call.P.Text("type") is { Length: > 0 } type)
            filters.Add(("type", type));
        return Lists.Page(call, "event", "/v1/events", filters);
    }

    public static JsonNode Retrieve(Call call) => call.Target("event");

    private static void Queue(Work work, string id, string endpoint)
    {
        work.Execute(
            "INSERT INTO deliveries (event, endpoint, due, at) VALUES ($a, $b, $c, $d)",
            id, endpoint, work.Clock.WallMilliseconds, work.Clock.WallMilliseconds);
        work.Emitted = true;
    }

    private static bool Wants(JsonObject endpoint, string type, string account)
    {
        var scope = endpoint.Text("_scope");
        return endpoint.Text("status") == "enabled"
            && (scope == WebhookEndpoints.Everything || scope == WebhookEndpoints.Connected == (account != Work.Platform))
            && ((JsonArray)endpoint["enabled_events"]!).Any(e => (string?)e == "*" || (string?)e == type);
    }
}
