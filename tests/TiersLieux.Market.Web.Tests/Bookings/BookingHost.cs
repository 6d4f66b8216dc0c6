using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Hosting;
using TiersLieux.Market.Web.Tests.Bookings;
using Xunit;

[assembly: AssemblyFixture(typeof(BookingHost))]

namespace TiersLieux.Market.Web.Tests.Bookings;

/// <summary>
/// The whole program with the demo network, on SQLite and a port of its own, at ten on a Monday morning. Who asks is named in a header,
/// so that a test says it in a word; sign-in has its own tests.
/// </summary>
public sealed class BookingHost : IAsyncLifetime
{
    /// <summary>Member of the Île aux établis with the credentials for laser, routing and wood.</summary>
    public const string Artisan = "artisan@demo.invalid";

    /// <summary>Member of the Maison de la Navette, with no credential for wood.</summary>
    public const string Manager = "manager@demo.invalid";

    /// <summary>Belongs to no place.</summary>
    public const string Buyer = "buyer@demo.invalid";

    private const string WhoHeader = "X-Test-Person";

    private readonly string _folder = Directory.CreateTempSubdirectory("tlm-bookings-").FullName;
    private readonly Dictionary<string, Guid> _people = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public WebApplication App => _app!;

    public Uri Root => new(App.Urls.First());

    public async ValueTask InitializeAsync()
    {
        _app = MarketHost.Build(
            ["--TLM_DATA", _folder, "--TLM_URLS", "http://127.0.0.1:0", "--Payments:BaseUrl", "http://127.0.0.1:9"],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(new ManualClock());
                builder.Services.AddSingleton<IStartupFilter>(new NamedVisitor(_people));
            });
        await MarketStart.PrepareAsync(App.Services);
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync();
        foreach (var person in await db.Set<Person>().ToListAsync()) _people[person.Email] = person.Id;
        await App.StartAsync();
    }

    public HttpClient Client(string? email)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Root };
        if (email is not null) client.DefaultRequestHeaders.Add(WhoHeader, email);
        return client;
    }

    /// <summary>Sends a JSON body, under an idempotency key where one is given.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NamedVisitor(IReadOnlyDictionary<string, Guid> people) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                if (context.Request.Headers.TryGetValue(WhoHeader, out var email) && people.TryGetValue(email.ToString(), out var id))
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "test"));
                return rest(context);
            });
            next(app);
        };
    }
}
