using System.Text.Encodings.Web;
using System.Text.Unicode;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Pages;
using TiersLieux.Market.Sandbox.Webhooks;

namespace TiersLieux.Market.Sandbox;

/// <summary>Builds the sandbox; the caller starts it and reads its address from <c>app.Urls</c>.</summary>
public static class SandboxHost
{
    /// <exception cref="InvalidOperationException">The settings hold a live key.</exception>
    public static WebApplication Build(SandboxOptions options)
    {
        RefuseLiveKey(options.SecretKey);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(SandboxHost).Assembly.GetName().Name });
        builder.WebHost.UseUrls(options.Urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new SandboxClock(options.Time));
        builder.Services.AddSingleton<SandboxDatabase>();
        builder.Services.AddSingleton<ApiPipeline>();
        builder.Services.AddHostedService<WebhookSender>();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = TimeSpan.FromSeconds(5));

        var app = builder.Build();
        var database = app.Services.GetRequiredService<SandboxDatabase>();
        database.CommitAsync("", work =>
        {
            WebhookEndpoints.EnsureDefault(work, options);
            return true;
        }).GetAwaiter().GetResult();
        StripeApi.Map(app, app.Services.GetRequiredService<ApiPipeline>());
        ControlApi.Map(app, database);
        SandboxPages.Map(app, database);
        app.MapGet("/health/live", () => "ok");
        app.MapGet("/health/ready", (CancellationToken cancel) => database.RunAsync("", _ => "ok", cancel));
        return app;
    }

    /// <summary>Throws when a key could move real money.</summary>
    public static void RefuseLiveKey(string? key)
    {
        if (key is not null && ApiPipeline.IsLive(key))
            throw new InvalidOperationException("The sandbox does not start with a live key (sk_live_, rk_live_). Give it a test key, or none.");
    }
}
