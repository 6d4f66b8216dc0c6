using Microsoft.AspNetCore.DataProtection;
using Orleans.Hosting;
using TiersLieux.Market.Connectors.Mail;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Connectors.Treasury;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Api;
using TiersLieux.Market.Web.Bookings;
using TiersLieux.Market.Web.Catalogue;
#if CLUSTER
using TiersLieux.Market.Web.Hosting.Cluster;
#endif
using TiersLieux.Market.Web.Orders;
using TiersLieux.Market.Web.Payments;
using TiersLieux.Market.Web.Treasury;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>Puts the program together: database, grains, connectors, pages, API.</summary>
public static class MarketHost
{
    /// <param name="configure">For tests: replaces what must not be real there (the clock, an address).</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Whoever hosts it (the program, a test), the pages are found by the name of this assembly and beside it.
            ApplicationName = typeof(MarketHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // A line per request would be most of what a machine writes; who wants it sets Logging__LogLevel__Default.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Logging.AddFilter("TiersLieux", LogLevel.Information);
        configure?.Invoke(builder);
        var settings = MarketSettings.Read(builder.Configuration);
        Directory.CreateDirectory(settings.DataFolder);

        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(settings);
        // Before the relay and the sweep, which call grains: what is added first starts first and stops last.
#if CLUSTER
        ClusterSilo.SetDefaults(builder.Configuration, settings);
        builder.Host.UseOrleans(silo => silo.UseMarketClustering(settings));
#else
        builder.Host.UseOrleans(_ => { });
#endif
        builder.Services.AddMarketStorage(settings.PostgreSql is { } postgres ? MarketDatabase.PostgreSql(postgres) : MarketDatabase.Sqlite(settings.DatabaseFile));
        if (builder.Configuration.GetValue<double?>("Outbox:LeaseSeconds") is { } lease) builder.Services.AddSingleton(new OutboxTiming(TimeSpan.FromSeconds(lease)));
        builder.Services.AddMarketGrains();
        builder.Configuration["Payments:BaseUrl"] ??= settings.SandboxUrls.Split(';')[0];
        builder.Configuration["Mail:Folder"] ??= Path.Combine(settings.DataFolder, "mail");
        builder.Services.AddMarketPayments(builder.Configuration.GetSection("Payments"));
        builder.Services.AddMarketMail(builder.Configuration.GetSection("Mail"));
        builder.Services.Configure<PublicAddress>(address => address.Root = new Uri(builder.Configuration["TLM_PUBLIC_URL"] ?? settings.Urls.Split(';')[0]));
        builder.Services.AddSingleton<IStatementReader, Camt053Reader>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "keys"))).SetApplicationName("TiersLieux.Market");
        builder.Services.AddMarketAccess();
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.Services.AddHostedService<DemoAccounts>();
        builder.Services.AddMarketApi();
        builder.Services.AddMarketCatalogue();
        builder.Services.AddMarketOrders();
        builder.Services.AddMarketPages();
        builder.Services.AddBookingPages();
        builder.Services.AddTreasuryWeb();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");

        var app = builder.Build();
        app.UseResponseCompression();
        app.UseMarketSecurityHeaders();
        app.UseMarketApi();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseTokenScopes();
        app.UseAuthorization();
        app.MapMarketHealth();
        app.MapStripeWebhook();
        app.MapMarketAccess();
        app.MapOrderForms();
        app.MapMarketApi();
        app.MapBookingPages();
        app.MapMarketPages();
        return app;
    }
}
