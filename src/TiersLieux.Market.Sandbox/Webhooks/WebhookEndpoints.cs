using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Webhooks;

/// <summary>Where events go. The endpoint of the settings always exists and hears everything, connected accounts too.</summary>
internal static class WebhookEndpoints
{
    public const string Default = "we_default";
    public const string Everything = "everything";
    public const string Connected = "connected";

    private const string PlatformOnly = "platform";
    private const int Rotation = 86400;

    public static JsonNode Create(Call call)
    {
        var url = Address(call.P.Required("url"));
        var events = call.P.Texts("enabled_events");
        if (events.Count == 0)
            throw StripeException.Missing("enabled_events");
        var secret = Ids.New("whsec_", 32);
        var endpoint = Build(
            Ids.New("we_"), url, events, secret, call.P.Flag("connect") == true ? Connected : PlatformOnly,
            call.P.Text("description"), call.P.Text("api_version"), call.P.Metadata());
        call.P.Done();
        call.Work.Add(call.Account, endpoint);
        var shown = (JsonObject)endpoint.DeepClone();
        shown["secret"] = secret;
        return shown;
    }

    public static JsonNode Retrieve(Call call) => call.Target("webhook_endpoint");

    public static JsonNode Update(Call call)
    {
        var endpoint = call.Target("webhook_endpoint");
        if (call.P.Text("url") is { Length: > 0 } url)
            endpoint["url"] = Address(url);
        if (call.P.Has("enabled_events"))
            endpoint["enabled_events"] = Doc.Array(call.P.Texts("enabled_events"));
        if (call.P.Flag("disabled") is { } disabled)
            endpoint["status"] = disabled ? "disabled" : "enabled";
        if (call.P.Text("description") is { } description)
            endpoint["description"] = description;
        endpoint["metadata"] = call.P.Metadata(endpoint.Group("metadata"));
        call.P.Done();
        call.Work.Save(endpoint);
        return endpoint;
    }

    public static JsonNode Delete(Call call)
    {
        var endpoint = call.Target("webhook_endpoint");
        call.P.Done();
        if (endpoint.Id() == Default)
            throw StripeException.Invalid("This endpoint belongs to the settings of the sandbox. Disable it, or set TLM_SANDBOX_WEBHOOK to nothing.", "id");
        call.Work.Remove(endpoint.Id());
        return Doc.Object(("id", endpoint.Id()), ("object", "webhook_endpoint"), ("deleted", true));
    }

    public static JsonNode List(Call call) => Lists.Page(call, "webhook_endpoint", "/v1/webhook_endpoints");

    /// <summary>A new secret; for a day deliveries carry a signature of each.</summary>
    public static string Rotate(Work work, string id)
    {
        var endpoint = work.Get(Work.Platform, "webhook_endpoint", id);
        endpoint["_old_secret"] = endpoint.Text("_secret");
        endpoint["_old_until"] = work.Clock.WallSeconds + Rotation;
        endpoint["_secret"] = Ids.New("whsec_", 32);
        work.Save(endpoint);
        return endpoint.Text("_secret")!;
    }

    /// <summary>Creates the endpoint of the settings, or moves it to their address.</summary>
    public static void EnsureDefault(Work work, SandboxOptions options)
    {
        var endpoint = work.Find(Default);
        var enabled = options.WebhookUrl.Length > 0 ? "enabled" : "disabled";
        if (endpoint is null)
        {
            endpoint = Build(Default, options.WebhookUrl, ["*"], options.WebhookSecret, Everything, "Settings of the sandbox", null, []);
            endpoint["status"] = enabled;
            endpoint["_configured"] = options.WebhookSecret;
            work.Add(Work.Platform, endpoint);
            return;
        }
        endpoint["url"] = options.WebhookUrl;
        endpoint["status"] = enabled;
        if (endpoint.Text("_configured") != options.WebhookSecret)
        {
            endpoint["_configured"] = options.WebhookSecret;
            endpoint["_secret"] = options.WebhookSecret;
            endpoint.Remove("_old_secret");
        }
        work.Save(endpoint);
    }

    private static JsonObject Build(
        string id, string url, IReadOnlyList<string> events, string secret, string scope, string? description, string? version, JsonObject metadata) =>
        Doc.Object(
            ("id", id), ("object", "webhook_endpoint"), ("api_version", version), ("application", null),
            ("description", description), ("enabled_events", Doc.Array(events)), ("metadata", metadata),
            ("status", "enabled"), ("url", url), ("_secret", secret), ("_scope", scope));

    private static string Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? url
            : throw StripeException.Invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url", "url_invalid");
}
