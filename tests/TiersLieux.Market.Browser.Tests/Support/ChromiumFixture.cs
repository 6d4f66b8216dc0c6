using Microsoft.Playwright;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Support;

/// <summary>
/// One headless Chromium for a collection of tests; each test opens its own context, so nothing is shared but the process.
/// The browser is the system's, without the windows around it, which take most of the time when nobody sees them: <c>CHROMIUM</c> names another one.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("Chromium has not started.");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        // A page answers at once on a quiet machine; tests run on busy ones.
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            // CI runs as root, without a GPU, and nothing but the tests may use the network.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"],
        });
    }

    /// <summary>A fresh visitor: no cookie, one page. What the page logs as an error is in <see cref="Visitor.Errors"/>.</summary>
    public async Task<Visitor> VisitAsync(Uri address, int width = 1280, bool dark = false, bool script = true)
    {
        var telephone = width < 600;
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = telephone ? 844 : 900 },
            IsMobile = telephone,
            HasTouch = telephone,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            Locale = "fr-FR",
            TimezoneId = "Europe/Paris",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
