using Microsoft.Extensions.Options;
using TiersLieux.Market.Connectors.Payments;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>Headers that keep a page to itself: nothing from elsewhere, nothing inline, no framing.</summary>
internal static class SecurityHeaders
{
    public static void UseMarketSecurityHeaders(this WebApplication app)
    {
        // A form may end at the payment provider: browsers apply form-action to redirects, too.
        var provider = app.Services.GetRequiredService<IOptions<StripeOptions>>().Value.BaseUrl.GetLeftPart(UriPartial.Authority);
        var policy = $"default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self' {provider} https://checkout.stripe.com https://connect.stripe.com";
        app.Use((context, next) =>
        {
            // At the last moment: an error page begins by clearing what was set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
