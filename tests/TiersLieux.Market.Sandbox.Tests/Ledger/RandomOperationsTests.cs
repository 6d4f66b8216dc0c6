using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Ledger;

/// <summary>Whatever happens, the sum of the movements' net amounts is the balance, on every account.</summary>
public class RandomOperationsTests
{
    private static readonly string[] s_methods =
        ["pm_card_visa", "pm_card_visa", "pm_card_bypassPending", "pm_card_refundFail", "pm_card_createDispute", "pm_card_chargeDeclined", "pm_card_authenticationRequired"];

    private static readonly string[] s_ibans =
        ["FR1420041010050500013M02606", "FR8420041010050500013M02607", "FR5720041010050500013M02608", "FR3020041010050500013M02609"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Net_amounts_add_up_to_the_balance_after_any_sequence(int seed)
    {
        var random = new Random(seed);
        await using var server = await SandboxServer.StartAsync();
        string?[] accounts = [null, await server.WorkshopAsync(), await server.WorkshopAsync()];
        var charges = new List<string>();
        var transfers = new List<string>();
        var payouts = new List<string>();
        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(9))
            {
                case 0 or 1:
                    var paid = await server.PayAsync(random.Next(50, 200_000), s_methods[random.Next(s_methods.Length)]);
                    if (paid.Json["latest_charge"] is { } charge)
                        charges.Add((string)charge!);
                    break;
                case 2:
                    await server.PostAsync(
                        "/v1/payment_intents", ("amount", random.Next(50, 90_000)), ("currency", "eur"), ("confirm", "true"),
                        ("payment_method_data[type]", "sepa_debit"), ("payment_method_data[sepa_debit][iban]", s_ibans[random.Next(s_ibans.Length)]));
                    break;
                case 3 when charges.Count > 0:
                    var moved = await server.PostAsync(
                        "/v1/transfers", ("amount", random.Next(1, 90_000)), ("currency", "eur"), ("destination", accounts[random.Next(1, 3)]!),
                        ("source_transaction", charges[random.Next(charges.Count)]));
                    if (moved.Json["id"] is { } id)
                        transfers.Add((string)id!);
                    break;
                case 4 when transfers.Count > 0:
                    await server.PostAsync($"/v1/transfers/{transfers[random.Next(transfers.Count)]}/reversals", ("amount", random.Next(1, 40_000)));
                    break;
                case 5 when charges.Count > 0:
                    await server.PostAsync("/v1/refunds", ("charge", charges[random.Next(charges.Count)]), ("amount", random.Next(1, 50_000)));
                    break;
                case 6:
                    await server.AdvanceAsync(random.Next(1, 100) + "h");
                    break;
                case 7:
                    if ((await PayOutAsync(server, accounts[random.Next(3)])) is { } payout)
                        payouts.Add(payout);
                    break;
                case 8 when payouts.Count > 0:
                    using (var ignored = await server.FormAsync($"/sandbox/payouts/{payouts[random.Next(payouts.Count)]}/{(random.Next(2) == 0 ? "paid" : "failed")}"))
                    {
                        // Some are already where they should go; the answer does not matter here.
                    }
                    break;
            }
        }

        foreach (var account in accounts)
        {
            var entries = await server.AllAsync("/v1/balance_transactions", account);
            var (pending, available) = await server.BalanceAsync(account);
            Assert.Equal(pending, entries.Where(e => (string?)e["status"] == "pending").Sum(e => (long)e["net"]!));
            Assert.Equal(available, entries.Where(e => (string?)e["status"] == "available").Sum(e => (long)e["net"]!));
            Assert.All(entries, e => Assert.Equal((long)e["amount"]! - (long)e["fee"]!, (long)e["net"]!));
        }
        Assert.NotEmpty(transfers);
        Assert.NotEmpty(payouts);
        foreach (var payout in await server.AllAsync("/v1/payouts"))
        {
            var id = (string)payout["id"]!;
            if ((bool)payout["automatic"]!)
            {
                var made = await server.AllAsync("/v1/balance_transactions?payout=" + id);
                Assert.Equal((long)payout["amount"]!, made.Where(e => (string?)e["source"] != id || (string?)e["type"] != "payout").Sum(e => (long)e["net"]!));
            }
        }
    }

    [Fact]
    public async Task A_fee_of_the_account_is_a_movement_too()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/fees", ("amount", 200), ("text", "Account fee"));
        Assert.Equal((0, -200), await server.BalanceAsync());
        Assert.Equal("stripe_fee", (string?)Assert.Single(await server.AllAsync("/v1/balance_transactions"))["type"]);
    }

    private static async Task<string?> PayOutAsync(SandboxServer server, string? account)
    {
        using var answer = await server.Http.PostAsync("/sandbox/payouts", new StringContent(
            $$"""{"account":"{{account ?? "acct_platform"}}"}""", System.Text.Encoding.UTF8, "application/json"));
        var json = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (string?)json["id"];
    }
}
