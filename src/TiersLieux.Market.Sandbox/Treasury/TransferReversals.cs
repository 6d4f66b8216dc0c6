using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Treasury;

/// <summary>Takes back all or part of a transfer, as long as the connected account still holds the money.</summary>
internal static class TransferReversals
{
    public static JsonNode Create(Call call)
    {
        var transfer = call.Target("transfer");
        var asked = Amounts.Positive(call.P, "amount");
        var description = call.P.Text("description");
        call.P.Flag("refund_application_fee");
        var metadata = call.P.Metadata();
        call.P.Done();

        var left = transfer.Number("amount") - transfer.Number("amount_reversed");
        if (left == 0)
            throw StripeException.Invalid($"Transfer {transfer.Id()} is already fully reversed.", "id");
        var amount = asked ?? left;
        if (amount > left)
        {
            throw StripeException.Invalid(
                $"Transfer reversal amount ({Amounts.Euros(amount)}) is greater than the unreversed amount of the transfer ({Amounts.Euros(left)}).", "amount");
        }
        var destination = transfer.Text("destination")!;
        var (pending, available) = Balances.Of(call.Work, destination);
        if (pending + available < amount)
        {
            throw StripeException.Invalid(
                "Insufficient funds in the connected account to reverse this transfer.", "amount", "balance_insufficient");
        }
        return Post(call.Work, transfer, amount, description, metadata);
    }

    public static JsonNode Retrieve(Call call)
    {
        var reversal = call.Work.Get(call.Account, "transfer_reversal", call.Route("reversal"));
        return reversal.Text("transfer") == call.Id ? reversal : throw StripeException.NoSuch("transfer_reversal", call.Route("reversal"), "id");
    }

    public static JsonNode List(Call call) => Lists.Page(
        call, "transfer_reversal", $"/v1/transfers/{call.Id}/reversals", [("transfer", call.Target("transfer").Id())]);

    private static JsonObject Post(Work work, JsonObject transfer, long amount, string? description, JsonObject metadata)
    {
        var currency = transfer.Text("currency")!;
        var payment = work.Find(transfer.Text("destination_payment"))!;
        var available = Balances.AvailableWith(work, transfer.Text("balance_transaction"));
        var id = Ids.New("trr_");
        var back = Ids.New("pyr_");
        var arrives = Balances.Post(work, transfer.Owner(), "transfer_refund", amount, 0, currency, id, description, available);
        var leaves = Balances.Post(
            work, payment.Owner(), "payment_refund", -amount, 0, currency, back, $"REFUND FOR PAYMENT {payment.Id()}",
            Balances.AvailableWith(work, payment.Text("balance_transaction")));
        work.Add(payment.Owner(), Doc.Object(
            ("id", back), ("object", "refund"), ("amount", amount), ("balance_transaction", leaves.Id()), ("charge", payment.Id()),
            ("currency", currency), ("metadata", new JsonObject()), ("payment_intent", null), ("reason", null), ("receipt_number", null),
            ("source_transfer_reversal", id), ("status", "succeeded"), ("transfer_reversal", null)));
        payment["amount_refunded"] = payment.Number("amount_refunded") + amount;
        payment["refunded"] = payment.Number("amount_refunded") == payment.Number("amount");
        work.Save(payment);
        var reversal = work.Add(transfer.Owner(), Doc.Object(
            ("id", id), ("object", "transfer_reversal"), ("amount", amount), ("balance_transaction", arrives.Id()), ("currency", currency),
            ("destination_payment_refund", back), ("metadata", metadata), ("source_refund", null), ("transfer", transfer.Id())));
        transfer["amount_reversed"] = transfer.Number("amount_reversed") + amount;
        transfer["reversed"] = transfer.Number("amount_reversed") == transfer.Number("amount");
        ((JsonArray)transfer.Group("reversals")!["data"]!).Insert(0, reversal.Public());
        work.Save(transfer);
        Events.Emit(work, "transfer.reversed", transfer);
        return reversal;
    }
}
