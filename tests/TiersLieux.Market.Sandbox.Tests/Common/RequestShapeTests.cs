using System.Net;
using System.Text;

namespace TiersLieux.Market.Sandbox.Tests.Common;

/// <summary>Parameters, pages of lists, expansion and answers to what makes no sense.</summary>
public class RequestShapeTests
{
    [Theory]
    [InlineData("nmae", "nmae")]
    [InlineData("transfer_data[destination]", "transfer_data")]
    [InlineData("automatic_payment_methods[enable]", "automatic_payment_methods[enable]")]
    public async Task A_parameter_that_nobody_knows_is_refused_by_name(string name, string param)
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.PostAsync("/v1/payment_intents", ("amount", 1000), ("currency", "eur"), (name, "x"))).Refused(400, "parameter_unknown", param);
        Assert.Empty(await server.AllAsync("/v1/payment_intents"));
    }

    [Fact]
    public async Task Metadata_is_merged_and_cleared()
    {
        await using var server = await SandboxServer.StartAsync();
        var id = (await server.PostAsync("/v1/customers", ("metadata[a]", "1"), ("metadata[b]", "2"))).Ok().Text("id");
        var merged = (await server.PostAsync("/v1/customers/" + id, ("metadata[a]", ""), ("metadata[c]", "3"))).Ok();
        Assert.Equal("""{"b":"2","c":"3"}""", merged.Json["metadata"]!.ToJsonString());
        Assert.Equal("{}", (await server.PostAsync("/v1/customers/" + id, ("metadata", ""))).Ok().Json["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Lists_are_newest_first_and_page_both_ways()
    {
        await using var server = await SandboxServer.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add((await server.PostAsync("/v1/customers", ("name", i))).Ok().Text("id"));
        ids.Reverse();
        var first = (await server.GetAsync("/v1/customers")).Ok();
        Assert.Equal(ids[..10], first.Json["data"]!.AsArray().Select(c => (string)c!["id"]!));
        Assert.True((bool)first.Json["has_more"]!);
        var next = (await server.GetAsync("/v1/customers?starting_after=" + ids[9])).Ok();
        Assert.Equal(ids[10..], next.Json["data"]!.AsArray().Select(c => (string)c!["id"]!));
        Assert.False((bool)next.Json["has_more"]!);
        var back = (await server.GetAsync($"/v1/customers?limit=3&ending_before={ids[5]}")).Ok();
        Assert.Equal(ids[2..5], back.Json["data"]!.AsArray().Select(c => (string)c!["id"]!));
        (await server.GetAsync("/v1/customers?limit=101")).Refused(400, param: "limit");
        (await server.GetAsync("/v1/customers?starting_after=cus_none")).Refused(404, "resource_missing", "starting_after");
        (await server.GetAsync("/v1/customers?colour=red")).Refused(400, "parameter_unknown");
    }

    [Fact]
    public async Task Lists_are_filtered_by_day()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.PostAsync("/v1/customers", ("name", "before"));
        await server.AdvanceAsync("2d");
        var late = (await server.PostAsync("/v1/customers", ("name", "after"))).Ok();
        var found = await server.AllAsync($"/v1/customers?created[gte]={late.Number("created") - 3600}");
        Assert.Equal("after", (string?)Assert.Single(found)["name"]);
    }

    [Fact]
    public async Task Expansion_reaches_into_lists_and_refuses_what_is_no_reference()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.PayAsync(1000);
        var page = (await server.GetAsync("/v1/charges?expand[]=data.balance_transaction&expand[]=data.payment_intent.payment_method")).Ok();
        var charge = page.Json["data"]![0]!;
        Assert.Equal("balance_transaction", (string?)charge["balance_transaction"]!["object"]);
        Assert.Equal("4242", (string?)charge["payment_intent"]!["payment_method"]!["card"]!["last4"]);
        (await server.GetAsync("/v1/charges?expand[]=data.amount")).Refused(400);
        (await server.GetAsync("/v1/charges?expand[]=data.colour")).Refused(400);
    }

    [Fact]
    public async Task Nothing_of_the_sandboxs_own_leaves_it()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.PayAsync(1000);
        foreach (var path in new[] { "/v1/charges", "/v1/payment_intents?expand[]=data.payment_method", "/v1/webhook_endpoints", "/v1/events" })
        {
            var text = (await server.GetAsync(path)).Ok().Json.ToJsonString();
            Assert.DoesNotContain("\"_", text, StringComparison.Ordinal);
            Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
            Assert.DoesNotContain("4242424242424242", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_gets_an_answer_in_stripes_shape()
    {
        await using var server = await SandboxServer.StartAsync();
        (await server.GetAsync("/v1/unicorns")).Refused(404);
        (await server.SendAsync(HttpMethod.Delete, "/v1/charges", null, null)).Refused(404);
        (await server.PostAsync("/v1/customers", ("metadata[", "x"))).Refused(400);
        (await server.PostAsync("/v1/customers", ("name[first]", "x"))).Refused(400);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers");
        request.Headers.Add("Authorization", "Bearer sk_test_sandbox");
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("req_", answer.Headers.GetValues("Request-Id").Single(), StringComparison.Ordinal);
    }
}
