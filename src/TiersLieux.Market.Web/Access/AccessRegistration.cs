using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Layout;

namespace TiersLieux.Market.Web.Access;

/// <summary>Who is who: cookies for people (ASP.NET Core Identity with lock-out), bearer tokens for programs. What somebody may do is decided at the grain or the query.</summary>
public static class AccessRegistration
{
    private const string EitherScheme = "CookieOrToken";

    public static IServiceCollection AddMarketAccess(this IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<MarketDatabase>().CreateDbContext());
        services.AddIdentityCore<IdentityUser<Guid>>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireDigit = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                options.User.RequireUniqueEmail = true;
            })
            .AddEntityFrameworkStores<MarketDbContext>()
            .AddSignInManager();
        var authentication = services.AddAuthentication(options =>
        {
            options.DefaultScheme = EitherScheme;
            options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
        });
        authentication.AddIdentityCookies();
        authentication.AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null);
        authentication.AddPolicyScheme(EitherScheme, null, options =>
            options.ForwardDefaultSelector = http => TokenScopes.IsForPrograms(http.Request) ? BearerTokens.SchemeName : IdentityConstants.ApplicationScheme);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            options.LoginPath = SignIn.Path;
            options.ReturnUrlParameter = "retour";
            options.AccessDeniedPath = SignIn.Path;
            options.Cookie.Name = "tlm";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.SlidingExpiration = true;
        });
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, ServerAuthenticationStateProvider>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<ApiTokens>();
        services.AddMarketLimits();
        services.AddScoped<ISiteNavigation, AccountNavigation>();
        return services;
    }
}
