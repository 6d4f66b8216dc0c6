using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Webhooks;

public class WebhookTests
{
    [Fact]
    public async Task A_payment_sends_signed_events_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await SandboxServer.StartAsync(receiver.Url);
        (await server.PayAsync(1000, key: "order-1")).Ok();
        var all = await receiver.WaitAsync(3);
        Assert.Equal(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"], all.Select(r => r.Type));
        Assert.All(all, r => Assert.True(IsSigned(r, "whsec_sandbox")));
        Assert.All(all, r => Assert.False(IsSigned(r, "whsec_other")));
        Assert.Equal("order-1", (string?)all[0].Json["request"]!["idempotency_key"]);
        Assert.Equal("requires_payment_method", (string?)all[0].Json["data"]!["object"]!["status"]);
        Assert.Equal("succeeded", (string?)all[2].Json["data"]!["object"]!["status"]);
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_tried_again_with_a_fresh_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        await using var server = await SandboxServer.StartAsync(receiver.Url);
        (await server.PostAsync("/v1/customers", ("name", "x"))).Ok();
        await receiver.WaitAsync(3);
        receiver.Status = 200;
        var all = await receiver.WaitAsync(4);
        Assert.Single(all.Select(r => r.Id).Distinct(StringComparer.Ordinal));
        Assert.All(all, r => Assert.True(IsSigned(r, "whsec_sandbox")));
        Assert.True(all.Select(r => r.Signature).Distinct(StringComparer.Ordinal).Count() > 1);
        await WaitForStateAsync(server, "delivered", 1);
        var count = receiver.All.Count;
        await Task.Delay(600);
        Assert.Equal(count, receiver.All.Count);
    }

    [Fact]
    public async Task Held_events_leave_when_released_and_in_reverse_when_asked()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await SandboxServer.StartAsync(receiver.Url);
        await server.ControlAsync("/sandbox/webhooks", ("hold", "true"), ("reverse", "true"));
        (await server.PayAsync(1000)).Ok();
        await Task.Delay(500);
        Assert.Empty(receiver.All);
        await server.ControlAsync("/sandbox/webhooks", ("hold", "false"));
        Assert.Equal(["payment_intent.succeeded", "charge.succeeded", "payment_intent.created"], (await receiver.WaitAsync(3)).Select(r => r.Type));
    }

    [Fact]
    public async Task Events_are_lost_doubled_and_sent_again_on_demand()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await SandboxServer.StartAsync(receiver.Url);
        await server.ControlAsync("/sandbox/webhooks", ("lose", 1), ("duplicate", 1));
        (await server.PayAsync(1000)).Ok();
        var all = await receiver.WaitAsync(3);
        Assert.Equal(["charge.succeeded", "charge.succeeded", "payment_intent.succeeded"], all.Select(r => r.Type));
        Assert.Equal(all[0].Id, all[1].Id);
        var lost = (await server.AllAsync("/v1/events?type=payment_intent.created"))[0]["id"]!;
        await server.ControlAsync("/sandbox/webhooks/resend", ("event", (string)lost!));
        Assert.Equal((string?)lost, (await receiver.WaitAsync(1, r => r.Type == "payment_intent.created"))[0].Id);
    }

    [Fact]
    public async Task While_a_secret_rotates_the_old_and_the_new_one_sign()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await SandboxServer.StartAsync(receiver.Url);
        var secret = (string)(await server.ControlAsync("/sandbox/webhooks/rotate"))["secret"]!;
        (await server.PostAsync("/v1/customers", ("name", "x"))).Ok();
        var one = (await receiver.WaitAsync(1))[0];
        Assert.True(IsSigned(one, secret));
        Assert.True(IsSigned(one, "whsec_sandbox"));
        Assert.Equal(2, one.Signature.Split(',').Count(p => p.StartsWith("v1=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Endpoints_hear_what_they_asked_for_and_connected_accounts_apart()
    {
        await using var platform = await WebhookReceiver.StartAsync();
        await using var connect = await WebhookReceiver.StartAsync();
        await using var server = await SandboxServer.StartAsync();
        var made = (await server.PostAsync("/v1/webhook_endpoints", ("url", platform.Url), ("enabled_events[0]", "transfer.created"))).Ok();
        (await server.PostAsync("/v1/webhook_endpoints", ("url", connect.Url), ("enabled_events[0]", "*"), ("connect", "true"))).Ok();
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(10000);
        (await server.PostAsync("/v1/transfers", ("amount", 100), ("currency", "eur"), ("destination", workshop), ("source_transaction", charge))).Ok();

        var transfer = (await platform.WaitAsync(1))[0];
        Assert.Equal("transfer.created", transfer.Type);
        Assert.True(IsSigned(transfer, made.Text("secret")));
        Assert.Null(transfer.Json["account"]);
        var payment = (await connect.WaitAsync(1, r => r.Type == "payment.created"))[0];
        Assert.Equal(workshop, (string?)payment.Json["account"]);
        Assert.NotEmpty(await connect.WaitAsync(1, r => r.Type == "account.updated"));
        Assert.All(connect.All, r => Assert.Equal(workshop, (string?)r.Json["account"]));
        (await server.GetAsync("/v1/webhook_endpoints/" + made.Text("id"))).Ok();
        (await server.SendAsync(HttpMethod.Delete, "/v1/webhook_endpoints/" + made.Text("id"), null, null)).Ok();
        (await server.GetAsync("/v1/webhook_endpoints/" + made.Text("id"))).Refused(404);
    }

    [Fact]
    public async Task What_was_not_delivered_before_a_restart_is_delivered_after_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));
        await using (var before = await SandboxServer.StartAsync(receiver.Url, folder, keepFolder: true))
        {
            await before.ControlAsync("/sandbox/webhooks", ("hold", "true"));
            (await before.PostAsync("/v1/customers", ("name", "x"))).Ok();
        }
        Assert.Empty(receiver.All);
        await using var after = await SandboxServer.StartAsync(receiver.Url, folder);
        await after.ControlAsync("/sandbox/webhooks", ("hold", "false"));
        Assert.Equal("customer.created", (await receiver.WaitAsync(1))[0].Type);
    }

    private static async Task WaitForStateAsync(SandboxServer server, string state, int count)
    {
        for (var i = 0; i < 200; i++)
        {
            var deliveries = JsonNode.Parse(await server.Http.GetStringAsync("/sandbox/webhooks"))!["deliveries"]!.AsArray();
            if (deliveries.Count(d => (string?)d!["state"] == state) == count)
                return;
            await Task.Delay(20);
        }
        Assert.Fail($"No {count} deliveries became {state}.");
    }

    private static bool IsSigned(Received received, string secret)
    {
        var parts = received.Signature.Split(',').Select(p => p.Split('=', 2)).ToList();
        var time = parts.Single(p => p[0] == "t")[1];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(time + "." + received.Body)));
        return parts.Where(p => p[0] == "v1").Any(p => p[1] == expected);
    }
}
