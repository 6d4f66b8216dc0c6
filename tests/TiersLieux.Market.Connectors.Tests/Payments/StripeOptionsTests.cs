using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

public sealed class StripeOptionsTests
{
    [Fact]
    public void As_made_it_points_at_the_sandbox()
    {
        var options = new StripeOptions();
        Assert.Empty(options.Faults());
        Assert.Equal(new Uri("http://127.0.0.1:5081"), options.BaseUrl);
        Assert.Equal(["whsec_sandbox"], options.EffectiveWebhookSecrets);
    }

    [Theory]
    [InlineData("https://api.stripe.com", "sk_live_x", true, "whsec_own", true)]
    [InlineData("https://api.stripe.com", "rk_live_x", true, "whsec_own", true)]
    [InlineData("https://api.stripe.com", "sk_test_x", false, "whsec_own", true)]
    [InlineData("https://api.stripe.com", "sk_test_x", true, "whsec_own", false)]
    [InlineData("https://api.stripe.com", "sk_live_x", false, "whsec_own", false)]
    [InlineData("https://api.stripe.com", "sk_test_sandbox", false, "whsec_own", false)]
    [InlineData("https://api.stripe.com", "sk_test_x", false, "whsec_sandbox", false)]
    [InlineData("http://api.stripe.com", "sk_live_x", true, "whsec_own", false)]
    [InlineData("http://127.0.0.1:5081", "sk_live_x", true, "whsec_own", false)]
    [InlineData("http://127.0.0.1:5081", "sk_live_x", false, "whsec_own", false)]
    [InlineData("http://127.0.0.1:5081", "sk_test_x", true, "whsec_own", false)]
    [InlineData("https://api.stripe.com.example.org", "sk_live_x", true, "whsec_own", false)]
    [InlineData("https://example.org", "sk_test_x", false, "whsec_own", true)]
    [InlineData("https://example.org", "pk_test_x", false, "whsec_own", false)]
    [InlineData("ftp://example.org", "sk_test_x", false, "whsec_own", false)]
    [InlineData("https://example.org", "sk_test_x", false, " ", false)]
    public void Key_address_and_mode_must_go_together(string address, string key, bool live, string webhookSecret, bool fits)
    {
        var options = new StripeOptions { BaseUrl = new Uri(address), SecretKey = key, Live = live, WebhookSecrets = { webhookSecret } };
        Assert.Equal(fits, options.Faults().Count == 0);
    }

    [Fact]
    public async Task The_gateway_is_not_made_from_settings_that_do_not_go_together()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["SecretKey"] = "sk_live_x", ["Live"] = "true" })
            .Build();
        await using var services = new ServiceCollection().AddMarketPayments(settings).BuildServiceProvider();
        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IPaymentGateway>);
        Assert.Contains("live key goes to", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_webhook_secrets_replace_the_sandboxs()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebhookSecrets:0"] = "whsec_a", ["WebhookSecrets:1"] = "whsec_b" })
            .Build();
        await using var services = new ServiceCollection().AddMarketPayments(settings).BuildServiceProvider();
        Assert.Equal(["whsec_a", "whsec_b"], services.GetRequiredService<StripeOptions>().EffectiveWebhookSecrets);
    }
}
