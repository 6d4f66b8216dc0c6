using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>An order of the demo buyer, as far as a test needs it.</summary>
internal sealed class PlacedOrder(RunningMarket market, Guid id, Guid buyer)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Guid Id => id;

    public Guid Buyer => buyer;

    public IOrderGrain Grain => market.Grains.GetGrain<IOrderGrain>(id);

    /// <summary>Accepts the first plan for so many benches; the deposit is awaited.</summary>
    public static async Task<PlacedOrder> BenchesAsync(RunningMarket market, decimal quantity)
    {
        var buyer = (await market.PersonAsync("buyer@demo.invalid")).Id;
        var actor = await market.Services.GetRequiredService<ActorDirectory>().FindAsync(buyer, Token);
        Guid offer;
        await using (var db = market.Read()) offer = await db.Set<Offer>().Where(o => o.Code == "banc-liteaux-102").Select(o => o.Id).FirstAsync(Token);
        var given = Assert.IsType<QuoteAnswer.Given>(await market.Services.GetRequiredService<QuoteDesk>().CreateAsync(new QuoteWish([new(offer, quantity)], null, "59000", "Lille", null), actor, Token));
        var order = new PlacedOrder(market, Guid.CreateVersion7(), buyer);
        var accepted = await order.Grain.Accept(new AcceptPlan(buyer, given.Quote.Id, given.Quote.Plans[0].Kind, "3 rue de l'Exemple"));
        Assert.True(accepted.IsDone, accepted.Refusal?.English);
        return order;
    }

    /// <summary>Paid, confirmed, and accepted by all its workshops.</summary>
    public static async Task<PlacedOrder> AcceptedBenchesAsync(RunningMarket market, decimal quantity)
    {
        var order = await BenchesAsync(market, quantity);
        await market.PayByCardAsync((await order.Grain.Pay(order.Buyer)).Value!);
        await market.UntilAsync("the deposit confirms it", async db => (await order.ReadAsync(db)).LiveWorkOrders.All(w => w.State == WorkOrderState.Proposed));
        await order.AcceptAllAsync();
        return order;
    }

    public async Task AcceptAllAsync()
    {
        var admin = (await market.PersonAsync("admin@demo.invalid")).Id;
        foreach (var work in (await ReadAsync()).LiveWorkOrders.Where(w => w.State == WorkOrderState.Proposed)) Assert.True((await Grain.AcceptWork(admin, work.Id)).IsDone);
    }

    public async Task<Order> ReadAsync()
    {
        await using var db = market.Read();
        return await ReadAsync(db);
    }

    public Task<Order> ReadAsync(Storage.MarketDbContext db) => db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Id == id, Token);
}
