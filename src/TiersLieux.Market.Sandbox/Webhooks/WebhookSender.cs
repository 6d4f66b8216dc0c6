using System.Text;
using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Webhooks;

/// <summary>
/// Delivers events one after the other and repeats what was not answered with 2xx, waiting longer each time.
/// It also wakes what falls due by itself. A kill between sending and noting repeats a delivery, as Stripe may.
/// </summary>
internal sealed partial class WebhookSender(
    SandboxDatabase database, SandboxClock clock, SandboxOptions options, ILogger<WebhookSender> log) : BackgroundService
{
    private const int MaximumAttempts = 15;
    private const int Batch = 20;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SemaphoreSlim _signal = new(0);

    private sealed record Delivery(long Id, string Event, string Endpoint, int Attempts, bool Lost, int Times);

    public override void Dispose()
    {
        _http.Dispose();
        _signal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.EventsCommitted += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _signal.WaitAsync(s_poll, stoppingToken);
                try
                {
                    var due = await database.RunAsync("", NextBatch, stoppingToken);
                    foreach (var delivery in due)
                        await SendAsync(delivery, stoppingToken);
                    if (due.Count > 0)
                        Wake();
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Failed(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; what is left is sent after the next start.
        }
        finally
        {
            database.EventsCommitted -= Wake;
        }
    }

    private void Wake()
    {
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }

    private List<Delivery> NextBatch(Work work)
    {
        var changed = Jobs.AnyDue(work);
        if (changed)
            Jobs.RunDue(work);
        var controls = WebhookControls.Read(work);
        var batch = new List<Delivery>();
        if (!controls.Hold)
        {
            var order = controls.Reverse ? "id DESC" : "id";
            var due = work.Rows(
                $"SELECT id, event, endpoint, attempts FROM deliveries WHERE state = 'pending' AND due <= $a ORDER BY {order} LIMIT {Batch}",
                r => new Delivery(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt32(3), Lost: false, Times: 1),
                clock.WallMilliseconds);
            foreach (var delivery in due)
            {
                if (controls.Lose > 0 && delivery.Attempts == 0)
                {
                    controls = controls with { Lose = controls.Lose - 1 };
                    work.Execute("UPDATE deliveries SET state = 'lost', at = $a WHERE id = $b", clock.WallMilliseconds, delivery.Id);
                    changed = true;
                }
                else if (controls.Duplicate > 0 && delivery.Attempts == 0)
                {
                    controls = controls with { Duplicate = controls.Duplicate - 1 };
                    batch.Add(delivery with { Times = 2 });
                    changed = true;
                }
                else
                {
                    batch.Add(delivery);
                }
            }
        }
        if (changed)
        {
            controls.Write(work);
            work.Commit();
        }
        return batch;
    }

    private async Task SendAsync(Delivery delivery, CancellationToken cancel)
    {
        var (body, endpoint) = await database.RunAsync(
            "", work => (work.Find(delivery.Event)?.Public()?.ToJsonString(Doc.Json), work.Find(delivery.Endpoint)), cancel);
        var answer = "endpoint removed";
        var done = body is null || endpoint is null || endpoint.Text("status") != "enabled";
        for (var i = 0; i < delivery.Times && body is not null && !(endpoint is null || endpoint.Text("status") != "enabled"); i++)
            (done, answer) = await PostAsync(endpoint, body, cancel);

        var attempts = delivery.Attempts + 1;
        var state = done ? "delivered" : attempts >= MaximumAttempts ? "failed" : "pending";
        var wait = Math.Min(options.WebhookBackOff.TotalMilliseconds * Math.Pow(3, attempts - 1), s_longestWait.TotalMilliseconds);
        await database.RunAsync(
            "",
            work =>
            {
                work.Execute(
                    "UPDATE deliveries SET state = $a, attempts = $b, answer = $c, at = $d, due = $e WHERE id = $f",
                    state, attempts, answer, clock.WallMilliseconds, clock.WallMilliseconds + (long)wait, delivery.Id);
                work.Commit();
                return true;
            },
            CancellationToken.None);
    }

    private async Task<(bool Done, string Answer)> PostAsync(JsonObject endpoint, string body, CancellationToken cancel)
    {
        var time = clock.WallSeconds;
        var secrets = new List<string> { endpoint.Text("_secret")! };
        if (endpoint.Text("_old_secret") is { } old && endpoint.Number("_old_until") > time)
            secrets.Add(old);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Text("url"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Stripe-Signature", WebhookSignature.Header(time, body, secrets));
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (sandbox)");
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            return (response.IsSuccessStatusCode, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (false, e is TaskCanceledException ? "no answer in 10 s" : e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook deliveries stopped for a moment")]
    private partial void Failed(Exception exception);
}
