using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Web;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Support;

/// <summary>The pages alone on a free port, without data or sign-in, under the strictest content policy.</summary>
public sealed class PagesHost : IAsyncLifetime
{
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(MarketPages).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Development",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddMarketPages();
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
            await next(context);
        });
        _app.MapMarketPages();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}

/// <summary>Tests that share one Chromium and one host of the pages.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<ChromiumFixture>, ICollectionFixture<PagesHost>
{
    public const string Name = "pages";
}
