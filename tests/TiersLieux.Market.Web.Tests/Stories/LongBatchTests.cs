using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>Two thousand visors are 3 000 hours of printing: one order all the same.</summary>
public class LongBatchTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_thousand_visors_are_one_order()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        await using var db = market.Read();
        var visor = await db.Set<Offer>().AsNoTracking().FirstAsync(o => o.Code == "visiere-protection", TestContext.Current.CancellationToken);
        var answer = await market.Services.GetRequiredService<QuoteDesk>()
            .PreviewAsync(new QuoteWish([new(visor.Id, 2000)], null, "59000", "Lille", null), Actor.Anonymous, TestContext.Current.CancellationToken);
        var given = Assert.IsType<QuoteAnswer.Given>(answer);
        foreach (var line in given.Unavailable) output.WriteLine($"{line.Reason.Code}: {line.Reason.French} {string.Join(" / ", line.Remedies.Select(remedy => remedy.Text.French))}");
        foreach (var plan in given.Quote.Plans)
            output.WriteLine($"{plan.Kind}: {plan.PromiseDate} {plan.Price.ExclTax} {plan.Lots.Count} lots, {plan.Lots.Sum(lot => lot.Operations.Count)} runs. {plan.Reason.French}");
        Assert.NotEmpty(given.Quote.Plans);
        Assert.All(given.Quote.Plans, plan => Assert.Equal(2000, plan.Lots.Sum(lot => lot.Quantity)));
        Assert.All(given.Quote.Plans, plan => Assert.InRange(plan.Lots.Count, 1, RoutingLimits.MaximumLots));
    }
}
