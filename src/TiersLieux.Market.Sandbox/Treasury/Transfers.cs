using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Network;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Treasury;

/// <summary>Money from the platform to a connected account. There it arrives as a payment (<c>py_</c>).</summary>
internal static class Transfers
{
    public static JsonNode Create(Call call)
    {
        var p = call.P;
        var destinationId = p.Required("destination");
        var amountAsked = Amounts.Positive(p, "amount");
        var currency = Amounts.Currency(p);
        var source = p.Text("source_transaction") is { Length: > 0 } sourceId
            ? call.Work.Get(call.Account, "charge", sourceId, "source_transaction")
            : null;
        var group = p.Text("transfer_group");
        var description = p.Text("description");
        p.OneOf("source_type", "card", "bank_account");
        var metadata = p.Metadata();
        var amount = amountAsked ?? source?.Number("amount") ?? throw StripeException.Missing("amount");
        p.Done();

        var destination = call.Work.Find(destinationId);
        if (destination is null || destination.Text("object") != "account" || destination.Flag("_deleted"))
            throw StripeException.Invalid($"No such destination: '{destinationId}'", "destination", "resource_missing");
        if (!Accounts.MayReceiveTransfers(destination))
        {
            throw StripeException.Invalid(
                "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
                "destination", "insufficient_capabilities_for_transfer");
        }
        CheckFunds(call.Work, call.Account, source, amount);
        if (source is not null && string.IsNullOrEmpty(group))
            group = GroupOf(call.Work, source);
        return Post(call.Work, call.Account, destination, source, amount, currency, group, description, metadata);
    }

    public static JsonNode Retrieve(Call call) => call.Target("transfer");

    public static JsonNode Update(Call call)
    {
        var transfer = call.Target("transfer");
        if (call.P.Text("description") is { } description)
            transfer["description"] = description.Length == 0 ? null : description;
        transfer["metadata"] = call.P.Metadata(transfer.Group("metadata"));
        call.P.Done();
        call.Work.Save(transfer);
        Events.Emit(call.Work, "transfer.updated", transfer);
        return transfer;
    }

    public static JsonNode List(Call call) => Lists.Page(call, "transfer", "/v1/transfers", "destination", "transfer_group");

    private static void CheckFunds(Work work, string account, JsonObject? source, long amount)
    {
        if (source is null)
        {
            if (Balances.Of(work, account).Available < amount)
            {
                throw StripeException.Invalid(
                    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance",
                    code: "balance_insufficient");
            }
            return;
        }
        if (source.Text("status") != "succeeded")
            throw StripeException.Invalid($"The charge {source.Id()} has not succeeded: nothing can be transferred from it yet.", "source_transaction");
        var left = source.Number("amount") - work.Where("transfer", "source_transaction", source.Id())
            .Sum(t => t.Number("amount") - t.Number("amount_reversed"));
        if (amount > left)
        {
            throw StripeException.Invalid(
                $"The transfer amount ({Amounts.Euros(amount)}) exceeds what is left of the source charge ({Amounts.Euros(left)}).",
                "amount", "balance_insufficient");
        }
    }

    /// <summary>A charge without a group gets one, shared by all that is transferred from it.</summary>
    private static string GroupOf(Work work, JsonObject charge)
    {
        if (charge.Text("transfer_group") is null)
        {
            charge["transfer_group"] = "group_" + (charge.Text("payment_intent") ?? charge.Id());
            work.Save(charge);
        }
        return charge.Text("transfer_group")!;
    }

    private static JsonObject Post(
        Work work, string account, JsonObject destination, JsonObject? source, long amount, string currency, string? group, string? description, JsonObject metadata)
    {
        var id = Ids.New("tr_");
        var available = Balances.AvailableWith(work, source?.Text("balance_transaction"));
        var leaves = Balances.Post(work, account, "transfer", -amount, 0, currency, id, description, available);
        var payment = Charges.Blank(Ids.New("py_"), amount, currency, "succeeded");
        payment["source_transfer"] = id;
        payment["transfer_group"] = group;
        payment["description"] = description;
        var arrives = Balances.Post(work, destination.Id(), "payment", amount, 0, currency, payment.Id(), description, available);
        payment["balance_transaction"] = arrives.Id();
        work.Add(destination.Id(), payment);
        var transfer = work.Add(account, Doc.Object(
            ("id", id), ("object", "transfer"), ("amount", amount), ("amount_reversed", 0), ("balance_transaction", leaves.Id()),
            ("currency", currency), ("description", description), ("destination", destination.Id()), ("destination_payment", payment.Id()),
            ("metadata", metadata), ("reversals", Doc.List($"/v1/transfers/{id}/reversals", [])), ("reversed", false),
            ("source_transaction", source?.Id()), ("source_type", "card"), ("transfer_group", string.IsNullOrEmpty(group) ? null : group)));
        Events.Emit(work, "transfer.created", transfer);
        Events.Emit(work, "payment.created", payment);
        return transfer;
    }
}
