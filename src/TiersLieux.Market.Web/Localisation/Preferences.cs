using Microsoft.AspNetCore.Mvc;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Localisation;

/// <summary>What a visitor chooses for this browser: language and theme, each in a cookie set by a plain form post.</summary>
public static class Preferences
{
    public const string ThemeCookie = "theme";

    /// <summary><c>light</c>, <c>dark</c> or null: as the device asks.</summary>
    public static string? ThemeOf(HttpContext? context) =>
        context?.Request.Cookies[ThemeCookie] is "light" or "dark" ? context.Request.Cookies[ThemeCookie] : null;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/preferences/langue", SetLanguage).ExcludeFromDescription();
        endpoints.MapPost("/preferences/theme", SetTheme).ExcludeFromDescription();
    }

    private static LocalRedirectOrHome SetLanguage(HttpContext context, [FromForm] string? value, [FromForm] string? back)
    {
        Keep(context, Lang.Cookie, Lang.Normal(value));
        return new(back);
    }

    private static LocalRedirectOrHome SetTheme(HttpContext context, [FromForm] string? value, [FromForm] string? back)
    {
        if (value is "light" or "dark") Keep(context, ThemeCookie, value);
        else context.Response.Cookies.Delete(ThemeCookie);
        return new(back);
    }

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    /// <summary>Sends back to the page the visitor came from; anything that is not a path of this site goes home.</summary>
    private sealed class LocalRedirectOrHome(string? back) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = SignIn.LocalPath(back) ?? "/";
            return Task.CompletedTask;
        }
    }
}
