using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Api;

namespace TiersLieux.Market.Web.Access;

/// <summary>What a token may do. People who signed in with a password are not limited by scopes, only by their roles.</summary>
public static class TokenScopes
{
    /// <summary>The claim that carries one scope each; only tokens have it.</summary>
    public const string Claim = "scope";

    private const string Write = ":write";

    /// <summary>All there are. <c>catalogue:read</c> comes with every token, and writing implies reading.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["catalogue:read", "orders:read", "orders:write", "bookings:read", "bookings:write", "treasury:read", "treasury:write"];

    /// <summary>Whether a request is a program's: with a token, to the API or to a payment page that it was given there. No other page knows tokens.</summary>
    public static bool IsForPrograms(HttpRequest request) => BearerTokens.IsGiven(request)
        && (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/pay", StringComparison.OrdinalIgnoreCase));

    /// <summary>The scope that a call needs; null when anybody may make it.</summary>
    public static string? Needed(string method, PathString path)
    {
        // Routing ignores the case of letters, so this does too.
        var parts = (path.Value ?? "").ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["pay", ..]) return parts is [_, "reservation", ..] ? "bookings" + Write : "orders" + Write;
        var subject = parts.ElementAtOrDefault(2) switch
        {
            "orders" or "invoices" or "work-orders" => "orders",
            "bookings" => "bookings",
            "machines" when !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) => "orders",
            "statements" or "reconciliation" or "exports" or "ledger" => "treasury",
            // A quote is a question: it binds nobody and holds nothing.
            "offers" or "places" or "machines" or "quotes" or "circles" => null,
            // What is not known here is not for just any token.
            _ => "treasury",
        };
        if (subject is null) return null;
        return subject + (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? ":read" : Write);
    }

    public static bool Grants(IEnumerable<string> held, string needed)
    {
        var wider = needed.EndsWith(":read", StringComparison.Ordinal) ? string.Concat(needed.AsSpan(0, needed.Length - 5), Write) : needed;
        return held.Any(s => string.Equals(s, needed, StringComparison.Ordinal) || string.Equals(s, wider, StringComparison.Ordinal));
    }
}

/// <summary>Refuses a call whose token is unknown or was not made for it, before anything is read or done.</summary>
internal static class TokenScopeCheck
{
    private static readonly Reason Unknown = new("token-unknown", "Ce jeton n'est pas connu ou a été retiré. Demandez-en un autre.", "This token is unknown or was revoked. Ask for another.");

    public static void UseTokenScopes(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (Refusal(http) is { } refusal) await refusal.ExecuteAsync(http);
        else await next(http);
    });

    private static IResult? Refusal(HttpContext http)
    {
        if (!TokenScopes.IsForPrograms(http.Request)) return null;
        if (CurrentActor.PersonId(http.User) == Guid.Empty)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Unknown.Problem(http, StatusCodes.Status401Unauthorized);
        }

        if (TokenScopes.Needed(http.Request.Method, http.Request.Path) is not { } needed
            || TokenScopes.Grants(http.User.FindAll(TokenScopes.Claim).Select(c => c.Value), needed)) return null;
        http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{needed}\"";
        return new Reason("scope-missing", $"Ce jeton n'a pas le droit « {needed} ».", $"This token lacks the scope \"{needed}\".").Problem(http, StatusCodes.Status403Forbidden);
    }
}
