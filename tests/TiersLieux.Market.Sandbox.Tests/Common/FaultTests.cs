using System.Net;
using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Tests.Common;

public class FaultTests
{
    [Fact]
    public async Task A_timeout_after_commit_has_charged_and_the_repeat_learns_it()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/faults", ("kind", "timeout_after_commit"), ("path", "/v1/payment_intents"), ("delayMs", 0));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.PayAsync(1000, key: "order-1"));
        var charge = Assert.Single(await server.AllAsync("/v1/charges"));
        var repeat = (await server.PayAsync(1000, key: "order-1")).Ok();
        Assert.Equal((string?)charge["id"], repeat.Text("latest_charge"));
        Assert.True(repeat.Headers.Contains("Idempotent-Replayed"));
    }

    [Theory]
    [InlineData("429", 429, "rate_limit", false)]
    [InlineData("lock_timeout", 429, "lock_timeout", true)]
    [InlineData("500", 500, null, false)]
    public async Task A_refused_call_changes_nothing_and_its_key_stays_free(string kind, int status, string? code, bool shouldRetry)
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/faults", ("kind", kind), ("count", 2));
        for (var i = 0; i < 2; i++)
        {
            var answer = await server.PayAsync(1000, key: "order-1");
            answer.Refused(status, code);
            Assert.Equal(shouldRetry, answer.Headers.Contains("Stripe-Should-Retry"));
        }
        (await server.PayAsync(1000, key: "order-1")).Ok();
        Assert.Single(await server.AllAsync("/v1/charges"));
    }

    [Fact]
    public async Task A_reset_and_a_page_instead_of_json_happen_before_anything_is_done()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/faults", ("kind", "reset"), ("method", "POST"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.PayAsync(1000));
        await server.ControlAsync("/sandbox/faults", ("kind", "html502"));
        using var answer = await server.Http.GetAsync("/v1/balance");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.StartsWith("<html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await server.AllAsync("/v1/payment_intents"));
    }

    [Fact]
    public async Task Path_and_method_choose_the_calls_and_clearing_ends_it()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ControlAsync("/sandbox/faults", ("kind", "500"), ("path", "/v1/transfers"), ("method", "post"), ("count", 5));
        (await server.PayAsync(1000)).Ok();
        (await server.GetAsync("/v1/transfers")).Ok();
        (await server.PostAsync("/v1/transfers")).Refused(500);
        var left = JsonNode.Parse(await server.Http.GetStringAsync("/sandbox/faults"))!["faults"]![0]!;
        Assert.Equal(4, (int)left["count"]!);
        await server.ControlAsync("/sandbox/faults/clear");
        (await server.PostAsync("/v1/transfers")).Refused(400);
    }

    [Theory]
    [InlineData("""{"kind":"tea"}""")]
    [InlineData("""{"kind":"500","count":0}""")]
    [InlineData("""{"count":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_wrong_fault_is_refused(string body)
    {
        await using var server = await SandboxServer.StartAsync();
        using var answer = await server.Http.PostAsync("/sandbox/faults", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_request_error", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
