using Microsoft.AspNetCore.DataProtection;
using Orleans.Hosting;
using TiersLieux.Market.Connectors.Mail;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Grains;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Api;
using TiersLieux.Market.Web.Catalogue;
using TiersLieux.Market.Web.Payments;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>Puts the program together: database, grains, connectors, pages, API.</summary>
public static class MarketHost
{
    /// <param name="configure">For tests: replaces what must not be real there (the clock, an address).</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        configure?.Invoke(builder);
        var settings = MarketSettings.Read(builder.Configuration);
        Directory.CreateDirectory(settings.DataFolder);

        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(settings);
        builder.Services.AddMarketStorage(settings.PostgreSql is { } postgres ? MarketDatabase.PostgreSql(postgres) : MarketDatabase.Sqlite(settings.DatabaseFile));
        builder.Services.AddMarketGrains();
        builder.Configuration["Payments:BaseUrl"] ??= settings.SandboxUrls.Split(';')[0];
        builder.Configuration["Mail:Folder"] ??= Path.Combine(settings.DataFolder, "mail");
        builder.Services.AddMarketPayments(builder.Configuration.GetSection("Payments"));
        builder.Services.AddMarketMail(builder.Configuration.GetSection("Mail"));
        builder.Services.Configure<PublicAddress>(address => address.Root = new Uri(builder.Configuration["TLM_PUBLIC_URL"] ?? settings.Urls.Split(';')[0]));
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "keys"))).SetApplicationName("TiersLieux.Market");
        builder.Host.UseOrleans(silo => ConfigureSilo(silo, builder.Configuration));
        builder.Services.AddMarketAccess();
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.Services.AddMarketApi();
        builder.Services.AddMarketCatalogue();
        builder.Services.AddMarketPages();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");

        var app = builder.Build();
        app.UseResponseCompression();
        app.UseMarketSecurityHeaders();
        app.UseMarketApi();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMarketHealth();
        app.MapStripeWebhook();
        app.MapMarketApi();
        app.MapMarketPages();
        return app;
    }

    private static void ConfigureSilo(ISiloBuilder silo, IConfiguration configuration)
    {
#if CLUSTER
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = configuration.GetConnectionString("Market");
        });
#else
        _ = (silo, configuration);
#endif
    }

    /// <summary>The project folder when run from the repository (its wwwroot is there), else the program's own.</summary>
    private static string ContentRoot() => AppContext.BaseDirectory;
}
