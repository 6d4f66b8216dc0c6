using Orleans.Runtime;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Api;

/// <summary>
/// Whoever decides could not be reached in time: another program of the cluster has died and the rest have not yet agreed on that, or this one stops.
/// The answer is 503 with Retry-After; under the same Idempotency-Key the request may be made again, whatever became of the first.
/// </summary>
internal sealed class Unreachable : IEndpointFilter
{
    private static readonly Reason TryAgain = new(
        "try-again", "Une partie du service redémarre. Rien n'est perdu : recommencez dans quelques secondes.",
        "A part of the service is starting again. Nothing is lost: try again in a few seconds.");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return TryAgain.Problem(context.HttpContext, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
