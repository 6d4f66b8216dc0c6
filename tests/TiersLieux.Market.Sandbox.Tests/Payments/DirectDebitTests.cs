using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Payments;

public class DirectDebitTests
{
    [Theory]
    [InlineData("FR1420041010050500013M02606", "succeeded")]
    [InlineData("FR8420041010050500013M02607", "requires_payment_method")]
    [InlineData("DE89370400440532013000", "succeeded")]
    public async Task A_debit_is_accepted_first_and_settles_by_itself(string iban, string status)
    {
        await using var server = await SandboxServer.StartAsync();
        var intent = (await DebitAsync(server, iban)).Ok();
        Assert.Equal("processing", intent.Text("status"));
        var settled = (await server.GetAsync("/v1/payment_intents/" + intent.Text("id"))).Ok();
        Assert.Equal(status, settled.Text("status"));
    }

    [Theory]
    [InlineData("FR3020041010050500013M02609", "succeeded")]
    [InlineData("FR7920041010050500013M02600", "requires_payment_method")]
    public async Task A_slow_debit_settles_three_minutes_later(string iban, string status)
    {
        await using var server = await SandboxServer.StartAsync();
        var id = (await DebitAsync(server, iban)).Ok().Text("id");
        await server.AdvanceAsync("2m");
        Assert.Equal("processing", (await server.GetAsync("/v1/payment_intents/" + id)).Text("status"));
        Assert.Empty(await server.AllAsync("/v1/balance_transactions"));
        await server.AdvanceAsync("1m");
        Assert.Equal(status, (await server.GetAsync("/v1/payment_intents/" + id)).Text("status"));
    }

    [Fact]
    public async Task A_disputed_debit_is_lost_at_once()
    {
        await using var server = await SandboxServer.StartAsync();
        (await DebitAsync(server, "FR5720041010050500013M02608")).Ok();
        var dispute = Assert.Single(await server.AllAsync("/v1/disputes"));
        Assert.Equal("lost", (string?)dispute["status"]);
        Assert.Equal(["adjustment", "payment"], (await server.AllAsync("/v1/balance_transactions")).Select(e => (string)e["type"]!));
    }

    [Fact]
    public async Task Nothing_can_be_transferred_before_the_debit_has_succeeded()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var charge = (await DebitAsync(server, "FR3020041010050500013M02609")).Ok().Text("latest_charge");
        var early = await server.PostAsync("/v1/transfers", ("amount", 100), ("currency", "eur"), ("destination", workshop), ("source_transaction", charge));
        early.Refused(400, param: "source_transaction");
        await server.AdvanceAsync("3m");
        (await server.PostAsync("/v1/transfers", ("amount", 100), ("currency", "eur"), ("destination", workshop), ("source_transaction", charge))).Ok();
    }

    [Fact]
    public async Task An_invalid_iban_is_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        (await DebitAsync(server, "FR1420041010050500013M02605")).Refused(400, "invalid_bank_account_iban");
    }

    private static Task<Answer> DebitAsync(SandboxServer server, string iban) => server.PostAsync(
        "/v1/payment_intents", ("amount", 20000), ("currency", "eur"), ("confirm", "true"),
        ("payment_method_data[type]", "sepa_debit"), ("payment_method_data[sepa_debit][iban]", iban),
        ("payment_method_data[billing_details][name]", "Cliente Imaginaire"), ("mandate_data[customer_acceptance][type]", "offline"));
}
