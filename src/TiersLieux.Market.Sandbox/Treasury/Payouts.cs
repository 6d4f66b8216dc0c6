using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Network;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Treasury;

/// <summary>
/// Money from a balance to the bank. An automatic payout takes all that is available and remembers what it is made
/// of; it arrives two working days later, or when the console says so, and can still fail after that.
/// </summary>
internal static class Payouts
{
    private const int WorkingDays = 2;

    public static JsonNode Create(Call call)
    {
        var p = call.P;
        var amount = Amounts.RequiredPositive(p, "amount");
        Amounts.Currency(p);
        p.OneOf("method", "standard");
        p.OneOf("source_type", "card", "bank_account");
        var destination = p.Text("destination");
        var description = p.Text("description");
        var descriptor = p.Text("statement_descriptor");
        var metadata = p.Metadata();
        p.Done();
        if (destination is { Length: > 0 } && destination != DestinationOf(call.Account))
            throw StripeException.Invalid($"No such external account: '{destination}'", "destination", "resource_missing");
        if (RefusalOf(call.Work, call.Account) is { } refused)
            throw refused;
        if (Balances.Of(call.Work, call.Account).Available < amount)
        {
            throw StripeException.Invalid(
                "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
                "amount", "balance_insufficient");
        }
        return Post(call.Work, call.Account, amount, automatic: false, description, descriptor, metadata);
    }

    public static JsonNode Retrieve(Call call) => call.Target("payout");

    public static JsonNode List(Call call) => Lists.Page(call, "payout", "/v1/payouts", "status", "destination");

    public static JsonNode Update(Call call)
    {
        var payout = call.Target("payout");
        payout["metadata"] = call.P.Metadata(payout.Group("metadata"));
        call.P.Done();
        call.Work.Save(payout);
        Events.Emit(call.Work, "payout.updated", payout);
        return payout;
    }

    public static JsonNode Cancel(Call call)
    {
        var payout = call.Target("payout");
        call.P.Done();
        if (payout.Flag("automatic") || payout.Text("status") != "pending")
            throw StripeException.Invalid("Payouts can only be canceled when they are manual and pending.", "id", "payout_not_cancelable");
        payout["status"] = "canceled";
        var entry = GiveBack(call.Work, payout, "payout_cancel", "PAYOUT CANCELED");
        payout["failure_balance_transaction"] = entry.Id();
        call.Work.Save(payout);
        Events.Emit(call.Work, "payout.canceled", payout);
        return payout;
    }

    /// <summary>Pays out all that is available, as Stripe does each night; null when there is nothing to pay.</summary>
    public static JsonObject? Automatic(Work work, string account)
    {
        var available = Balances.Of(work, account).Available;
        if (available <= 0 || RefusalOf(work, account) is not null)
            return null;
        var payout = Post(work, account, available, automatic: true, "STRIPE PAYOUT", null, []);
        // What was available and in no payout yet, manual payouts included, adds up to the amount.
        foreach (var entry in work.Query(
            "SELECT body FROM objects WHERE account = $a AND type = 'balance_transaction' AND json_extract(body, '$.status') = 'available' AND json_extract(body, '$._payout') IS NULL",
            account))
        {
            entry["_payout"] = payout.Id();
            work.Save(entry);
        }
        return payout;
    }

    /// <summary>The payout reached the bank. The platform's shows as a line on the consortium's statement.</summary>
    public static bool MarkPaid(Work work, string id)
    {
        if (work.Find(id) is not { } payout || payout.Text("status") is not ("pending" or "in_transit"))
            return false;
        payout["status"] = "paid";
        payout["arrival_date"] = Balances.DaysAhead(work.Now, 0);
        work.Save(payout);
        if (payout.Owner() == Work.Platform)
            Bank.PayoutArrives(work, payout);
        Events.Emit(work, "payout.paid", payout);
        return true;
    }

    /// <summary>The bank refused it, maybe days after it was paid: the money is back in the balance.</summary>
    public static bool MarkFailed(Work work, string id)
    {
        if (work.Find(id) is not { } payout || payout.Text("status") is not ("pending" or "in_transit" or "paid"))
            return false;
        if (payout.Text("status") == "paid" && payout.Owner() == Work.Platform)
            Bank.PayoutReturns(work, payout);
        payout["status"] = "failed";
        payout["failure_code"] = "account_closed";
        payout["failure_message"] = "The bank account has been closed.";
        payout["failure_balance_transaction"] = GiveBack(work, payout, "payout_failure", "PAYOUT FAILURE").Id();
        work.Save(payout);
        Events.Emit(work, "payout.failed", payout);
        return true;
    }

    public static string DestinationOf(string account) => "ba_" + account.Replace("acct_", "", StringComparison.Ordinal);

    private static JsonObject GiveBack(Work work, JsonObject payout, string type, string description) =>
        Balances.Post(work, payout.Owner(), type, payout.Number("amount"), 0, payout.Text("currency")!, payout.Id(), description, work.Now);

    private static StripeException? RefusalOf(Work work, string account) =>
        account == Work.Platform || work.Find(account) is { } a && Accounts.MayBePaidOut(a)
            ? null
            : StripeException.Invalid("Sorry, you don't have any external accounts in that currency (eur), or payouts are disabled on this account.", code: "payouts_not_allowed");

    private static JsonObject Post(
        Work work, string account, long amount, bool automatic, string? description, string? descriptor, JsonObject metadata)
    {
        var id = Ids.New("po_");
        var entry = Balances.Post(work, account, "payout", -amount, 0, "eur", id, description ?? "STRIPE PAYOUT", work.Now);
        var arrival = Arrival(work.Now);
        var payout = work.Add(account, Doc.Object(
            ("id", id), ("object", "payout"), ("amount", amount), ("application_fee", null), ("application_fee_amount", null),
            ("arrival_date", arrival), ("automatic", automatic), ("balance_transaction", entry.Id()), ("currency", "eur"),
            ("description", description), ("destination", DestinationOf(account)), ("failure_balance_transaction", null),
            ("failure_code", null), ("failure_message", null), ("metadata", metadata), ("method", "standard"), ("original_payout", null),
            ("payout_method", null), ("reconciliation_status", automatic ? "completed" : "not_applicable"), ("reversed_by", null),
            ("source_type", "card"), ("statement_descriptor", descriptor), ("status", "pending"),
            ("trace_id", Doc.Object(("status", "pending"), ("value", null))), ("type", "bank_account")));
        work.Plan(arrival, Jobs.PayoutArrives, id);
        Events.Emit(work, "payout.created", payout);
        return payout;
    }

    private static long Arrival(long now)
    {
        var day = Balances.DaysAhead(now, 0);
        for (var left = WorkingDays; left > 0;)
        {
            day += 86400;
            if (DateTimeOffset.FromUnixTimeSeconds(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                left--;
        }
        return day;
    }
}
