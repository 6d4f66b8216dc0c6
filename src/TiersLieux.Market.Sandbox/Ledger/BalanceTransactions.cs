using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Ledger;

internal static class BalanceTransactions
{
    public static JsonNode Balance(Call call) => Balances.Show(call.Work, call.Account);

    public static JsonNode Retrieve(Call call) => call.Target("balance_transaction");

    public static JsonNode List(Call call)
    {
        var filters = new List<(string, string)>();
        foreach (var name in new[] { "type", "source" })
        {
            if (call.P.Text(name) is { Length: > 0 } value)
                filters.Add((name, value));
        }
        if (call.Named("payout", "payout") is { } payout)
        {
            if (!payout.Flag("automatic"))
            {
                throw StripeException.Invalid(
                    "Balance transaction history can only be filtered on automatic transfers, not manual.", "payout");
            }
            filters.Add(("_payout", payout.Id()));
        }
        return Lists.Page(call, "balance_transaction", "/v1/balance_transactions", filters);
    }
}
