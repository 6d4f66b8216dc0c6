using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>Money back to the customer, from the platform's balance. It reverses no transfer, and the fee is not given back.</summary>
internal static class Refunds
{
    /// <summary>Seconds until the refund of a card that takes none comes back.</summary>
    private const int FailureDelay = 86400;

    public static JsonNode Create(Call call)
    {
        var charge = call.Named("charge", "charge");
        if (call.Named("payment_intent", "payment_intent") is { } intent)
        {
            charge = call.Work.Find(intent.Text("latest_charge"));
            if (charge is null || charge.Text("status") != "succeeded")
            {
                throw StripeException.Invalid(
                    $"This PaymentIntent ({intent.Id()}) does not have a successful charge to refund.", "payment_intent");
            }
        }
        if (charge is null)
        {
            throw StripeException.Invalid(
                "One of the following params should be provided for this request: payment_intent or charge.", code: "parameter_missing");
        }
        var asked = Amounts.Positive(call.P, "amount");
        var reason = call.P.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
        var metadata = call.P.Metadata();
        call.P.Done();

        if (charge.Text("status") != "succeeded")
            throw StripeException.Invalid($"Charge {charge.Id()} cannot be refunded: it has not succeeded.", "charge", "charge_not_refundable");
        if (charge.Flag("refunded"))
            throw StripeException.Invalid($"Charge {charge.Id()} has already been refunded.", code: "charge_already_refunded");
        if (charge.Flag("disputed"))
            throw StripeException.Invalid($"Charge {charge.Id()} has been charged back; cannot issue a refund.", code: "charge_disputed");
        var left = charge.Number("amount") - charge.Number("amount_refunded");
        var amount = asked ?? left;
        if (amount > left)
        {
            throw StripeException.Invalid(
                $"Refund amount ({Amounts.Euros(amount)}) is greater than unrefunded amount on charge ({Amounts.Euros(left)})", "amount");
        }
        var (pending, available) = Balances.Of(call.Work, call.Account);
        if (pending + available < amount)
        {
            throw StripeException.Invalid(
                "Your Stripe balance does not cover this refund. Reverse transfers or add funds first.", "amount", "balance_insufficient");
        }
        return Post(call.Work, charge, amount, reason, metadata);
    }

    public static JsonNode Retrieve(Call call) => call.Target("refund");

    public static JsonNode Update(Call call)
    {
        var refund = call.Target("refund");
        refund["metadata"] = call.P.Metadata(refund.Group("metadata"));
        call.P.Done();
        call.Work.Save(refund);
        Events.Emit(call.Work, "refund.updated", refund);
        return refund;
    }

    public static JsonNode List(Call call) => Lists.Page(call, "refund", "/v1/refunds", "charge", "payment_intent");

    /// <summary>The customer's bank sent it back: the money returns to the balance, the charge is open again.</summary>
    public static void Fail(Work work, string id)
    {
        if (work.Find(id) is not { } refund || refund.Text("status") != "succeeded")
            return;
        var amount = refund.Number("amount");
        var entry = Balances.Post(
            work, refund.Owner(), "refund_failure", amount, 0, refund.Text("currency")!, id, $"REFUND FAILURE ({id})",
            Balances.AvailableWith(work, refund.Text("balance_transaction")));
        refund["status"] = "failed";
        refund["failure_reason"] = "expired_or_canceled_card";
        refund["failure_balance_transaction"] = entry.Id();
        work.Save(refund);
        var charge = work.Find(refund.Text("charge"))!;
        charge["amount_refunded"] = charge.Number("amount_refunded") - amount;
        charge["refunded"] = false;
        work.Save(charge);
        Events.Emit(work, "refund.updated", refund);
        Events.Emit(work, "refund.failed", refund);
    }

    private static JsonObject Post(Work work, JsonObject charge, long amount, string? reason, JsonObject metadata)
    {
        var card = charge.Id().StartsWith("ch_", StringComparison.Ordinal);
        var id = Ids.New(card ? "re_" : "pyr_");
        var entry = Balances.Post(
            work, charge.Owner(), card ? "refund" : "payment_refund", -amount, 0, charge.Text("currency")!, id,
            "REFUND FOR CHARGE" + (charge.Text("description") is { } d ? $" ({d})" : ""),
            Balances.AvailableWith(work, charge.Text("balance_transaction")));
        var refund = work.Add(charge.Owner(), Doc.Object(
            ("id", id), ("object", "refund"), ("amount", amount), ("balance_transaction", entry.Id()), ("charge", charge.Id()),
            ("currency", charge.Text("currency")),
            ("destination_details", card
                ? Doc.Object(("card", Doc.Object(("reference_status", "pending"), ("reference_type", "acquirer_reference_number"), ("type", "refund"))), ("type", "card"))
                : Doc.Object(("sepa_bank_transfer", new JsonObject()), ("type", "sepa_bank_transfer"))),
            ("metadata", metadata), ("payment_intent", charge.Text("payment_intent")), ("reason", reason), ("receipt_number", null),
            ("source_transfer_reversal", null), ("status", "succeeded"), ("transfer_reversal", null)));
        charge["amount_refunded"] = charge.Number("amount_refunded") + amount;
        charge["refunded"] = charge.Number("amount_refunded") == charge.Number("amount");
        work.Save(charge);
        Events.Emit(work, "refund.created", refund);
        Events.Emit(work, "charge.refunded", charge);
        if (work.Find(charge.Text("payment_method"))?.Text("_number") is { } number && TestCards.Find(number)!.RefundFails)
            work.Plan(work.Now + FailureDelay, Jobs.RefundFails, id);
        return refund;
    }
}
