using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Payments;

public class RefundTests
{
    [Fact]
    public async Task Refunds_add_up_to_the_charge_and_no_more()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000);
        var intent = (await server.PayAsync(10000)).Ok();
        var charge = intent.Text("latest_charge");
        var part = (await server.PostAsync("/v1/refunds", ("payment_intent", intent.Text("id")), ("amount", 4000), ("reason", "requested_by_customer"))).Ok();
        Assert.Equal(("succeeded", 4000L), (part.Text("status"), part.Number("amount")));
        (await server.PostAsync("/v1/refunds", ("charge", charge), ("amount", 6001))).Refused(400, param: "amount");
        Assert.Equal(6000, (await server.PostAsync("/v1/refunds", ("charge", charge))).Ok().Number("amount"));
        (await server.PostAsync("/v1/refunds", ("charge", charge))).Refused(400, "charge_already_refunded");
        var after = (await server.GetAsync($"/v1/charges/{charge}?expand[]=refunds")).Ok();
        Assert.True((bool)after.Json["refunded"]!);
        Assert.Equal(10000, after.Number("amount_refunded"));
        Assert.Equal(2, after.Json["refunds"]!["data"]!.AsArray().Count);
        var types = (await server.AllAsync("/v1/events")).Select(e => (string)e["type"]!).ToList();
        Assert.Equal(2, types.Count(t => t == "refund.created"));
        Assert.Equal(2, types.Count(t => t == "charge.refunded"));
    }

    [Fact]
    public async Task Without_the_money_nothing_is_refunded()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(10000);
        (await server.PostAsync("/v1/transfers", ("amount", 9000), ("currency", "eur"), ("destination", workshop), ("source_transaction", charge))).Ok();
        (await server.PostAsync("/v1/refunds", ("charge", charge), ("amount", 826))).Refused(400, "balance_insufficient");
        (await server.PostAsync("/v1/refunds", ("charge", charge), ("amount", 825))).Ok();
    }

    [Fact]
    public async Task A_refund_that_fails_a_day_later_brings_the_money_back()
    {
        await using var server = await SandboxServer.StartAsync();
        var charge = await server.ChargeAsync(10000, "pm_card_refundFail");
        var refund = (await server.PostAsync("/v1/refunds", ("charge", charge), ("amount", 4000))).Ok().Text("id");
        await server.AdvanceAsync("1d");
        Assert.Equal("failed", (await server.GetAsync("/v1/refunds/" + refund)).Text("status"));
        Assert.Equal(0, (await server.GetAsync("/v1/charges/" + charge)).Number("amount_refunded"));
        Assert.Equal(["refund_failure", "refund", "charge"], (await server.AllAsync("/v1/balance_transactions")).Select(e => (string)e["type"]!));
        var (pending, available) = await server.BalanceAsync();
        Assert.Equal(9825, pending + available);
    }

    [Fact]
    public async Task What_is_missing_or_failed_cannot_be_refunded()
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.PostAsync("/v1/refunds", ("charge", "ch_nothing"))).Refused(404, "resource_missing", "charge");
        (await server.PostAsync("/v1/refunds")).Refused(400);
        var failed = (string)(await server.PayAsync(1000, "pm_card_chargeDeclined")).Refused(402)["charge"]!;
        (await server.PostAsync("/v1/refunds", ("charge", failed))).Refused(400);
    }
}
