using Microsoft.Extensions.Options;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Payments;

/// <summary>
/// Takes the provider's webhooks: verify, store, answer, and only then handle. The event's id makes a second delivery the same row.
/// </summary>
public static partial class StripeWebhookEndpoint
{
    private const int MaxBytes = 1024 * 1024;

    public static void MapStripeWebhook(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/stripe", ReceiveAsync).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request, IOptions<StripeOptions> options, IMarketWriter writer, OutboxRelay relay, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        if (request.ContentLength > MaxBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        if (body.Length > MaxBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var now = clock.UtcNow();
        switch (StripeWebhook.Verify(body.GetBuffer().AsSpan(0, (int)body.Length), request.Headers["Stripe-Signature"], options.Value.EffectiveWebhookSecrets, now))
        {
            case WebhookResult.Verified { Live: var live } when live != options.Value.Live:
                return Results.Ok(); // Test money heard of by a live site, or the other way: none of our business.
            case WebhookResult.Verified verified:
                await StoreAsync(writer, verified, System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), now);
                KillPoints.Pass(KillPoints.WebhookStored);
                relay.Wake();
                return Results.Ok();
            case WebhookResult.Refused(var reason):
                LogRefused(logs.CreateLogger("TiersLieux.Market.StripeWebhook"), reason.Code);
                return Results.Problem(type: $"https://tierslieux.market/problems/{reason.Code}", title: reason.English, statusCode: StatusCodes.Status400BadRequest);
            default:
                return Results.BadRequest();
        }
    }

    private static async Task StoreAsync(IMarketWriter writer, WebhookResult.Verified verified, string payload, DateTime now)
    {
        try
        {
            await writer.WriteAsync(db =>
            {
                var stored = new InboxMessage("stripe", verified.EventId, verified.Type, payload, now);
                db.Add(stored);
                db.Add(new OutboxMessage(StripeEventHandler.MessageKind, verified.EventId, stored.Id.ToString(), now));
            }, CancellationToken.None);
        }
        catch (Exception exception) when (StorageErrors.IsDuplicate(exception))
        {
            // Delivered before: it is stored, and handled or about to be.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook was refused: {Code}.")]
    private static partial void LogRefused(ILogger logger, string code);
}
