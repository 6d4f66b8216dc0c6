using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Tests.Hosting;
using TiersLieux.Market.Web.Tests.Stories;
using TiersLieux.Market.Web.Tests.Treasury;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>The demo network, shut when an order comes in and then open after all.</summary>
public sealed class AdvancedOrderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_customer_reads_that_the_order_is_expected_sooner_than_promised(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        using var calls = new LivingMarket(market.Address);
        var buyer = (await market.PersonAsync("buyer@demo.invalid")).Id;
        var token = Assert.IsType<ApiTokenResult.Created>(await market.Services.GetRequiredService<ApiTokens>().CreateAsync("buyer@demo.invalid", ["orders:read"], Token)).Token;
        var repairs = await RepairAllAsync(market);
        var order = await OrderAsync(market, buyer);
        var read = await calls.GetAsync($"/api/v1/orders/{order.Number}", token);
        Assert.False(read.TryGetProperty("expectedDate", out var none) && none.ValueKind != System.Text.Json.JsonValueKind.Null);

        await market.Services.GetRequiredService<IMarketWriter>().WriteAsync((db, c) => db.Set<Occupation>().Where(o => repairs.Contains(o.OwnerId)).ExecuteDeleteAsync(c), Token);
        market.Services.GetRequiredService<CapacityBoard>().Reload();
        Assert.Equal(1, await market.Services.GetRequiredService<Improvement>().RunOnceAsync(Token));

        read = await calls.GetAsync($"/api/v1/orders/{order.Number}", token);
        Assert.Equal($"{order.PromiseDate:yyyy-MM-dd}", read.GetProperty("promiseDate").GetString());
        var expected = DateOnly.Parse(read.GetProperty("expectedDate").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(expected < order.PromiseDate.AddDays(-7), $"expected on {expected:O}, promised for {order.PromiseDate:O}");
        Assert.Contains(read.GetProperty("timeline").EnumerateArray(), e => e.GetProperty("text").GetString() == $"Advanced: expected on {expected:yyyy-MM-dd}");
        using var browser = await TreasurerPart.SignedInAsync(market, "buyer@demo.invalid");
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var page = await browser.GetStringAsync($"/commandes/{order.Number}", Token);
        Assert.Matches(@"prévu le [^,]+, promis le ", System.Net.WebUtility.HtmlDecode(page));
        Assert.Empty(await market.Services.GetRequiredService<MarketChecks>().RunAllAsync(Token));
    }

    private static async Task<HashSet<Guid>> RepairAllAsync(RunningMarket market)
    {
        var now = ParisTime.ToMicroseconds(DateTime.UtcNow);
        List<Guid> machines;
        await using (var db = market.Read()) machines = await db.Set<Resource>().Where(r => r.WorkshopId != null).Select(r => r.Id).ToListAsync(Token);
        var rows = machines.ConvertAll(machine => new Occupation(Guid.CreateVersion7(), machine, 1, new Interval(now, now.AddDays(28)), OccupationKind.Maintenance, Guid.CreateVersion7(), null));
        await market.Services.GetRequiredService<IMarketWriter>().WriteAsync(db => db.AddRange(rows), Token);
        market.Services.GetRequiredService<CapacityBoard>().Reload();
        return [.. rows.Select(row => row.OwnerId)];
    }

    /// <summary>Paid, confirmed and proposed to the workshops.</summary>
    private static async Task<Order> OrderAsync(RunningMarket market, Guid buyer)
    {
        Guid offer;
        await using (var db = market.Read()) offer = await db.Set<Offer>().Where(o => o.Code == "banc-liteaux-102").Select(o => o.Id).SingleAsync(Token);
        var actor = await market.Services.GetRequiredService<ActorDirectory>().FindAsync(buyer, Token);
        var given = Assert.IsType<QuoteAnswer.Given>(await market.Services.GetRequiredService<QuoteDesk>().CreateAsync(new QuoteWish([new(offer, 8)], null, "59000", "Lille", null), actor, Token));
        var grain = market.Grains.GetGrain<IOrderGrain>(Guid.CreateVersion7());
        var number = Done(await grain.Accept(new AcceptPlan(buyer, given.Quote.Id, given.Quote.Plans[0].Kind, "3 rue de l'Exemple")));
        await market.PayByCardAsync(Done(await grain.Pay(buyer)));
        await market.UntilAsync("the workshops were asked", async db => await db.Set<Order>().AnyAsync(o => o.Number == number && o.State == OrderState.InProduction
            && o.WorkOrders.All(w => w.State == WorkOrderState.Proposed), Token));
        await using var read = market.Read();
        return await read.Set<Order>().AsNoTracking().FirstAsync(o => o.Number == number, Token);
    }

    private static string Done(Outcome<string> outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.English);
        return outcome.Value!;
    }
}
