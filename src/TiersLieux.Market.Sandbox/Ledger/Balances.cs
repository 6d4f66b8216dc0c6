using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Ledger;

/// <summary>
/// The accounts' money. Nothing changes a balance but <see cref="Post"/>, which writes a balance transaction with it;
/// so the sum of their <c>net</c> is the balance, pending and available together, at every moment.
/// </summary>
internal static class Balances
{
    /// <summary>Writes a movement. <paramref name="availableOn"/> later than now leaves it pending until then.</summary>
    public static JsonObject Post(
        Work work, string account, string type, long amount, long fee, string currency, string? source, string? description, long availableOn)
    {
        var pending = availableOn > work.Now;
        var details = new JsonArray();
        if (fee != 0)
        {
            details.Add(Doc.Object(
                ("amount", fee), ("application", null), ("currency", currency),
                ("description", "Stripe processing fees"), ("type", "stripe_fee")));
        }
        var entry = work.Add(account, Doc.Object(
            ("id", Ids.New("txn_")), ("object", "balance_transaction"), ("amount", amount),
            ("available_on", pending ? availableOn : work.Now), ("balance_type", "payments"),
            ("currency", currency), ("description", description), ("exchange_rate", null),
            ("fee", fee), ("fee_details", details), ("net", amount - fee),
            ("reporting_category", Category(type)), ("source", source),
            ("status", pending ? "pending" : "available"), ("type", type)));
        Move(work, account, currency, pending ? amount - fee : 0, pending ? 0 : amount - fee);
        if (pending)
            work.Plan(availableOn, Jobs.FundsAvailable, entry.Id());
        return entry;
    }

    public static void MakeAvailable(Work work, string id)
    {
        if (work.Find(id) is not { } entry || entry.Text("status") != "pending")
            return;
        entry["status"] = "available";
        work.Save(entry);
        Move(work, entry.Owner(), entry.Text("currency")!, -entry.Number("net"), entry.Number("net"));
    }

    public static (long Pending, long Available) Of(Work work, string account, string currency = "eur") =>
        work.Rows(
            "SELECT pending, available FROM balances WHERE account = $a AND currency = $b",
            r => (r.GetInt64(0), r.GetInt64(1)), account, currency).FirstOrDefault();

    /// <summary>When money that came with this movement may be used: a movement that leans on it waits as long.</summary>
    public static long AvailableWith(Work work, string? transaction) =>
        work.Find(transaction) is { } entry && entry.Text("status") == "pending" ? entry.Number("available_on") : work.Now;

    public static JsonNode Show(Work work, string account)
    {
        var (pending, available) = Of(work, account);
        static JsonArray Amounts(long amount) => new(Doc.Object(
            ("amount", amount), ("currency", "eur"), ("source_types", Doc.Object(("card", amount)))));
        return Doc.Object(
            ("object", "balance"), ("available", Amounts(available)), ("connect_reserved", Amounts(0)),
            ("livemode", false), ("pending", Amounts(pending)));
    }

    /// <summary>Midnight UTC so many days later, as settlement dates are.</summary>
    public static long DaysAhead(long now, int days) => ((now / 86400) + days) * 86400;

    private static void Move(Work work, string account, string currency, long pending, long available) => work.Execute(
        """
        INSERT INTO balances (account, currency, pending, available) VALUES ($a, $b, $c, $d)
        ON CONFLICT (account, currency) DO UPDATE SET pending = pending + excluded.pending, available = available + excluded.available
        """,
        account, currency, pending, available);

    private static string Category(string type) => type switch
    {
        "charge" or "payment" => "charge",
        "refund" or "payment_refund" => "refund",
        "transfer_refund" => "transfer_reversal",
        "stripe_fee" => "fee",
        "adjustment" => "dispute",
        "payout_failure" or "payout_cancel" => "payout_reversal",
        "payment_failure_refund" or "refund_failure" => "refund_failure",
        _ => type,
    };
}
