using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Treasury;

public class PayoutTests
{
    [Fact]
    public async Task An_automatic_payout_arrives_by_itself_two_working_days_later()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000, "pm_card_bypassPending");
        var id = (string)(await server.ControlAsync("/sandbox/payouts"))["id"]!;
        Assert.Equal("pending", (await server.GetAsync("/v1/payouts/" + id)).Text("status"));
        await server.AdvanceAsync("1d");
        Assert.Equal("pending", (await server.GetAsync("/v1/payouts/" + id)).Text("status"));
        await server.AdvanceAsync("1d");
        Assert.Equal("paid", (await server.GetAsync("/v1/payouts/" + id)).Text("status"));
        Assert.Equal("payout.paid", (string?)(await server.AllAsync("/v1/events"))[0]["type"]);
    }

    [Fact]
    public async Task A_paid_payout_can_fail_and_its_money_goes_into_the_next()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000, "pm_card_bypassPending");
        var first = (string)(await server.ControlAsync("/sandbox/payouts"))["id"]!;
        await server.ControlAsync($"/sandbox/payouts/{first}/paid");
        var failed = await server.ControlAsync($"/sandbox/payouts/{first}/failed");
        Assert.Equal("failed", (string?)failed["status"]);
        Assert.Equal((0, 9825), await server.BalanceAsync());
        var second = await server.ControlAsync("/sandbox/payouts");
        Assert.Equal(9825, (long)second["amount"]!);
        Assert.Equal(
            ["payout", "payout_failure"],
            (await server.AllAsync($"/v1/balance_transactions?payout={second["id"]}")).Select(e => (string)e["type"]!));
        Assert.Equal(["charge"], (await server.AllAsync($"/v1/balance_transactions?payout={first}")).Where(e => (string?)e["type"] != "payout").Select(e => (string)e["type"]!));
    }

    [Fact]
    public async Task A_manual_payout_is_capped_can_be_cancelled_and_is_made_of_nothing_in_particular()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000, "pm_card_bypassPending");
        (await server.PostAsync("/v1/payouts", ("amount", 9826), ("currency", "eur"))).Refused(400, "balance_insufficient", "amount");
        var id = (await server.PostAsync("/v1/payouts", ("amount", 9825), ("currency", "eur"))).Ok().Text("id");
        (await server.GetAsync("/v1/balance_transactions?payout=" + id)).Refused(400, param: "payout");
        Assert.Equal("canceled", (await server.PostAsync($"/v1/payouts/{id}/cancel")).Ok().Text("status"));
        Assert.Equal((0, 9825), await server.BalanceAsync());
        Assert.Equal("payout_cancel", (string?)(await server.AllAsync("/v1/balance_transactions?source=" + id))[0]["type"]);
    }

    [Fact]
    public async Task An_account_that_is_not_ready_is_not_paid_out()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = (await server.PostAsync("/v1/accounts", ("type", "express"))).Ok().Text("id");
        (await server.SendAsync(HttpMethod.Post, "/v1/payouts", null, workshop, ("amount", 1), ("currency", "eur"))).Refused(400, "payouts_not_allowed");
    }
}
