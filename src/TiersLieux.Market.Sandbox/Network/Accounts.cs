using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Treasury;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Network;

/// <summary>Connected accounts: the workshops. Capabilities start inactive and come with the onboarding page or the console.</summary>
internal static class Accounts
{
    private static readonly string[] s_free = ["business_profile", "company", "individual", "settings", "tos_acceptance", "controller"];

    public static JsonNode Create(Call call)
    {
        var p = call.P;
        var type = p.OneOf("type", "express", "standard", "custom");
        if (type is not null && p.Has("controller"))
            throw StripeException.Invalid("You may only specify one of these parameters: type, controller.", "controller");
        var country = p.Text("country") ?? "FR";
        if (country.Length != 2)
            throw StripeException.Invalid($"Country '{country}' is unknown. Try using a 2-character alphanumeric country code instead, such as 'FR'.", "country", "country_unsupported");
        p.Text("default_currency");
        var account = Doc.Object(
            ("id", Ids.New("acct_1", 15)), ("object", "account"), ("business_profile", null), ("business_type", null),
            ("capabilities", new JsonObject()), ("charges_enabled", false), ("company", null), ("controller", null),
            ("country", country.ToUpperInvariant()), ("default_currency", "eur"), ("details_submitted", false), ("email", null),
            ("external_accounts", null), ("future_requirements", new JsonObject()), ("individual", null), ("metadata", new JsonObject()),
            ("payouts_enabled", false), ("requirements", null), ("settings", null), ("tos_acceptance", new JsonObject()), ("type", type ?? "none"));
        Read(call, account);
        account["controller"] ??= Doc.Object(
            ("fees", Doc.Object(("payer", type == "standard" ? "account" : "application_express"))), ("is_controller", true),
            ("losses", Doc.Object(("payments", type == "standard" ? "stripe" : "application"))), ("requirement_collection", "stripe"),
            ("stripe_dashboard", Doc.Object(("type", type is "standard" ? "full" : type is "custom" ? "none" : "express"))), ("type", "application"));
        Recompute(account);
        call.Work.Add(Work.Platform, account);
        return account;
    }

    /// <summary>The account that the address names: one of the platform's, or the one that the call acts for.</summary>
    public static JsonNode Retrieve(Call call) => Target(call);

    public static JsonNode RetrieveOwn(Call call) => call.Account == Work.Platform
        ? Doc.Object(
            ("id", Work.Platform), ("object", "account"), ("charges_enabled", true), ("country", "FR"), ("default_currency", "eur"),
            ("details_submitted", true), ("payouts_enabled", true), ("type", "standard"))
        : call.Work.Find(call.Account)!;

    public static JsonNode Update(Call call)
    {
        var account = Target(call);
        Read(call, account);
        Recompute(account);
        call.Work.Save(account);
        Events.Emit(call.Work, "account.updated", account);
        return account;
    }

    public static JsonNode Delete(Call call)
    {
        var account = Target(call);
        call.P.Done();
        var (pending, available) = Ledger.Balances.Of(call.Work, account.Id());
        if (pending + available != 0)
            throw StripeException.Invalid("An account can be deleted once its balance is zero.", "id", "account_balance_not_zero");
        account["_deleted"] = true;
        call.Work.Save(account);
        return Doc.Object(("id", account.Id()), ("object", "account"), ("deleted", true));
    }

    public static JsonNode List(Call call) => Lists.Page(call, "account", "/v1/accounts");

    public static JsonNode LoginLink(Call call)
    {
        var account = Target(call);
        call.P.Done();
        return Doc.Object(("object", "login_link"), ("created", call.Work.Now), ("url", $"{call.Work.BaseUrl}/?account={account.Id()}"));
    }

    public static bool MayReceiveTransfers(JsonObject account) => account.Group("capabilities")!.Text("transfers") == "active";

    public static bool MayBePaidOut(JsonObject account) => account.Flag("payouts_enabled");

    /// <summary>What the onboarding page or the console decided.</summary>
    public static void SetTransfers(Work work, JsonObject account, string status)
    {
        account.Group("capabilities")!["transfers"] = status;
        if (account.Group("capabilities")!.ContainsKey("card_payments"))
            account.Group("capabilities")!["card_payments"] = status;
        if (status != "inactive")
            account["details_submitted"] = true;
        Recompute(account);
        work.Save(account);
        Events.Emit(work, "account.updated", account);
        Events.Emit(work, "capability.updated", Doc.Object(
            ("id", "transfers"), ("object", "capability"), ("account", account.Id()), ("requested", true), ("status", status),
            ("_account", account.Id())));
    }

    public static void SetBankAccount(JsonObject account, string iban, string name)
    {
        account["external_accounts"] = Doc.List($"/v1/accounts/{account.Id()}/external_accounts", [Doc.Object(
            ("id", Payouts.DestinationOf(account.Id())), ("object", "bank_account"), ("account", account.Id()), ("account_holder_name", name),
            ("bank_name", "STRIPE TEST BANK"), ("country", iban[..2]), ("currency", "eur"), ("default_for_currency", true),
            ("last4", iban[^4..]), ("status", "new"))]);
        account["_iban"] = iban;
    }

    private static JsonObject Target(Call call)
    {
        var account = call.Id == call.Account ? call.Work.Find(call.Id) : call.Account == Work.Platform ? call.Work.Find(call.Id) : null;
        return account is not null && account.Text("object") == "account" && !account.Flag("_deleted")
            ? account
            : throw new StripeException(
                403, "invalid_request_error",
                $"The provided key 'sk_test_*****' does not have access to account '{call.Id}' (or that account does not exist). Application access may have been revoked.",
                "account_invalid");
    }

    private static void Read(Call call, JsonObject account)
    {
        var p = call.P;
        if (p.Text("email") is { } email)
            account["email"] = email.Length == 0 ? null : email;
        if (p.OneOf("business_type", "company", "individual", "non_profit", "government_entity") is { } business)
            account["business_type"] = business;
        foreach (var name in s_free)
        {
            if (p.Has(name))
                account[name] = p.Any(name);
        }
        if (p.Any("external_account") is JsonObject bank && bank.Text("account_number") is { } iban)
            SetBankAccount(account, iban, bank.Text("account_holder_name") ?? "");
        if (p.Group("capabilities") is { } capabilities)
        {
            foreach (var name in new[] { "transfers", "card_payments", "sepa_debit_payments" })
            {
                if (capabilities.Group(name)?.Flag("requested") == true)
                    account.Group("capabilities")![name] ??= "inactive";
            }
        }
        account["metadata"] = p.Metadata(account.Group("metadata"));
        p.Done();
    }

    private static void Recompute(JsonObject account)
    {
        account["external_accounts"] ??= Doc.List($"/v1/accounts/{account.Id()}/external_accounts", []);
        var active = MayReceiveTransfers(account);
        account["payouts_enabled"] = active;
        account["charges_enabled"] = account.Group("capabilities")!.Text("card_payments") == "active" || active;
        var due = new JsonArray();
        var verifying = new JsonArray();
        if (!account.Flag("details_submitted"))
        {
            foreach (var field in new[] { "business_profile.url", "company.name", "company.tax_id", "external_account", "tos_acceptance.date" })
                due.Add(field);
        }
        else if (account.Group("capabilities")!.Text("transfers") == "pending")
        {
            verifying.Add("company.verification.document");
        }
        account["requirements"] = Doc.Object(
            ("alternatives", new JsonArray()), ("current_deadline", null), ("currently_due", due),
            ("disabled_reason", active ? null : due.Count > 0 ? "requirements.past_due" : "requirements.pending_verification"),
            ("errors", new JsonArray()), ("eventually_due", due.DeepClone()), ("past_due", due.DeepClone()), ("pending_verification", verifying));
    }
}
