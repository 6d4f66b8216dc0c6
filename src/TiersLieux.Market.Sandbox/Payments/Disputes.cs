using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>The customer's bank takes the money back, with a fee; a dispute won brings the money again, not the fee.</summary>
internal static class Disputes
{
    private const int DaysToAnswer = 7;

    public static JsonObject Open(Work work, JsonObject charge, string reason, long amount)
    {
        var debit = charge.Id().StartsWith("py_", StringComparison.Ordinal);
        var id = Ids.New(debit ? "du_" : "dp_");
        var entry = Balances.Post(
            work, charge.Owner(), "adjustment", -amount, Fees.Dispute, charge.Text("currency")!, id,
            $"Chargeback withdrawal for {charge.Id()}", Balances.AvailableWith(work, charge.Text("balance_transaction")));
        var dispute = work.Add(charge.Owner(), Doc.Object(
            ("id", id), ("object", "dispute"), ("amount", amount), ("balance_transactions", new JsonArray(entry.Public())),
            ("charge", charge.Id()), ("currency", charge.Text("currency")), ("enhanced_eligibility_types", new JsonArray()),
            ("evidence", new JsonObject()),
            ("evidence_details", Doc.Object(
                ("due_by", debit ? null : work.Now + (DaysToAnswer * 86400)), ("has_evidence", false), ("past_due", false), ("submission_count", 0))),
            ("is_charge_refundable", false), ("metadata", new JsonObject()), ("payment_intent", charge.Text("payment_intent")),
            ("payment_method_details", Doc.Object(("type", debit ? "sepa_debit" : "card"))), ("reason", reason),
            // A direct debit that its payer disputes is lost at once.
            ("status", debit ? "lost" : "needs_response")));
        charge["disputed"] = true;
        charge["dispute"] = id;
        work.Save(charge);
        Events.Emit(work, "charge.dispute.created", dispute);
        Events.Emit(work, "charge.dispute.funds_withdrawn", dispute);
        if (debit)
            Events.Emit(work, "charge.dispute.closed", dispute);
        return dispute;
    }

    /// <summary>Null when the charge cannot be disputed.</summary>
    public static JsonObject? OpenOn(Work work, JsonObject charge, string reason)
    {
        var left = charge.Number("amount") - charge.Number("amount_refunded");
        return charge.Text("status") == "succeeded" && !charge.Flag("disputed") && left > 0 && charge.Text("source_transfer") is null
            ? Open(work, charge, reason, left)
            : null;
    }

    public static bool Close(Work work, JsonObject dispute, bool won)
    {
        if (dispute.Text("status") is "won" or "lost")
            return false;
        dispute["status"] = won ? "won" : "lost";
        if (won)
        {
            var entry = Balances.Post(
                work, dispute.Owner(), "adjustment", dispute.Number("amount"), 0, dispute.Text("currency")!, dispute.Id(),
                $"Chargeback reversal for {dispute.Text("charge")}", work.Now);
            ((JsonArray)dispute["balance_transactions"]!).Add(entry.Public());
        }
        work.Save(dispute);
        if (won)
            Events.Emit(work, "charge.dispute.funds_reinstated", dispute);
        Events.Emit(work, "charge.dispute.closed", dispute);
        return true;
    }

    public static JsonNode Retrieve(Call call) => call.Target("dispute");

    public static JsonNode List(Call call) => Lists.Page(call, "dispute", "/v1/disputes", "charge", "payment_intent");

    public static JsonNode Update(Call call)
    {
        var dispute = call.Target("dispute");
        var evidence = call.P.Any("evidence") as JsonObject;
        var submit = call.P.Flag("submit") ?? true;
        dispute["metadata"] = call.P.Metadata(dispute.Group("metadata"));
        call.P.Done();
        if (evidence is not null)
        {
            if (dispute.Text("status") is "won" or "lost")
                throw StripeException.Invalid("This dispute is already closed.");
            dispute["evidence"] = evidence.DeepClone();
            dispute.Group("evidence_details")!["has_evidence"] = true;
        }
        if (evidence is not null && submit)
        {
            dispute["status"] = "under_review";
            dispute.Group("evidence_details")!["submission_count"] = 1;
        }
        call.Work.Save(dispute);
        Events.Emit(call.Work, "charge.dispute.updated", dispute);
        // Stripe's own words decide the outcome at once in test mode.
        switch ((string?)evidence?["uncategorized_text"])
        {
            case "winning_evidence":
                Close(call.Work, dispute, won: true);
                break;
            case "losing_evidence":
                Close(call.Work, dispute, won: false);
                break;
        }
        return dispute;
    }

    public static JsonNode CloseLost(Call call)
    {
        var dispute = call.Target("dispute");
        call.P.Done();
        return Close(call.Work, dispute, won: false) ? dispute : throw StripeException.Invalid("This dispute is already closed.");
    }
}
