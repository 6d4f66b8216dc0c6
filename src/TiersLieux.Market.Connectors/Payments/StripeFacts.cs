using System.Text.Json;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>Stripe's objects as our facts.</summary>
internal static class StripeFacts
{
    internal static CheckoutFacts Checkout(JsonElement session)
    {
        var intent = session.Object("payment_intent");
        var intentId = session.Reference("payment_intent");
        var amount = new Money(session.Whole("amount_total"), session.Text("currency").ToUpperInvariant());
        var failure = intent?.Object("last_payment_error");
        var charge = intent is { } paid && intentId is not null ? Charge(paid, intentId) : null;
        var state = (session.Text("status"), session.Text("payment_status"), intent?.OptionalText("status")) switch
        {
            (_, "paid", _) when charge is not null => CheckoutState.Paid,
            (_, "paid", _) => throw new StripeShapeException("payment_intent.latest_charge"),
            ("open", _, _) => CheckoutState.Open,
            ("expired", _, _) => CheckoutState.Expired,
            ("complete", _, "requires_payment_method" or "canceled") => CheckoutState.Failed,
            ("complete", _, _) => CheckoutState.Processing,
            _ => throw new StripeShapeException("status"),
        };
        return new CheckoutFacts(
            session.Text("id"),
            state,
            amount,
            intentId,
            state == CheckoutState.Paid ? charge : null,
            failure?.OptionalText("decline_code") ?? failure?.OptionalText("code"));
    }

    internal static TransferFacts Transfer(JsonElement transfer) => new(
        transfer.Text("id"),
        transfer.Reference("destination") ?? throw new StripeShapeException("destination"),
        transfer.Amount("amount"),
        transfer.Amount("amount_reversed"),
        transfer.Reference("source_transaction"));

    internal static ReversalFacts Reversal(JsonElement reversal) => new(
        reversal.Text("id"),
        reversal.Reference("transfer") ?? throw new StripeShapeException("transfer"),
        reversal.Amount("amount"));

    internal static RefundFacts Refund(JsonElement refund) => new(
        refund.Text("id"),
        refund.OptionalText("status") switch
        {
            "succeeded" => RefundState.Succeeded,
            "failed" or "canceled" => RefundState.Failed,
            _ => RefundState.Pending,
        },
        refund.Amount("amount"),
        refund.OptionalText("failure_reason"));

    internal static PayoutFacts Payout(JsonElement payout) => new(
        payout.Text("id"),
        payout.Amount("amount"),
        DateOnly.FromDateTime(payout.Instant("arrival_date")),
        payout.Text("status") switch
        {
            "pending" => PayoutState.Pending,
            "in_transit" => PayoutState.InTransit,
            "paid" => PayoutState.Paid,
            "failed" => PayoutState.Failed,
            "canceled" => PayoutState.Cancelled,
            _ => throw new StripeShapeException("status"),
        },
        payout.Flag("automatic"),
        payout.OptionalText("statement_descriptor"),
        payout.OptionalText("failure_code"),
        payout.Instant("created"));

    internal static BalanceTransaction Movement(JsonElement movement) => new(
        movement.Text("id"),
        movement.Text("type"),
        movement.Amount("amount"),
        movement.Amount("fee"),
        movement.Amount("net"),
        movement.Reference("source"),
        movement.OptionalText("description"),
        movement.Instant("created"),
        movement.Instant("available_on"));

    internal static AccountFacts Account(JsonElement account) => new(
        account.Text("id"),
        account.Object("capabilities")?.OptionalText("transfers") switch
        {
            "active" => CapabilityState.Active,
            "pending" => CapabilityState.Pending,
            _ => CapabilityState.Inactive,
        },
        account.Flag("payouts_enabled"),
        [.. account.Object("requirements")?.Items("currently_due").Select(r => r.GetString() ?? "") ?? []]);

    /// <summary>In euros: the product sells in no other currency.</summary>
    internal static BalanceFacts Balance(JsonElement balance) => new(Sum(balance, "available"), Sum(balance, "pending"));

    private static Money Sum(JsonElement balance, string name) =>
        balance.Items(name).Select(b => b.Amount("amount")).Where(m => m.Currency == "EUR").Aggregate(Money.Zero, (sum, m) => sum + m);

    private static PaidCharge? Charge(JsonElement intent, string intentId)
    {
        if (intent.Object("latest_charge") is not { } charge || charge.OptionalText("status") != "succeeded") return null;
        var booked = charge.Object("balance_transaction");
        return new PaidCharge(intentId, charge.Text("id"), charge.Amount("amount"), booked?.Amount("fee"), booked?.Amount("net"));
    }
}
