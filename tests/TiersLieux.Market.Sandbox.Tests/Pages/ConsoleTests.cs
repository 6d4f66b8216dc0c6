using System.Net;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Pages;

public class ConsoleTests
{
    [Fact]
    public async Task The_console_shows_balances_objects_and_deliveries()
    {
        await using var server = await SandboxServer.StartAsync("http://127.0.0.1:9/nowhere");
        var workshop = await server.WorkshopAsync();
        var charge = await server.ChargeAsync(123456);
        var page = WebUtility.HtmlDecode(await server.Http.GetStringAsync("/"));
        Assert.Contains(charge, page, StringComparison.Ordinal);
        Assert.Contains(workshop, page, StringComparison.Ordinal);
        Assert.Contains("1\u00a0234,56\u00a0€", page, StringComparison.Ordinal);
        Assert.Contains("payment_intent.succeeded", page, StringComparison.Ordinal);
        Assert.Contains("aucun argent réel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_buttons_act_and_come_back_with_a_word()
    {
        await using var server = await SandboxServer.StartAsync();
        var charge = await server.ChargeAsync(10000, "pm_card_bypassPending");
        using var disputed = await server.FormAsync($"/sandbox/charges/{charge}/dispute");
        Assert.Equal(("/?done=1", HttpStatusCode.SeeOther), (disputed.Headers.Location!.ToString(), disputed.StatusCode));
        Assert.Single(await server.AllAsync("/v1/disputes"));
        using var refused = await server.FormAsync($"/sandbox/charges/{charge}/dispute");
        Assert.StartsWith("/?error=", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
        var shown = WebUtility.HtmlDecode(await server.Http.GetStringAsync(refused.Headers.Location!.ToString()));
        Assert.Contains("This charge cannot be disputed.", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.invalid")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Another_site_cannot_press_its_buttons(string header, string value)
    {
        await using var server = await SandboxServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/clock");
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("advance", "1d")]);
        request.Headers.Add(header, value);
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("\"offset\":0", await server.Http.GetStringAsync("/sandbox/clock"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1d")]
    [InlineData("soon")]
    [InlineData("400d")]
    public async Task The_clock_goes_forward_by_what_can_be_read(string advance)
    {
        await using var server = await SandboxServer.StartAsync();
        using var answer = await server.FormAsync("/sandbox/clock", ("advance", advance));
        Assert.StartsWith("/?error=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_never_markup()
    {
        await using var server = await SandboxServer.StartAsync();
        var page = await server.Http.GetStringAsync("/?error=" + Uri.EscapeDataString("<script>alert(1)</script>"));
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }
}
