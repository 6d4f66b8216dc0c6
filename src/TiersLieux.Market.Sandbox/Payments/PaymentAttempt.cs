using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>One attempt to collect a payment intent: succeeds, waits (3-D Secure, direct debit) or is declined.</summary>
internal static class PaymentAttempt
{
    /// <summary>Days until the money of a card payment may be used.</summary>
    private const int CardSettlementDays = 2;

    /// <returns>The decline, whose traces must be kept; null when the payment succeeded or goes on.</returns>
    public static StripeException? Run(
        Work work, JsonObject intent, JsonObject method, string? returnUrl, bool offSession = false, bool authenticated = false)
    {
        intent["payment_method"] = method.Id();
        intent["last_payment_error"] = null;
        intent["next_action"] = null;
        if (method.Text("type") == "sepa_debit")
        {
            DirectDebits.Start(work, intent, method);
            return null;
        }

        var card = TestCards.Find(method.Text("_number")!)!;
        if (card.NeedsAuthentication && !authenticated)
        {
            if (offSession)
                return Decline(work, intent, method, "authentication_required", "authentication_required");
            AskForAuthentication(work, intent, returnUrl);
            return null;
        }
        if (card.Decline is not null)
            return Decline(work, intent, method, card.Code, card.Decline);
        Succeed(work, intent, method, card, authenticated);
        return null;
    }

    /// <summary>The customer came back from the 3-D Secure page.</summary>
    public static StripeException? Authenticated(Work work, JsonObject intent, bool authorised)
    {
        var method = work.Find(intent.Text("payment_method"))!;
        if (authorised)
            return Run(work, intent, method, intent.Text("_return_url"), authenticated: true);
        const string Message = "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.";
        var refused = new StripeException(402, "card_error", Message, "payment_intent_authentication_failure") { KeepsChanges = true, PaymentMethod = method };
        Fail(work, intent, refused);
        return refused;
    }

    /// <summary>Puts the intent back to where another means of payment can be tried.</summary>
    public static void Fail(Work work, JsonObject intent, StripeException refused)
    {
        intent["status"] = "requires_payment_method";
        intent["payment_method"] = null;
        intent["next_action"] = null;
        intent["last_payment_error"] = refused.ToPaymentError();
        work.Save(intent);
        Events.Emit(work, "payment_intent.payment_failed", intent);
    }

    private static void AskForAuthentication(Work work, JsonObject intent, string? returnUrl)
    {
        intent["status"] = "requires_action";
        intent["_return_url"] = returnUrl;
        intent["_challenge"] = Ids.New("", 16);
        intent["next_action"] = Doc.Object(
            ("redirect_to_url", Doc.Object(
                ("return_url", returnUrl), ("url", $"{work.BaseUrl}/3ds/{intent.Id()}/{intent.Text("_challenge")}"))),
            ("type", "redirect_to_url"));
        work.Save(intent);
        Events.Emit(work, "payment_intent.requires_action", intent);
    }

    private static void Succeed(Work work, JsonObject intent, JsonObject method, TestCard card, bool authenticated)
    {
        var charge = Charges.Of(work, intent, method, "succeeded", authenticated);
        work.Add(intent.Owner(), charge);
        var available = card.BypassesPending ? work.Now : Balances.DaysAhead(work.Now, CardSettlementDays);
        Collected(work, intent, charge, "charge", available);
        if (card.Disputed)
            Disputes.Open(work, charge, "fraudulent", charge.Number("amount"));
    }

    /// <summary>The money is in: the movement, then what follows from it.</summary>
    public static void Collected(Work work, JsonObject intent, JsonObject charge, string type, long availableOn)
    {
        var amount = charge.Number("amount");
        var entry = Balances.Post(
            work, charge.Owner(), type, amount, Fees.OfCharge(amount), charge.Text("currency")!, charge.Id(), intent.Text("description"), availableOn);
        charge["balance_transaction"] = entry.Id();
        charge["status"] = "succeeded";
        charge["paid"] = true;
        work.Save(charge);
        intent["status"] = "succeeded";
        intent["amount_received"] = amount;
        intent["latest_charge"] = charge.Id();
        work.Save(intent);
        Events.Emit(work, "charge.succeeded", charge);
        Events.Emit(work, "payment_intent.succeeded", intent);
    }

    private static StripeException Decline(Work work, JsonObject intent, JsonObject method, string code, string decline)
    {
        var message = TestCards.Message(code, decline);
        var charge = Charges.Of(work, intent, method, "failed", authenticated: false);
        charge["failure_code"] = code;
        charge["failure_message"] = message;
        charge["outcome"] = Doc.Object(
            ("network_status", "declined_by_network"), ("reason", decline), ("risk_level", "normal"), ("risk_score", 20),
            ("seller_message", "The bank did not return any further details with this decline."), ("type", "issuer_declined"));
        work.Add(intent.Owner(), charge);
        Events.Emit(work, "charge.failed", charge);
        intent["latest_charge"] = charge.Id();
        var refused = new StripeException(402, "card_error", message, code)
        {
            DeclineCode = decline,
            Charge = charge.Id(),
            PaymentMethod = method,
            KeepsChanges = true,
        };
        Fail(work, intent, refused);
        return new StripeException(402, "card_error", message, code)
        {
            DeclineCode = decline,
            Charge = charge.Id(),
            PaymentMethod = method,
            PaymentIntent = intent,
            KeepsChanges = true,
        };
    }
}
