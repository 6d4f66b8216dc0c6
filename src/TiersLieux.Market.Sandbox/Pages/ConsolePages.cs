using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>The console: what is there, and buttons for what the world would do. The buttons post to the control API.</summary>
internal static class ConsolePages
{
    private const int Recent = 30;

    public static void Map(WebApplication app, SandboxDatabase database) =>
        app.MapGet("/", async (HttpContext http, CancellationToken cancel) => await database.CommitAsync(SandboxPages.BaseUrl(http), work =>
        {
            var l = Language.Of(http.Request);
            return SandboxPages.Show<ConsolePage>(l, View(work, l, http.Request.Query));
        }, cancel));

    public static string? Message(Language l, IQueryCollection query) =>
        query["error"].ToString() is { Length: > 0 } error ? error : query.ContainsKey("done") ? l["C'est fait.", "Done."] : null;

    private static ConsoleView View(Work work, Language l, IQueryCollection query)
    {
        var controls = WebhookControls.Read(work);
        var endpoint = work.Find(WebhookEndpoints.Default)!;
        var faults = Faults.All(work).OfType<JsonObject>().Select(f => new FaultRow(f.Text("kind")!, f.Text("path"), f.Number("count")));
        var deliveries = Deliveries.Recent(work, Recent).Select(d => new DeliveryRow(d.Event, d.Type, d.State, d.Attempts, d.Answer));
        return new ConsoleView(
            work.Now, work.Clock.Offset, Accounts(work, l), [.. Objects(work).Select(o => Row(o, l))], [.. deliveries],
            controls.Hold, controls.Reverse, controls.Lose, controls.Duplicate, [.. faults], Faults.Kinds,
            endpoint.Text("url")!, endpoint.Text("_secret")!, Message(l, query), query.ContainsKey("error"));
    }

    private static List<AccountRow> Accounts(Work work, Language l)
    {
        var (pending, available) = Balances.Of(work, Work.Platform);
        var rows = new List<AccountRow> { new(Work.Platform, l["Consortium (plateforme)", "Consortium (platform)"], pending, available, null) };
        foreach (var account in work.Query("SELECT body FROM objects WHERE type = 'account' ORDER BY seq DESC LIMIT 50").Where(a => !a.Flag("_deleted")))
        {
            var (p, a) = Balances.Of(work, account.Id());
            rows.Add(new AccountRow(
                account.Id(), account.Group("business_profile")?.Text("name") ?? account.Text("email") ?? "", p, a,
                account.Group("capabilities")!.Text("transfers") ?? "inactive"));
        }
        return rows;
    }

    private static List<JsonObject> Objects(Work work) => work.Query(
        "SELECT body FROM objects WHERE type IN ('charge', 'refund', 'transfer', 'transfer_reversal', 'payout', 'dispute') ORDER BY seq DESC LIMIT $a", (long)Recent);

    private static ObjectRow Row(JsonObject o, Language l)
    {
        var id = o.Id();
        var actions = new List<RowAction>();
        switch (o.Text("object"))
        {
            case "charge" when o.Text("status") == "succeeded" && !o.Flag("disputed") && !o.Flag("refunded") && o.Text("source_transfer") is null:
                actions.Add(new RowAction($"/sandbox/charges/{id}/dispute", l["Contester", "Dispute"]));
                break;
            case "payout" when o.Text("status") is "pending" or "in_transit":
                actions.Add(new RowAction($"/sandbox/payouts/{id}/paid", l["Arrivé en banque", "Arrived at the bank"]));
                actions.Add(new RowAction($"/sandbox/payouts/{id}/failed", l["Échoué", "Failed"]));
                break;
            case "payout" when o.Text("status") == "paid":
                actions.Add(new RowAction($"/sandbox/payouts/{id}/failed", l["Rejeté par la banque", "Returned by the bank"]));
                break;
            case "dispute" when o.Text("status") is not ("won" or "lost"):
                actions.Add(new RowAction($"/sandbox/disputes/{id}/close", l["Gagné", "Won"], "outcome", "won"));
                actions.Add(new RowAction($"/sandbox/disputes/{id}/close", l["Perdu", "Lost"], "outcome", "lost"));
                break;
        }
        var status = o.Flag("refunded") ? "refunded" : o.Flag("disputed") ? "disputed" : o.Text("status") ?? (o.Flag("reversed") ? "reversed" : "");
        return new ObjectRow(id, Kind(o, l), o.Number("created"), o.Number("amount"), Status(status, l), o.Text("transfer_group") ?? o.Text("failure_code"), actions);
    }

    private static string Status(string status, Language l) => status switch
    {
        "succeeded" => l["réussi", "succeeded"],
        "failed" => l["échoué", "failed"],
        "pending" => l["en attente", "pending"],
        "paid" => l["arrivé", "paid"],
        "refunded" => l["remboursé", "refunded"],
        "reversed" => l["annulé", "reversed"],
        "disputed" or "needs_response" or "under_review" => l["contesté", "disputed"],
        "won" => l["gagné", "won"],
        "lost" => l["perdu", "lost"],
        "canceled" => l["annulé", "canceled"],
        _ => status,
    };

    private static string Kind(JsonObject o, Language l) => o.Text("object") switch
    {
        "charge" when o.Text("source_transfer") is not null => l["Reversement reçu", "Transfer received"],
        "charge" => l["Paiement", "Charge"],
        "refund" => l["Remboursement", "Refund"],
        "transfer" => l["Reversement", "Transfer"],
        "transfer_reversal" => l["Reversement annulé", "Transfer reversal"],
        "payout" => l["Virement Stripe", "Payout"],
        _ => l["Contestation", "Dispute"],
    };
}
