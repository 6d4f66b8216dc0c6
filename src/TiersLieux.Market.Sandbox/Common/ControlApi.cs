using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Network;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Treasury;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// What the outside world would do: time, the bank, a workshop's verification, faults. The console's forms and
/// programs use the same addresses; a form is answered with a redirect, JSON with JSON.
/// </summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, SandboxDatabase database)
    {
        void Post(string path, Func<Work, Input, JsonNode> act) => app.MapPost(path, http => RunAsync(http, database, act));
        void Get(string path, Func<Work, JsonNode> show) => app.MapGet(path, async http =>
            await AnswerAsync(http, 200, await database.RunAsync("", show, http.RequestAborted)));

        Get("/sandbox/clock", ShowClock);
        Post("/sandbox/clock", AdvanceClock);
        Get("/sandbox/faults", work => Doc.Object(("faults", Faults.All(work))));
        Post("/sandbox/faults", AddFault);
        Post("/sandbox/faults/clear", (work, _) =>
        {
            Faults.Clear(work);
            return Doc.Object(("faults", Faults.All(work)));
        });
        Get("/sandbox/webhooks", ShowWebhooks);
        Post("/sandbox/webhooks", SetWebhooks);
        Post("/sandbox/webhooks/resend", (work, input) => Doc.Object(("queued", Events.Resend(work, input.Required("event")))));
        Post("/sandbox/webhooks/rotate", (work, input) => Doc.Object(
            ("secret", WebhookEndpoints.Rotate(work, input.Text("endpoint") ?? WebhookEndpoints.Default))));
        Post("/sandbox/payouts", (work, input) => Payouts.Automatic(work, input.Text("account") ?? Work.Platform).Public()
            ?? throw StripeException.Invalid("There is nothing to pay out: no money is available on this account."));
        Post("/sandbox/payouts/{id}/paid", (work, input) => Done(Payouts.MarkPaid(work, input.Id), work, input.Id, "payout"));
        Post("/sandbox/payouts/{id}/failed", (work, input) => Done(Payouts.MarkFailed(work, input.Id), work, input.Id, "payout"));
        Post("/sandbox/fees", (work, input) => Balances.Post(
            work, Work.Platform, "stripe_fee", -Bank.FeeAmount(input.Cents("amount")), 0, "eur", null, input.Text("text") ?? "Account fee", work.Now).Public()!);
        Post("/sandbox/charges/{id}/dispute", (work, input) =>
            Disputes.OpenOn(work, Existing(work, input.Id, "charge"), input.Text("reason") ?? "fraudulent").Public()
            ?? throw StripeException.Invalid("This charge cannot be disputed."));
        Post("/sandbox/disputes/{id}/close", (work, input) => Done(
            Disputes.Close(work, Existing(work, input.Id, "dispute"), input.Text("outcome") == "won"), work, input.Id, "dispute"));
        Post("/sandbox/accounts/{id}/transfers", SetTransfers);
        Post("/sandbox/bank/transfers", (work, input) =>
        {
            Bank.Transfer(
                work, input.Required("name"), input.Text("iban") ?? "FR899999999999CLIENTFICT177", input.Cents("amount"), input.Text("text") ?? "",
                input.Text("reference"));
            return Doc.Object(("done", true));
        });
        Post("/sandbox/bank/fees", (work, input) =>
        {
            Bank.Fee(work, input.Cents("amount"), input.Text("text") ?? "");
            return Doc.Object(("done", true));
        });
    }

    /// <summary>A page of another site must not steer the sandbox through its visitor's browser.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonNode ShowClock(Work work) => Doc.Object(
        ("now", work.Now), ("iso", DateTimeOffset.FromUnixTimeSeconds(work.Now).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("offset", work.Clock.Offset));

    private static JsonNode AdvanceClock(Work work, Input input)
    {
        var seconds = Duration(input.Required("advance"));
        if (seconds is < 0 or > 366L * 86400)
            throw StripeException.Invalid("The clock goes forward only, by at most a year at a time.", "advance");
        var offset = work.Clock.Offset + seconds;
        work.Set("clock_offset", offset.ToString(CultureInfo.InvariantCulture));
        work.Clock.Offset = offset;
        Jobs.RunDue(work);
        return ShowClock(work);
    }

    /// <summary>Seconds, or a number with s, m, h or d.</summary>
    private static long Duration(string text)
    {
        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' or 'j' => 86400, _ => 0 };
        return long.TryParse(unit == 0 ? text : text[..^1], CultureInfo.InvariantCulture, out var n)
            ? n * Math.Max(unit, 1)
            : throw StripeException.Invalid("Give seconds, or a number with s, m, h or d, such as 3d.", "advance");
    }

    private static JsonNode AddFault(Work work, Input input)
    {
        var kind = input.Required("kind");
        if (!Faults.Kinds.Contains(kind, StringComparer.Ordinal))
            throw StripeException.Invalid($"Unknown kind of fault: {kind}. Known: {string.Join(", ", Faults.Kinds)}.", "kind");
        var count = input.Whole("count") ?? 1;
        if (count is < 1 or > 10_000)
            throw StripeException.Invalid("count must be between 1 and 10000.", "count");
        Faults.Add(work, kind, input.Text("path"), input.Text("method"), count, input.Whole("delayMs"));
        return Doc.Object(("faults", Faults.All(work)));
    }

    private static JsonNode ShowWebhooks(Work work)
    {
        var c = WebhookControls.Read(work);
        return Doc.Object(
            ("hold", c.Hold), ("reverse", c.Reverse), ("lose", c.Lose), ("duplicate", c.Duplicate),
            ("deliveries", new JsonArray([.. Deliveries.Recent(work, 100).Select(d => (JsonNode)Doc.Object(
                ("event", d.Event), ("type", d.Type), ("endpoint", d.Endpoint), ("state", d.State), ("attempts", d.Attempts), ("answer", d.Answer)))])));
    }

    private static JsonNode SetWebhooks(Work work, Input input)
    {
        var before = WebhookControls.Read(work);
        new WebhookControls(
            input.Flag("hold") ?? before.Hold,
            input.Flag("reverse") ?? before.Reverse,
            input.Whole("lose") ?? before.Lose,
            input.Whole("duplicate") ?? before.Duplicate).Write(work);
        return ShowWebhooks(work);
    }

    private static JsonNode SetTransfers(Work work, Input input)
    {
        var status = input.Required("status");
        if (status is not ("active" or "pending" or "inactive"))
            throw StripeException.Invalid("status must be active, pending or inactive.", "status");
        var account = Existing(work, input.Id, "account");
        Accounts.SetTransfers(work, account, status);
        return account.Public()!;
    }

    private static JsonObject Existing(Work work, string id, string type) =>
        work.Find(id) is { } o && o.Text("object") == type ? o : throw StripeException.NoSuch(type, id, "id");

    private static JsonNode Done(bool changed, Work work, string id, string type)
    {
        var o = Existing(work, id, type);
        return changed ? o.Public()! : throw StripeException.Invalid($"This {type} is {o.Text("status")}: nothing to change.");
    }

    private static async Task RunAsync(HttpContext http, SandboxDatabase database, Func<Work, Input, JsonNode> act)
    {
        if (IsForeign(http.Request))
        {
            await AnswerAsync(http, 403, new StripeException(403, "invalid_request_error", "This request comes from another site.").ToJson(null));
            return;
        }
        var form = http.Request.HasFormContentType;
        var back = "/";
        try
        {
            var input = await Input.ReadAsync(http);
            back = input.Text("back") is "/bank" ? "/bank" : "/";
            var baseUrl = $"{http.Request.Scheme}://{http.Request.Host}";
            var result = await database.CommitAsync(baseUrl, work => act(work, input), CancellationToken.None);
            if (!form)
            {
                await AnswerAsync(http, 200, result);
                return;
            }
            http.Response.Redirect(back + "?done=1");
        }
        catch (StripeException refused)
        {
            if (!form)
            {
                await AnswerAsync(http, refused.Status, refused.ToJson(null));
                return;
            }
            http.Response.Redirect(back + "?error=" + Uri.EscapeDataString(refused.Message));
        }
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    private static Task AnswerAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(Doc.Json), CancellationToken.None);
    }

    /// <summary>Fields of a form or of a flat JSON object.</summary>
    private sealed class Input(IReadOnlyDictionary<string, string> fields, RouteValueDictionary route, bool form)
    {
        public string Id => (string)route["id"]!;

        public static async Task<Input> ReadAsync(HttpContext http)
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            if (http.Request.HasFormContentType)
            {
                foreach (var (key, value) in await http.Request.ReadFormAsync(http.RequestAborted))
                    fields[key] = value.ToString().Trim();
                return new Input(fields, http.Request.RouteValues, form: true);
            }
            if (http.Request.ContentLength is not 0)
            {
                try
                {
                    var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject
                        ?? throw StripeException.Invalid("The body must be a JSON object.");
                    foreach (var (key, value) in body)
                    {
                        if (value is not null)
                            fields[key] = value.ToString();
                    }
                }
                catch (JsonException) when (http.Request.ContentLength is null)
                {
                    // No body at all, sent in chunks.
                }
                catch (JsonException e)
                {
                    throw StripeException.Invalid("The body is not JSON: " + e.Message);
                }
            }
            return new Input(fields, http.Request.RouteValues, form: false);
        }

        public string? Text(string name) => fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

        public string Required(string name) => Text(name) ?? throw StripeException.Missing(name);

        public bool? Flag(string name) => Text(name) switch
        {
            null => null,
            "true" or "1" or "on" => true,
            "false" or "0" => false,
            _ => throw StripeException.Invalid($"{name} must be true or false.", name),
        };

        public long? Whole(string name) => Text(name) is not { } text
            ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
                ? n
                : throw StripeException.Invalid($"{name} must be a whole number.", name);

        /// <summary>Cents from a program; euros with a comma or a point from a person.</summary>
        public long Cents(string name)
        {
            if (!form)
                return Whole(name) ?? throw StripeException.Missing(name);
            var text = Required(name).Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal)
                .Replace("€", "", StringComparison.Ordinal).Replace(',', '.');
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros)
                && Math.Abs(euros) < 1_000_000_000m && decimal.Round(euros, 2) == euros
                ? (long)(euros * 100)
                : throw StripeException.Invalid($"Montant illisible : {text}. Exemple : 120,50.", name);
        }
    }
}
