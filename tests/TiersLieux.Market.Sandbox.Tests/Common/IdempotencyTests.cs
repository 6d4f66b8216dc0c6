using System.Net;
using System.Net.Http.Headers;

namespace TiersLieux.Market.Sandbox.Tests.Common;

public class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_and_parameters_replay_the_first_answer()
    {
        await using var server = await SandboxServer.StartAsync();
        var first = (await server.PayAsync(1000, key: "order-1")).Ok();
        var second = (await server.PayAsync(1000, key: "order-1")).Ok();
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(first.Headers.GetValues("Request-Id").Single(), second.Headers.GetValues("Original-Request").Single());
        Assert.Equal(first.Json.ToJsonString(), second.Json.ToJsonString());
        Assert.Single(await server.AllAsync("/v1/charges"));
    }

    [Fact]
    public async Task Changed_parameters_or_another_path_are_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.PayAsync(1000, key: "order-1")).Ok();
        var error = (await server.PayAsync(1001, key: "order-1")).Refused(400);
        Assert.Equal("idempotency_error", (string?)error["type"]);
        var elsewhere = await server.SendAsync(HttpMethod.Post, "/v1/customers", "order-1", null, ("name", "x"));
        Assert.Equal("idempotency_error", (string?)elsewhere.Refused(400)["type"]);
    }

    [Fact]
    public async Task Errors_of_executed_calls_are_replayed_and_malformed_calls_can_be_corrected()
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.PayAsync(1000, "pm_card_chargeDeclined", "order-1")).Refused(402);
        var again = await server.PayAsync(1000, "pm_card_chargeDeclined", "order-1");
        again.Refused(402);
        Assert.True(again.Headers.Contains("Idempotent-Replayed"));
        Assert.Single(await server.AllAsync("/v1/charges"));
        (await server.SendAsync(HttpMethod.Post, "/v1/payment_intents", "order-2", null, ("amount", 1000))).Refused(400, "parameter_missing");
        (await server.SendAsync(HttpMethod.Post, "/v1/payment_intents", "order-2", null, ("amount", 1000), ("currency", "eur"))).Ok();

        var workshop = await server.WorkshopAsync();
        (string, object)[] transfer = [("amount", 500), ("currency", "eur"), ("destination", workshop)];
        (await server.SendAsync(HttpMethod.Post, "/v1/transfers", "transfer-1", null, transfer)).Refused(400, "balance_insufficient");
        await server.ChargeAsync(10000, "pm_card_bypassPending");
        (await server.SendAsync(HttpMethod.Post, "/v1/transfers", "transfer-1", null, transfer)).Refused(400, "balance_insufficient");
        (await server.SendAsync(HttpMethod.Post, "/v1/transfers", "transfer-2", null, transfer)).Ok();
    }

    [Fact]
    public async Task A_key_in_flight_is_refused_with_409()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/faults", ("kind", "slow"), ("path", "/v1/payment_intents"), ("delayMs", 1500));
        var slow = server.PayAsync(1000, key: "order-1");
        // The fault is taken by the slow call alone, so its absence shows that the call is under way.
        while ((await server.Http.GetStringAsync("/sandbox/faults")).Contains("slow", StringComparison.Ordinal))
            await Task.Delay(10);
        await Task.Delay(50);
        (await server.PayAsync(1000, key: "order-1")).Refused(409, "idempotency_key_in_use");
        (await server.PayAsync(1000, key: "order-2")).Ok();
        (await slow).Ok();
        Assert.Equal(2, (await server.AllAsync("/v1/charges")).Count);
    }

    [Fact]
    public async Task Keys_belong_to_an_account_and_live_for_a_day()
    {
        await using var server = await SandboxServer.StartAsync();
        var workshop = await server.WorkshopAsync();
        var mine = (await server.SendAsync(HttpMethod.Post, "/v1/customers", "k", null, ("name", "x"))).Ok().Text("id");
        var theirs = (await server.SendAsync(HttpMethod.Post, "/v1/customers", "k", workshop, ("name", "x"))).Ok().Text("id");
        Assert.NotEqual(mine, theirs);
        (await server.GetAsync("/v1/customers/" + theirs)).Refused(404, "resource_missing");
        (await server.GetAsync("/v1/customers/" + theirs, workshop)).Ok();
        await server.AdvanceAsync("23h");
        Assert.Equal(mine, (await server.SendAsync(HttpMethod.Post, "/v1/customers", "k", null, ("name", "x"))).Ok().Text("id"));
        await server.AdvanceAsync("61m");
        Assert.NotEqual(mine, (await server.SendAsync(HttpMethod.Post, "/v1/customers", "k", null, ("name", "x"))).Ok().Text("id"));
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_charge_once()
    {
        await using var server = await SandboxServer.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.PayAsync(1000, key: "order-1")));
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Conflict));
        Assert.Contains(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Text("id")).Distinct(StringComparer.Ordinal));
        Assert.Single(await server.AllAsync("/v1/charges"));
    }

    [Fact]
    public async Task Wrong_missing_and_live_keys_are_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        foreach (var key in new[] { null, "sk_test_other", "sk_live_anything" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/balance");
            if (key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.DoesNotContain("sk_test_other", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        (await server.GetAsync("/v1/balance", "acct_nobody")).Refused(403, "account_invalid");
    }
}
