using TiersLieux.Market.Connectors.Payments;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

public sealed class StripeClientTests : IAsyncLifetime
{
    private ScriptedServer _server = null!;
    private GatewayFixture _fixture = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.Start();
        _fixture = new GatewayFixture(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_post_carries_key_version_account_and_form()
    {
        _server.Json("""{"id":"x"}""");
        var form = new StripeForm().Set("a[b][c]", "é & 1").Set("a[0]", 12).Set("flag", true).Set("clear", "").Set("left_out", (string?)null)
            .Set("at", new DateTime(1970, 1, 1, 0, 1, 0, DateTimeKind.Utc));
        await _fixture.Client.Post("/v1/things", form, "thing-1", "acct_1", Cancellation);

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("POST", asked.Method);
        Assert.Equal("Bearer sk_test_sandbox", asked.Headers["Authorization"]);
        Assert.Equal("2025-09-30.clover", asked.Headers["Stripe-Version"]);
        Assert.Equal("acct_1", asked.Headers["Stripe-Account"]);
        Assert.Equal("thing-1", asked.Headers["Idempotency-Key"]);
        Assert.Equal("application/x-www-form-urlencoded", asked.Headers["Content-Type"]);
        Assert.Equal(new Dictionary<string, string> { ["a[b][c]"] = "é & 1", ["a[0]"] = "12", ["flag"] = "true", ["clear"] = "", ["at"] = "60" }, asked.Form);
    }

    [Fact]
    public async Task A_get_carries_its_query_and_neither_key_nor_account()
    {
        _server.Json("""{"id":"x"}""");
        await _fixture.Client.Get("/v1/things", new StripeForm().Set("created[gte]", 5).Set("expand[0]", "a.b"), cancellation: Cancellation);

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("/v1/things?created[gte]=5&expand[0]=a.b", asked.Target);
        Assert.False(asked.Headers.ContainsKey("Idempotency-Key"));
        Assert.False(asked.Headers.ContainsKey("Stripe-Account"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(409)]
    public async Task A_passing_fault_is_tried_again_twice_with_the_same_key_and_body(int status)
    {
        _server.Json("{}", status).Json("{}", status).Json("""{"id":"x"}""");
        var answer = await _fixture.Client.Post("/v1/things", new StripeForm().Set("amount", 100), "thing-1", cancellation: Cancellation);

        Assert.IsType<StripeAnswer.Success>(answer);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Single(_server.Requests.Select(r => (r.Headers["Idempotency-Key"], r.Body)).Distinct());
        Assert.Collection(
            _fixture.Clock.Pauses,
            first => Assert.InRange(first, TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.5)),
            second => Assert.InRange(second, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task After_two_retries_it_gives_up()
    {
        _server.Json("{}", 500).Json("{}", 500).Json("{}", 500).Json("""{"id":"x"}""");
        var failure = Assert.IsType<StripeAnswer.Failure>(await Post());
        Assert.Equal(500, failure.Status);
        Assert.True(failure.EarlierUnknown);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task A_429_is_not_tried_again_unless_the_server_says_so()
    {
        _server.Json("{}", 429, ("Retry-After", "7"));
        var failure = Assert.IsType<StripeAnswer.Failure>(await Post());
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
        Assert.Single(_server.Requests);

        _server.Json("{}", 429, ("Stripe-Should-Retry", "true")).Json("""{"id":"x"}""");
        Assert.IsType<StripeAnswer.Success>(await Post());
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(409)]
    public async Task The_server_can_forbid_a_retry(int status)
    {
        _server.Json("{}", status, ("Stripe-Should-Retry", "false"));
        Assert.Equal(status, Assert.IsType<StripeAnswer.Failure>(await Post()).Status);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        _server.Reset().Json("""{"id":"x"}""");
        Assert.IsType<StripeAnswer.Success>(await Post());
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_may_have_run()
    {
        for (var i = 0; i < 3; i++)
        {
            _server.Then(async c =>
            {
                c.Response.ContentLength = 100;
                await c.Response.Body.WriteAsync("{\"id\":"u8.ToArray());
                await c.Response.Body.FlushAsync();
                c.Abort();
            });
        }

        Assert.True(Assert.IsType<StripeAnswer.Silence>(await Post()).MayHaveRun);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_can_have_run()
    {
        await using var nobody = new GatewayFixture(ScriptedServer.NobodyThere());
        var answer = await nobody.Client.Post("/v1/things", new StripeForm(), "thing-1", cancellation: Cancellation);
        Assert.False(Assert.IsType<StripeAnswer.Silence>(answer).MayHaveRun);
        Assert.Equal(2, nobody.Clock.Pauses.Count);
    }

    [Fact]
    public async Task An_html_error_page_is_an_answer_like_any_other()
    {
        _server.Html(502).Html(502).Html(502);
        var failure = Assert.IsType<StripeAnswer.Failure>(await Post());
        Assert.Equal(502, failure.Status);
        Assert.Null(failure.Error.Code);
    }

    [Theory]
    [InlineData("<html>OK</html>")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    public async Task A_success_that_is_no_json_object_leaves_the_outcome_open(string body)
    {
        _server.Json(body).Json(body).Json(body);
        Assert.True(Assert.IsType<StripeAnswer.Silence>(await Post()).MayHaveRun);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_the_time_out()
    {
        for (var i = 0; i < 3; i++)
        {
            _server.Then(async c =>
            {
                _fixture.Clock.TimeOut();
                await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            });
        }

        Assert.True(Assert.IsType<StripeAnswer.Silence>(await Post()).MayHaveRun);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_not_swallowed()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _server.Then(async c =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.Client.Post("/v1/things", new StripeForm(), "k", cancellation: source.Token));
    }

    [Fact]
    public async Task A_redirect_does_not_take_the_key_elsewhere()
    {
        _server.Then(c =>
        {
            c.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        Assert.Equal(302, Assert.IsType<StripeAnswer.Failure>(await Post()).Status);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_definite_refusal_after_an_open_attempt_remembers_the_open_attempt()
    {
        _server.Reset().Json("""{"error":{"type":"invalid_request_error"}}""", 401);
        Assert.True(Assert.IsType<StripeAnswer.Failure>(await Post()).EarlierUnknown);
    }

    private Task<StripeAnswer> Post() => _fixture.Client.Post("/v1/things", new StripeForm().Set("amount", 1), "thing-1", cancellation: Cancellation);
}
