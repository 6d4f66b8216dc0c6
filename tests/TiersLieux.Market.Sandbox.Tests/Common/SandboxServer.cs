using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace TiersLieux.Market.Sandbox.Tests.Common;

/// <summary>A sandbox on a free port with a folder of its own, and a caller that speaks to it over a socket.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _keepFolder;

    private SandboxServer(WebApplication app, SandboxOptions options, bool keepFolder)
    {
        _app = app;
        _keepFolder = keepFolder;
        Options = options;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public SandboxOptions Options { get; }

    public Uri Address { get; }

    /// <summary>Follows no redirect and sends no key.</summary>
    public HttpClient Http { get; }

    public static async Task<SandboxServer> StartAsync(string webhook = "", string? folder = null, bool keepFolder = false, TimeProvider? time = null)
    {
        var options = new SandboxOptions
        {
            DataFolder = folder ?? Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N")),
            WebhookUrl = webhook,
            WebhookBackOff = TimeSpan.FromMilliseconds(100),
            Time = time ?? new StartedTime(),
        };
        var app = SandboxHost.Build(options);
        await app.StartAsync();
        return new SandboxServer(app, options, keepFolder);
    }

    /// <summary>Calls the API; a name given twice is sent twice.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? key, string? account, params (string Name, object Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_sandbox");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (account is not null)
            request.Headers.Add("Stripe-Account", account);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, Invariant(f.Value))));
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, JsonNode.Parse(text)!, response.Headers);
    }

    public Task<Answer> PostAsync(string path, params (string Name, object Value)[] fields) => SendAsync(HttpMethod.Post, path, null, null, fields);

    public Task<Answer> GetAsync(string path, string? account = null) => SendAsync(HttpMethod.Get, path, null, account);

    /// <summary>The control API, with JSON.</summary>
    public async Task<JsonNode> ControlAsync(string path, params (string Name, object Value)[] fields)
    {
        var body = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)JsonValue.Create(Invariant(f.Value)))));
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields) =>
        Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<Answer> PayAsync(long amount, string method = "pm_card_visa", string? key = null, string? group = null)
    {
        var fields = new List<(string, object)> { ("amount", amount), ("currency", "eur"), ("payment_method", method), ("confirm", "true") };
        if (group is not null)
            fields.Add(("transfer_group", group));
        return SendAsync(HttpMethod.Post, "/v1/payment_intents", key, null, [.. fields]);
    }

    /// <summary>A payment by card that succeeds; gives the id of its charge.</summary>
    public async Task<string> ChargeAsync(long amount, string method = "pm_card_visa") => (await PayAsync(amount, method)).Ok().Text("latest_charge");

    /// <summary>A connected account that may receive transfers.</summary>
    public async Task<string> WorkshopAsync()
    {
        var id = (await PostAsync("/v1/accounts", ("type", "express"), ("capabilities[transfers][requested]", "true"))).Ok().Text("id");
        await ControlAsync($"/sandbox/accounts/{id}/transfers", ("status", "active"));
        return id;
    }

    public Task AdvanceAsync(string by) => ControlAsync("/sandbox/clock", ("advance", by));

    /// <summary>Pending and available cents, as the balance says.</summary>
    public async Task<(long Pending, long Available)> BalanceAsync(string? account = null)
    {
        var balance = (await GetAsync("/v1/balance", account)).Ok();
        return ((long)balance.Json["pending"]![0]!["amount"]!, (long)balance.Json["available"]![0]!["amount"]!);
    }

    public async Task<List<JsonNode>> AllAsync(string path, string? account = null)
    {
        var items = new List<JsonNode>();
        var after = "";
        while (true)
        {
            var page = (await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=100{after}", account)).Ok().Json;
            items.AddRange(page["data"]!.AsArray().Select(i => i!));
            if (!(bool)page["has_more"]!)
                return items;
            after = "&starting_after=" + (string)items[^1]["id"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_keepFolder)
            Directory.Delete(Options.DataFolder, recursive: true);
    }

    private static string Invariant(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;

    /// <summary>A Monday morning that goes on as the stopwatch does, so that no test depends on today.</summary>
    private sealed class StartedTime : TimeProvider
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero) + Stopwatch.GetElapsedTime(_start);
    }
}

/// <summary>An answer of the API and ways to hold it against what is expected.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode Json, HttpResponseHeaders Headers)
{
    public Answer Ok()
    {
        Assert.True(Status == HttpStatusCode.OK, Json.ToJsonString());
        return this;
    }

    public string Text(string name) => (string)Json[name]!;

    public long Number(string name) => (long)Json[name]!;

    /// <summary>Refused with this status and, where given, this code and parameter.</summary>
    public JsonNode Refused(int status, string? code = null, string? param = null)
    {
        Assert.True((int)Status == status, $"{(int)Status}: {Json.ToJsonString()}");
        var error = Json["error"]!;
        if (code is not null)
            Assert.Equal(code, (string?)error["code"]);
        if (param is not null)
            Assert.Equal(param, (string?)error["param"]);
        return error;
    }
}
