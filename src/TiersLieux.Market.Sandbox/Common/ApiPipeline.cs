using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>What every call under <c>/v1</c> goes through: faults, key, account, idempotency, transaction, answer.</summary>
internal sealed partial class ApiPipeline(SandboxDatabase database, SandboxOptions options, ILogger<ApiPipeline> log)
{
    public const string Version = "2026-10-28.endive";

    private const int KeyLifetime = 86400;

    private readonly ConcurrentDictionary<(string Account, string Key), bool> _inFlight = new();

    private sealed record Answer(int Status, string Body, string? Original = null);

    public async Task RunAsync(HttpContext http, Handler handler)
    {
        var request = Ids.New("req_", 14);
        var response = http.Response;
        response.Headers["Request-Id"] = request;
        response.Headers["Stripe-Version"] = http.Request.Headers["Stripe-Version"] is { Count: > 0 } asked ? asked : new StringValues(Version);
        response.Headers.CacheControl = "no-cache, no-store";

        var path = http.Request.Path.Value!;
        var fault = await database.RunAsync("", work => TakeFault(work, http.Request.Method, path), http.RequestAborted);
        if (fault is { Kind: Faults.Reset })
        {
            http.Abort();
            return;
        }
        if (fault is { Kind: Faults.Html502 })
        {
            response.StatusCode = 502;
            response.ContentType = "text/html";
            await response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>");
            return;
        }

        (string, string)? claimed = null;
        Answer answer;
        try
        {
            var (account, parameters) = await ReadAsync(http);
            var key = HttpMethods.IsPost(http.Request.Method) ? http.Request.Headers["Idempotency-Key"].ToString() : "";
            if (key.Length > 255)
                throw StripeException.Invalid("Idempotency keys can have up to 255 characters.");
            if (key.Length > 0)
            {
                if (!_inFlight.TryAdd((account, key), true))
                {
                    throw new StripeException(
                        409, "idempotency_error",
                        $"There is currently another in-progress request using this Stripe Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}.",
                        "idempotency_key_in_use");
                }
                claimed = (account, key);
                response.Headers["Idempotency-Key"] = key;
            }
            if (fault is { Kind: Faults.Slow })
                await Task.Delay(fault.Delay, http.RequestAborted);
            ThrowIfRefused(fault);

            var call = new Incoming(http.Request.Method, path, account, key, request, parameters, http.Request.RouteValues, handler);
            answer = await database.RunAsync(BaseUrl(http), work => Execute(work, call), CancellationToken.None);
        }
        catch (StripeException refused)
        {
            if (refused.Code == "lock_timeout")
                response.Headers["Stripe-Should-Retry"] = "true";
            answer = new Answer(refused.Status, refused.ToJson(request).ToJsonString(Doc.Json));
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Failed(http.Request.Method, path, unexpected);
            answer = new Answer(500, ServerError().ToJson(request).ToJsonString(Doc.Json));
        }
        finally
        {
            if (claimed is { } c)
                _inFlight.TryRemove(c, out _);
        }

        if (fault is { Kind: Faults.TimeoutAfterCommit })
        {
            // Done and kept, but the caller never hears of it.
            await Task.Delay(fault.Delay, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            http.Abort();
            return;
        }
        if (answer.Original is not null)
        {
            response.Headers["Idempotent-Replayed"] = "true";
            response.Headers["Original-Request"] = answer.Original;
        }
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        await response.WriteAsync(answer.Body, CancellationToken.None);
    }

    public string BaseUrl(HttpContext http) => options.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}";

    private sealed record Incoming(
        string Method, string Path, string Account, string Key, string Request, Parameters Parameters, RouteValueDictionary Route, Handler Handler);

    private static Fault? TakeFault(Work work, string method, string path)
    {
        var fault = Faults.Take(work, method, path);
        if (fault is not null)
            work.Commit();
        return fault;
    }

    private static Answer Execute(Work work, Incoming call)
    {
        var jobs = Jobs.AnyDue(work);
        if (jobs)
            Jobs.RunDue(work);
        work.Request = call.Request;
        work.IdempotencyKey = call.Key.Length > 0 ? call.Key : null;
        if (call.Account != Work.Platform && !AccountExists(work, call.Account))
        {
            throw new StripeException(
                403, "invalid_request_error",
                $"The provided key 'sk_test_*****' does not have access to account '{call.Account}' (or that account does not exist). Application access may have been revoked.",
                "account_invalid");
        }

        var fingerprint = "";
        if (call.Key.Length > 0)
        {
            fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Path + "\n" + call.Parameters.Canonical())));
            work.Execute("DELETE FROM idempotency WHERE account = $a AND key = $b AND created <= $c", call.Account, call.Key, work.Now - KeyLifetime);
            var known = work.Rows(
                "SELECT fingerprint, status, body, request FROM idempotency WHERE account = $a AND key = $b",
                r => (Fingerprint: r.GetString(0), Answer: new Answer(r.GetInt32(1), r.GetString(2), r.GetString(3))),
                call.Account, call.Key).FirstOrDefault();
            if (known.Answer is not null)
            {
                if (known.Fingerprint != fingerprint)
                {
                    throw new StripeException(
                        400, "idempotency_error",
                        $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{call.Key}' if you meant to execute a different request.");
                }
                if (jobs)
                    work.Commit();
                return known.Answer;
            }
        }

        work.BeginCall();
        var answer = Handle(work, call);
        if (call.Key.Length > 0 && call.Parameters.Accepted)
        {
            work.Execute(
                "INSERT INTO idempotency (account, key, fingerprint, status, body, request, created) VALUES ($a, $b, $c, $d, $e, $f, $g)",
                call.Account, call.Key, fingerprint, answer.Status, answer.Body, call.Request, work.Now);
        }
        if (jobs || !HttpMethods.IsGet(call.Method))
            work.Commit();
        return answer;
    }

    private static bool AccountExists(Work work, string id) => work.Find(id)?.Text("object") == "account";

    private static Answer Handle(Work work, Incoming call)
    {
        try
        {
            var expand = call.Parameters.Texts("expand");
            var result = call.Handler(new Call(work, call.Account, call.Parameters, call.Route));
            call.Parameters.Done();
            var shown = Expansion.Apply(work, result, expand);
            return new Answer(200, shown.ToJsonString(Doc.Json));
        }
        catch (StripeException refused)
        {
            if (!refused.KeepsChanges)
                work.UndoCall();
            return new Answer(refused.Status, refused.ToJson(call.Request).ToJsonString(Doc.Json));
        }
    }

    private async Task<(string Account, Parameters Parameters)> ReadAsync(HttpContext http)
    {
        CheckKey(http.Request.Headers.Authorization.ToString());
        var pairs = http.Request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")));
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.ContentLength is > 0 or null && !string.IsNullOrEmpty(http.Request.ContentType))
        {
            if (!http.Request.HasFormContentType)
                throw StripeException.Invalid("The body of a request must be application/x-www-form-urlencoded.");
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            pairs = pairs.Concat(form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))));
        }
        var account = http.Request.Headers["Stripe-Account"].ToString();
        return (account.Length > 0 ? account : Work.Platform, Parameters.Parse(pairs));
    }

    private void CheckKey(string header)
    {
        var key = "";
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            key = header[7..].Trim();
        }
        else if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var buffer = new byte[header.Length];
            key = Convert.TryFromBase64String(header[6..].Trim(), buffer, out var read)
                ? Encoding.UTF8.GetString(buffer, 0, read).Split(':')[0]
                : "";
        }
        if (key.Length == 0)
        {
            throw Unauthorised(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        if (IsLive(key))
            throw Unauthorised("This is a sandbox: it takes no live key. Never send a live key to a test server; if it was a real one, roll it now.");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(options.SecretKey)))
            throw Unauthorised($"Invalid API Key provided: {(key.Length > 12 ? key[..8] + new string('*', 8) + key[^4..] : "********")}");
    }

    public static bool IsLive(string key) =>
        key.StartsWith("sk_live_", StringComparison.Ordinal) || key.StartsWith("rk_live_", StringComparison.Ordinal);

    private static void ThrowIfRefused(Fault? fault)
    {
        switch (fault?.Kind)
        {
            case Faults.TooManyRequests:
                throw new StripeException(429, "invalid_request_error", "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.", "rate_limit");
            case Faults.LockTimeout:
                throw new StripeException(429, "invalid_request_error", "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.", "lock_timeout");
            case Faults.ServerError:
                throw ServerError();
        }
    }

    private static StripeException Unauthorised(string message) => new(401, "invalid_request_error", message);

    private static StripeException ServerError() => new(500, "api_error", "Sorry! There was an error while talking to the sandbox.");

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Failed(string method, string path, Exception exception);
}
