using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>SEPA direct debits: accepted first, known later. The money moves when the debit succeeds.</summary>
internal static class DirectDebits
{
    private const int SettlementDays = 5;

    public static void Start(Work work, JsonObject intent, JsonObject method)
    {
        var charge = work.Add(intent.Owner(), Charges.Of(work, intent, method, "pending", authenticated: false));
        intent["status"] = "processing";
        intent["latest_charge"] = charge.Id();
        work.Save(intent);
        Events.Emit(work, "charge.pending", charge);
        Events.Emit(work, "payment_intent.processing", intent);
        work.Plan(work.Now + TestIbans.Find(method.Text("_iban")!).Delay, Jobs.DebitSettles, intent.Id());
    }

    public static void Settle(Work work, string id)
    {
        if (work.Find(id) is not { } intent || intent.Text("status") != "processing")
            return;
        var charge = work.Find(intent.Text("latest_charge"))!;
        var method = work.Find(intent.Text("payment_method"))!;
        var iban = TestIbans.Find(method.Text("_iban")!);
        if (iban.Fails)
        {
            const string Message = "The customer's bank account has insufficient funds to cover this debit.";
            charge["status"] = "failed";
            charge["failure_code"] = "insufficient_funds";
            charge["failure_message"] = Message;
            work.Save(charge);
            Events.Emit(work, "charge.failed", charge);
            PaymentAttempt.Fail(work, intent, new StripeException(402, "card_error", Message, "payment_method_provider_decline")
            {
                DeclineCode = "insufficient_funds",
                Charge = charge.Id(),
                PaymentMethod = method,
            });
            CheckoutSessions.DebitFailed(work, intent);
            return;
        }
        PaymentAttempt.Collected(work, intent, charge, "payment", Balances.DaysAhead(work.Now, SettlementDays));
        CheckoutSessions.DebitSucceeded(work, intent);
        if (iban.Disputed)
            Disputes.Open(work, charge, "debit_not_authorized", charge.Number("amount"));
    }
}
