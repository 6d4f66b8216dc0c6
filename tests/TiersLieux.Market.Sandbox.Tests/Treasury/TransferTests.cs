using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Treasury;

public class TransferTests
{
    [Fact]
    public async Task Transfers_of_a_charge_are_capped_by_it()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(10000);
        var first = (await Share(server, workshop, 6000, charge)).Ok();
        (await Share(server, workshop, 4001, charge)).Refused(400, param: "amount");
        (await Share(server, workshop, 4000, charge)).Ok();
        (await Share(server, workshop, 1, charge)).Refused(400);
        (await server.PostAsync($"/v1/transfers/{first.Text("id")}/reversals", ("amount", 500))).Ok();
        (await Share(server, workshop, 500, charge)).Ok();
        Assert.Equal((10000, 0), await server.BalanceAsync(workshop));
        Assert.StartsWith("group_pi_", (await server.GetAsync("/v1/charges/" + charge)).Text("transfer_group"), StringComparison.Ordinal);
        Assert.Equal(first.Text("transfer_group"), (await server.GetAsync("/v1/charges/" + charge)).Text("transfer_group"));
    }

    [Fact]
    public async Task A_reversal_takes_no_more_than_was_sent_nor_than_is_left()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(10000, "pm_card_bypassPending");
        var id = (await Share(server, workshop, 6000, charge)).Ok().Text("id");
        (await server.PostAsync($"/v1/transfers/{id}/reversals", ("amount", 6001))).Refused(400, param: "amount");
        (await server.SendAsync(HttpMethod.Post, "/v1/payouts", null, workshop, ("amount", 5000), ("currency", "eur"))).Ok();
        (await server.PostAsync($"/v1/transfers/{id}/reversals")).Refused(400, "balance_insufficient");
        var part = (await server.PostAsync($"/v1/transfers/{id}/reversals", ("amount", 1000))).Ok();
        Assert.Equal(part.Text("id"), (await server.GetAsync($"/v1/transfers/{id}/reversals/{part.Text("id")}")).Ok().Text("id"));
        Assert.Equal((0, 0), await server.BalanceAsync(workshop));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("inactive")]
    public async Task Without_the_capability_nothing_is_transferred(string status)
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(10000);
        await server.ControlAsync($"/sandbox/accounts/{workshop}/transfers", ("status", status));
        (await Share(server, workshop, 100, charge)).Refused(400, "insufficient_capabilities_for_transfer", "destination");
        await server.ControlAsync($"/sandbox/accounts/{workshop}/transfers", ("status", "active"));
        (await Share(server, workshop, 100, charge)).Ok();
    }

    [Fact]
    public async Task Without_a_source_only_available_money_moves()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        await server.ChargeAsync(10000);
        Task<Answer> Send(long amount) => server.PostAsync("/v1/transfers", ("amount", amount), ("currency", "eur"), ("destination", workshop));
        (await Send(100)).Refused(400, "balance_insufficient");
        await server.AdvanceAsync("2d");
        (await Send(9826)).Refused(400, "balance_insufficient");
        (await Send(9825)).Ok();
        (await server.PostAsync("/v1/transfers", ("amount", 1), ("currency", "eur"), ("destination", "acct_nobody"))).Refused(400, "resource_missing", "destination");
        (await server.PostAsync("/v1/transfers", ("amount", 1), ("currency", "usd"), ("destination", workshop))).Refused(400, "invalid_currency", "currency");
    }

    private static Task<Answer> Share(SandboxServer server, string account, long amount, string charge) => server.PostAsync(
        "/v1/transfers", ("amount", amount), ("currency", "eur"), ("destination", account), ("source_transaction", charge));
}
