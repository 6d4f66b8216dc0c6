using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>Who has had how much work, for quotes to be fair.</summary>
public sealed class WorkSharesTests
{
    [Fact]
    public async Task Work_lately_counts_against_the_workshops_that_had_it()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        var placed = await PlacedOrder.AcceptedBenchesAsync(market, 4);
        var shares = await market.Services.GetRequiredService<WorkShares>().CurrentAsync(TestContext.Current.CancellationToken);
        // The quote itself had counted, when there was nothing to count; that is kept for some minutes.
        Assert.Empty(shares);

        var later = new WorkShares(market.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>(), TimeProvider.System);
        shares = await later.CurrentAsync(TestContext.Current.CancellationToken);
        var mine = (await placed.ReadAsync()).LiveWorkOrders.Select(w => w.WorkshopId).ToHashSet();
        Assert.Equal(11, shares.Count);
        Assert.All(shares, share => Assert.Equal(mine.Contains(share.Key), share.Value > 0));
        // All work on part of the machines is more than their share.
        Assert.True(mine.Max(workshop => shares[workshop]) > 1);
    }
}
