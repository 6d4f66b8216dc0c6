using Microsoft.AspNetCore.Mvc;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Api;

/// <summary>Refusals as RFC 9457 problem documents. The last segment of <c>type</c> is the reason's stable code.</summary>
public static class Problems
{
    public const string TypeRoot = "https://tierslieux.market/problems/";

    /// <param name="extra">Further members, such as <c>alternatives</c>.</param>
    public static IResult Problem(this Reason reason, HttpContext http, int? status = null, IDictionary<string, object?>? extra = null)
    {
        var extensions = new Dictionary<string, object?>(extra ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (reason.Field is { } field) extensions["field"] = field;
        return Results.Problem(new ProblemDetails
        {
            Type = TypeRoot + reason.Code,
            Title = reason.In(Language(http)),
            Status = status ?? StatusOf(reason.Code),
            Extensions = extensions,
        });
    }

    /// <summary>The language of messages: asked for by header, else the visitor's choice, else French.</summary>
    public static string Language(HttpContext http) =>
        http.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : Lang.Of(http).Code;

    private static int StatusOf(string code) => code switch
    {
        "not-found" => StatusCodes.Status404NotFound,
        "sign-in-first" => StatusCodes.Status401Unauthorized,
        "not-allowed" or "not-yours" => StatusCodes.Status403Forbidden,
        "slot-taken" or "people-taken" or "order-moved-on" or "work-begun" or "work-order-moved-on" or "booking-moved-on" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
