using TiersLieux.Market.Browser.Tests.Support;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>
/// The product's main job, as people see it: a business orders, workshops make it, everyone is paid, the treasurer has nothing left to match.
/// Nothing is replaced on the way: the whole program, the payment Sandbox, the database, a real Chromium.
/// </summary>
[Collection(PagesCollection.Name)]
public sealed class MarketStoryTests(ChromiumFixture chromium)
{
    [Theory]
    [OnEachDatabase]
    public async Task From_a_search_to_a_reconciled_payment(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        await using var cast = new StoryCast(chromium, market, looks: provider == MarketProvider.Sqlite);
        await OrderingChapter.TellAsync(cast);
        await MakingChapter.TellAsync(cast);
        await ReceivingChapter.TellAsync(cast);
        await BookingChapter.TellAsync(cast);
        await ListingChapter.TellAsync(cast);
        await TreasuryChapter.TellAsync(cast);
        await TelephoneChapter.TellAsync(cast);
        cast.HasNoComplaint();
        var faults = await market.Services.GetRequiredService<MarketChecks>().RunAllAsync(TestContext.Current.CancellationToken);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
