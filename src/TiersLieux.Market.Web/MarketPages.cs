using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TiersLieux.Market.Web.Layout;
using TiersLieux.Market.Web.Localisation;
using TiersLieux.Market.Web.Pages;

namespace TiersLieux.Market.Web;

/// <summary>The pages: what they need, and where they are served.</summary>
public static class MarketPages
{
    public static IServiceCollection AddMarketPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        // French letters as they are: smaller pages than character references, and readable ones.
        services.AddWebEncoders(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped(provider => Lang.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddScoped(provider => provider.GetRequiredService<Lang>().Format);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<ISiteNavigation, VisitorNavigation>();
        services.TryAddScoped<IHomeData, SampleHomeData>();
        return services;
    }

    /// <summary>Error and not-found pages, forms' antiforgery, static files, pages. After authentication, where there is one.</summary>
    public static WebApplication MapMarketPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/erreur", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/introuvable", createScopeForStatusCodePages: true);
        app.Use(KeepPagesForPeople);
        app.UseAntiforgery();
        app.MapStaticAssets();
        Preferences.Map(app);
        app.MapRazorComponents<App>();
        return app;
    }

    /// <summary>Programs get a bare status or a problem document; only who asks for HTML gets the not-found page.</summary>
    private static Task KeepPagesForPeople(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(context);
    }
}
