using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Web.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Hosting;

/// <summary>Hosted services start in their order, and stop in the opposite one.</summary>
public sealed class StartOrderTests
{
    [Fact]
    public async Task The_silo_is_there_before_those_who_call_grains_and_until_they_have_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("tlm-order-").FullName;
        await using (var market = MarketHost.Build(["--TLM_DATA", folder, "--TLM_URLS", "http://127.0.0.1:0"]))
        {
            var services = market.Services.GetServices<IHostedService>().ToList();
            var silo = services.FindIndex(s => s.GetType().Namespace is "Orleans.Hosting" or "TiersLieux.Market.EmbeddedSilo.Runtime");
            Assert.InRange(silo, 0, services.FindIndex(s => s is OutboxRelay));
            Assert.InRange(silo, 0, services.FindIndex(s => s is Sweep));
        }

        Directory.Delete(folder, recursive: true);
    }
}
