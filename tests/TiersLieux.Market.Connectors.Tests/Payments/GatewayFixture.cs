using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>The product's own registration, pointed at a server of the test.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    public static DateTime Noon { get; } = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    private readonly ServiceProvider _services;

    public GatewayFixture(Uri address, string secretKey = "sk_test_sandbox")
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["BaseUrl"] = address.ToString(),
            ["SecretKey"] = secretKey,
        }).Build();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddMarketPayments(settings).BuildServiceProvider();
    }

    public EagerClock Clock { get; } = new(Noon);

    public StripeClient Client => _services.GetRequiredService<StripeClient>();

    public IPaymentGateway Gateway => _services.GetRequiredService<IPaymentGateway>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
