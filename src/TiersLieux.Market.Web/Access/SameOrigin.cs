using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Api;

namespace TiersLieux.Market.Web.Access;

/// <summary>
/// Refuses a change that another site's page makes with a visitor's cookie. Browsers say where a request comes from (Fetch Metadata); programs, which do
/// not, have a token instead of a cookie.
/// </summary>
internal sealed class SameOrigin : IEndpointFilter
{
    private static readonly Reason Elsewhere = new(
        "other-origin", "Cette demande vient de la page d'un autre site : elle est refusée.", "This request comes from another site's page: it is refused.");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        return changes && !TokenScopes.IsForPrograms(http.Request) && http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
            ? new(Elsewhere.Problem(http, StatusCodes.Status403Forbidden))
            : next(context);
    }
}
