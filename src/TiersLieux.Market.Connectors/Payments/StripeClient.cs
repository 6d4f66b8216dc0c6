using System.Net.Http.Headers;
using System.Text.Json;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>
/// Stripe's REST protocol and nothing of its objects: form-encoded calls with a key, bounded retries, answers as values. Every
/// attempt of one call carries the same body and key, so a retry is never a second operation.
/// </summary>
public sealed class StripeClient(HttpClient http, StripeOptions options, TimeProvider clock)
{
    public Task<StripeAnswer> Get(string path, StripeForm? query = null, string? account = null, CancellationToken cancellation = default) =>
        Send(HttpMethod.Get, query is { Pairs.Count: > 0 } ? $"{path}?{query.ToQuery()}" : path, null, null, account, cancellation);

    /// <param name="key">Of the stored operation; see <see cref="Domain.Payments.OperationKey"/>.</param>
    public Task<StripeAnswer> Post(string path, StripeForm form, string key, string? account = null, CancellationToken cancellation = default) =>
        Send(HttpMethod.Post, path, form, key, account, cancellation);

    private async Task<StripeAnswer> Send(HttpMethod method, string path, StripeForm? form, string? key, string? account, CancellationToken cancellation)
    {
        var mayHaveRun = false;
        for (var attempt = 0; ; attempt++)
        {
            var tried = await TryOnce(method, path, form, key, account, cancellation);
            var last = attempt == StripeRetry.Retries || !tried.Retry;
            if (last)
            {
                return tried.Answer switch
                {
                    StripeAnswer.Failure failure => failure with { EarlierUnknown = mayHaveRun },
                    StripeAnswer.Silence silence => silence with { MayHaveRun = silence.MayHaveRun || mayHaveRun },
                    var success => success,
                };
            }

            mayHaveRun |= tried.Answer is StripeAnswer.Silence { MayHaveRun: true } or StripeAnswer.Failure { Status: 409 or >= 500 };
            await Task.Delay(StripeRetry.Delay(attempt, Random.Shared.NextDouble()), clock, cancellation);
        }
    }

    private async Task<(StripeAnswer Answer, bool Retry)> TryOnce(
        HttpMethod method, string path, StripeForm? form, string? key, string? account, CancellationToken cancellation)
    {
        using var timeOut = new CancellationTokenSource(StripeRetry.TimeOut, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeOut.Token);
        try
        {
            using var request = Request(method, path, form, key, account);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, linked.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(linked.Token);
            var body = Parse(bytes);
            if (response.IsSuccessStatusCode)
            {
                return body is { ValueKind: JsonValueKind.Object } root
                    ? (new StripeAnswer.Success(root), false)
                    : (new StripeAnswer.Silence(true, "a body that is not JSON"), true);
            }

            var status = (int)response.StatusCode;
            var error = StripeError.Read(body, Header(response, "Request-Id"));
            var retryAfter = response.Headers.RetryAfter?.Delta;
            return (new StripeAnswer.Failure(status, error, false, retryAfter), StripeRetry.Worthwhile(status, Header(response, "Stripe-Should-Retry")));
        }
        catch (HttpRequestException e)
        {
            // Refused before a connection stood: the server has seen nothing of it.
            var neverSent = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return (new StripeAnswer.Silence(!neverSent, e.HttpRequestError.ToString()), true);
        }
        catch (IOException)
        {
            return (new StripeAnswer.Silence(true, "a broken connection"), true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (new StripeAnswer.Silence(true, "a time-out"), true);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, StripeForm? form, string? key, string? account)
    {
        var request = new HttpRequestMessage(method, new Uri(options.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SecretKey);
        request.Headers.Add("Stripe-Version", options.ApiVersion);
        request.Headers.Accept.ParseAdd("application/json");
        if (account is not null) request.Headers.Add("Stripe-Account", account);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (form is not null) request.Content = form.ToContent();
        return request;
    }

    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
