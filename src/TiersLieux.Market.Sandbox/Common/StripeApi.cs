using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Network;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Treasury;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>The table of calls under <c>/v1</c>.</summary>
internal static class StripeApi
{
    private static readonly (string Method, string Path, Handler Handler)[] s_calls =
    [
        ("POST", "/v1/customers", Customers.Create),
        ("GET", "/v1/customers", Customers.List),
        ("GET", "/v1/customers/{id}", Customers.Retrieve),
        ("POST", "/v1/customers/{id}", Customers.Update),
        ("DELETE", "/v1/customers/{id}", Customers.Delete),
        ("GET", "/v1/customers/{id}/payment_methods", PaymentMethods.ListOfCustomer),
        ("POST", "/v1/payment_methods", PaymentMethods.Create),
        ("GET", "/v1/payment_methods", PaymentMethods.List),
        ("GET", "/v1/payment_methods/{id}", PaymentMethods.Retrieve),
        ("POST", "/v1/payment_methods/{id}/attach", PaymentMethods.Attach),
        ("POST", "/v1/payment_methods/{id}/detach", PaymentMethods.Detach),
        ("POST", "/v1/checkout/sessions", CheckoutSessions.Create),
        ("GET", "/v1/checkout/sessions", CheckoutSessions.List),
        ("GET", "/v1/checkout/sessions/{id}", CheckoutSessions.Retrieve),
        ("POST", "/v1/checkout/sessions/{id}", CheckoutSessions.Update),
        ("GET", "/v1/checkout/sessions/{id}/line_items", CheckoutSessions.LineItems),
        ("POST", "/v1/checkout/sessions/{id}/expire", CheckoutSessions.Expire),
        ("POST", "/v1/payment_intents", PaymentIntents.Create),
        ("GET", "/v1/payment_intents", PaymentIntents.List),
        ("GET", "/v1/payment_intents/{id}", PaymentIntents.Retrieve),
        ("POST", "/v1/payment_intents/{id}", PaymentIntents.Update),
        ("POST", "/v1/payment_intents/{id}/confirm", PaymentIntents.Confirm),
        ("POST", "/v1/payment_intents/{id}/cancel", PaymentIntents.Cancel),
        ("GET", "/v1/charges", Charges.List),
        ("GET", "/v1/charges/{id}", Charges.Retrieve),
        ("POST", "/v1/charges/{id}", Charges.Update),
        ("GET", "/v1/charges/{id}/refunds", Charges.RefundsOf),
        ("POST", "/v1/refunds", Refunds.Create),
        ("GET", "/v1/refunds", Refunds.List),
        ("GET", "/v1/refunds/{id}", Refunds.Retrieve),
        ("POST", "/v1/refunds/{id}", Refunds.Update),
        ("GET", "/v1/disputes", Disputes.List),
        ("GET", "/v1/disputes/{id}", Disputes.Retrieve),
        ("POST", "/v1/disputes/{id}", Disputes.Update),
        ("POST", "/v1/disputes/{id}/close", Disputes.CloseLost),
        ("POST", "/v1/transfers", Transfers.Create),
        ("GET", "/v1/transfers", Transfers.List),
        ("GET", "/v1/transfers/{id}", Transfers.Retrieve),
        ("POST", "/v1/transfers/{id}", Transfers.Update),
        ("POST", "/v1/transfers/{id}/reversals", TransferReversals.Create),
        ("GET", "/v1/transfers/{id}/reversals", TransferReversals.List),
        ("GET", "/v1/transfers/{id}/reversals/{reversal}", TransferReversals.Retrieve),
        ("POST", "/v1/payouts", Payouts.Create),
        ("GET", "/v1/payouts", Payouts.List),
        ("GET", "/v1/payouts/{id}", Payouts.Retrieve),
        ("POST", "/v1/payouts/{id}", Payouts.Update),
        ("POST", "/v1/payouts/{id}/cancel", Payouts.Cancel),
        ("GET", "/v1/account", Accounts.RetrieveOwn),
        ("POST", "/v1/accounts", Accounts.Create),
        ("GET", "/v1/accounts", Accounts.List),
        ("GET", "/v1/accounts/{id}", Accounts.Retrieve),
        ("POST", "/v1/accounts/{id}", Accounts.Update),
        ("DELETE", "/v1/accounts/{id}", Accounts.Delete),
        ("POST", "/v1/accounts/{id}/login_links", Accounts.LoginLink),
        ("POST", "/v1/account_links", AccountLinks.Create),
        ("GET", "/v1/balance", BalanceTransactions.Balance),
        ("GET", "/v1/balance_transactions", BalanceTransactions.List),
        ("GET", "/v1/balance_transactions/{id}", BalanceTransactions.Retrieve),
        ("GET", "/v1/events", Events.List),
        ("GET", "/v1/events/{id}", Events.Retrieve),
        ("POST", "/v1/webhook_endpoints", WebhookEndpoints.Create),
        ("GET", "/v1/webhook_endpoints", WebhookEndpoints.List),
        ("GET", "/v1/webhook_endpoints/{id}", WebhookEndpoints.Retrieve),
        ("POST", "/v1/webhook_endpoints/{id}", WebhookEndpoints.Update),
        ("DELETE", "/v1/webhook_endpoints/{id}", WebhookEndpoints.Delete),
    ];

    public static void Map(WebApplication app, ApiPipeline pipeline)
    {
        foreach (var (method, path, handler) in s_calls)
            app.MapMethods(path, [method], http => pipeline.RunAsync(http, handler));
        app.Map("/v1/{**rest}", http => pipeline.RunAsync(http, _ => throw new StripeException(
            404, "invalid_request_error",
            $"Unrecognized request URL ({http.Request.Method}: {http.Request.Path}). Please see https://stripe.com/docs or the README of the sandbox for what it knows.")));
    }
}
