using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Access;

/// <summary>Who is who: cookies for people (ASP.NET Core Identity with lock-out). What somebody may do is decided at the grain or the query.</summary>
public static class AccessRegistration
{
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
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            options.LoginPath = "/connexion";
            options.ReturnUrlParameter = "retour";
            options.AccessDeniedPath = "/connexion";
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
        return services;
    }
}
