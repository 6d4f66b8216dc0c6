using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Connectors.Payments;

public static class MarketPayments
{
    private const string HttpClientName = "stripe";

    private const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>
    /// Offers <see cref="IPaymentGateway"/> and <see cref="StripeOptions"/>. The program does not start with settings that do not go
    /// together (<see cref="StripeOptions.Faults"/>).
    /// </summary>
    /// <param name="settings">The section <c>Payments</c>: BaseUrl, SecretKey, WebhookSecrets, Live.</param>
    public static IServiceCollection AddMarketPayments(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<StripeOptions>().Bind(settings).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StripeOptions>, Validation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(HttpClientName, Prepare).ConfigurePrimaryHttpMessageHandler(Handler).RedactLoggedHeaders(["Authorization"]);
        services.AddSingleton(s => s.GetRequiredService<IOptions<StripeOptions>>().Value);
        services.AddTransient(s => new StripeClient(
            s.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            s.GetRequiredService<StripeOptions>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddTransient<IPaymentGateway, StripePaymentGateway>();
        return services;
    }

    /// <summary>No time-out of its own (each attempt has one).</summary>
    private static void Prepare(HttpClient http)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = LongestAnswer;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("TiersLieux.Market/1.0");
    }

    /// <summary>No redirects: a key goes nowhere else.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private sealed class Validation : IValidateOptions<StripeOptions>
    {
        public ValidateOptionsResult Validate(string? name, StripeOptions options) =>
            options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
