using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Ledger;

public class WorkedExampleTests
{
    [Theory]
    [InlineData(120000, 1825)]
    [InlineData(100, 27)]
    [InlineData(50, 26)]
    [InlineData(33, 25)]
    [InlineData(34, 26)]
    [InlineData(36000, 565)]
    public void The_fee_is_one_and_a_half_percent_rounded_half_up_plus_a_quarter(long amount, long fee) => Assert.Equal(fee, Fees.OfCharge(amount));

    /// <summary>Producer sells: 1 200.00, two workshops, 8 % commission, later 300.00 refunded on the first.</summary>
    [Fact]
    public async Task One_order_two_workshops_and_a_refund_leave_nothing()
    {
        await using var server = await SandboxServer.StartAsync();
        var (a, b) = (await server.WorkshopAsync(), await server.WorkshopAsync());
        var charge = await server.ChargeAsync(120000);
        var first = (await Share(server, a, 64400, charge)).Ok().Text("id");
        (await Share(server, b, 46000, charge)).Ok();
        (await server.PostAsync($"/v1/transfers/{first}/reversals", ("amount", 27600))).Ok();
        (await server.PostAsync("/v1/refunds", ("charge", charge), ("amount", 30000))).Ok();
        await server.AdvanceAsync("3d");
        var payout = await server.ControlAsync("/sandbox/payouts");
        Assert.Equal(5375, (long)payout["amount"]!);
        Assert.Equal((0, 0), await server.BalanceAsync());

        var entries = await server.AllAsync("/v1/balance_transactions");
        Assert.Equal(
            [("payout", -5375L, 0L), ("refund", -30000L, 0L), ("transfer_refund", 27600L, 0L), ("transfer", -46000L, 0L), ("transfer", -64400L, 0L), ("charge", 120000L, 1825L)],
            entries.Select(e => ((string)e["type"]!, (long)e["amount"]!, (long)e["fee"]!)));
        var ofA = await server.AllAsync("/v1/balance_transactions", a);
        Assert.Equal([("payment_refund", -27600L), ("payment", 64400L)], ofA.Select(e => ((string)e["type"]!, (long)e["amount"]!)));
        Assert.Equal((0, 36800), await server.BalanceAsync(a));
        Assert.Equal((0, 46000), await server.BalanceAsync(b));
    }

    [Fact]
    public async Task Money_waits_until_its_day()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000);
        Assert.Equal((9825, 0), await server.BalanceAsync());
        await server.AdvanceAsync("1d");
        Assert.Equal((9825, 0), await server.BalanceAsync());
        await server.AdvanceAsync("1d");
        Assert.Equal((0, 9825), await server.BalanceAsync());
    }

    private static Task<Answer> Share(SandboxServer server, string account, long amount, string charge) => server.PostAsync(
        "/v1/transfers", ("amount", amount), ("currency", "eur"), ("destination", account), ("source_transaction", charge));
}
