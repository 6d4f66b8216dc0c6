using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Network;

/// <summary>Links to the onboarding page: good once, for five minutes of the world's clock.</summary>
internal static class AccountLinks
{
    private const int Lifetime = 300;

    public static JsonNode Create(Call call)
    {
        var p = call.P;
        var id = p.Required("account");
        var account = call.Work.Find(id);
        if (account is null || account.Text("object") != "account" || account.Flag("_deleted"))
            throw StripeException.NoSuch("account", id, "account");
        var type = p.OneOf("type", "account_onboarding", "account_update") ?? throw StripeException.Missing("type");
        var refresh = Address(p, "refresh_url");
        var back = Address(p, "return_url");
        p.OneOf("collect", "currently_due", "eventually_due");
        p.Any("collection_options");
        p.Done();
        var token = Ids.New("acctlnk_", 20);
        call.Work.Add(call.Account, Doc.Object(
            ("id", token), ("object", "account_link"), ("_for", id), ("_type", type), ("_refresh", refresh), ("_return", back),
            ("_until", call.Work.Clock.WallSeconds + Lifetime)));
        return Doc.Object(
            ("object", "account_link"), ("created", call.Work.Now), ("expires_at", call.Work.Clock.WallSeconds + Lifetime),
            ("url", $"{call.Work.BaseUrl}/onboarding/{token}"));
    }

    private static string Address(Parameters p, string name)
    {
        var url = p.Required(name);
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? url
            : throw StripeException.Invalid("Not a valid URL", name, "url_invalid");
    }
}
