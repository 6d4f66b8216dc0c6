using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>Many who quote and commit on one board at the same time.</summary>
public sealed class ContentionTests
{
    private const int Callers = 32;

    private static readonly string[] Towns = ["59000 Lille", "80000 Amiens", "62000 Arras", "59140 Dunkerque", "60000 Beauvais"];

    private static TimeSpan Length => TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1" ? 60 : 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task Nothing_is_sold_twice_and_the_board_follows(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        var buyer = (await market.PersonAsync("buyer@demo.invalid")).Id;
        var offers = await OffersAsync(market);
        var (kept, cancelled) = (new ConcurrentBag<Guid>(), new ConcurrentBag<Guid>());
        var end = DateTime.UtcNow + Length;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            do
            {
                if (await OrderAsync(market, buyer, offers, random) is not { } order) continue;
                if (random.Next(3) > 0) kept.Add(order);
                else if ((await market.Grains.GetGrain<IOrderGrain>(order).Cancel(buyer)).IsDone) cancelled.Add(order);
                else Assert.Fail("An order that awaits its deposit could not be cancelled.");
            }
            while (DateTime.UtcNow < end);
        }, Token)));

        Assert.NotEmpty(kept);
        Assert.NotEmpty(cancelled);
        await HoldsAreThereAsync(market, kept, cancelled);
        Assert.Empty(await market.Services.GetRequiredService<MarketChecks>().RunAsync(CheckArea.Bookings, Token));
        await BoardIsAsReadAnewAsync(market);
        TestContext.Current.SendDiagnosticMessage($"{provider}: {kept.Count} orders kept, {cancelled.Count} cancelled in {Length.TotalSeconds} s");
    }

    /// <summary>A quote and an order of one of its plans; null when another was quicker, which is no fault.</summary>
    private static async Task<Guid?> OrderAsync(RunningMarket market, Guid buyer, IReadOnlyList<Offer> offers, Random random)
    {
        var actor = await market.Services.GetRequiredService<ActorDirectory>().FindAsync(buyer, Token);
        var lines = Enumerable.Range(0, random.Next(1, 3)).Select(_ => offers[random.Next(offers.Count)]).Select(o => new QuoteWishLine(o.Id, o.MinQuantity + random.Next(4))).ToList();
        var town = Towns[random.Next(Towns.Length)].Split(' ');
        var answer = await market.Services.GetRequiredService<QuoteDesk>().CreateAsync(new QuoteWish(lines, null, town[0], town[1], null), actor, Token);
        var given = Assert.IsType<QuoteAnswer.Given>(answer);
        if (given.Quote.Plans.Count == 0) return null;
        var plan = given.Quote.Plans[random.Next(given.Quote.Plans.Count)];
        var id = Guid.CreateVersion7();
        var accepted = await market.Grains.GetGrain<IOrderGrain>(id).Accept(new AcceptPlan(buyer, given.Quote.Id, plan.Kind, "3 rue de l'Exemple"));
        if (accepted.IsDone) return id;
        Assert.Equal("slot-taken", accepted.Refusal!.Code);
        return null;
    }

    /// <summary>Every order that was acknowledged holds each of its operations once; one that was cancelled or refused holds nothing.</summary>
    private static async Task HoldsAreThereAsync(RunningMarket market, IEnumerable<Guid> kept, IEnumerable<Guid> cancelled)
    {
        await using var db = market.Read();
        var orders = await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).ToDictionaryAsync(o => o.Id, Token);
        var held = (await db.Set<Occupation>().AsNoTracking().ToListAsync(Token)).ToLookup(o => o.OwnerId);
        foreach (var order in kept.Select(id => orders[id]))
        {
            Assert.Equal(OrderState.AwaitingDeposit, order.State);
            foreach (var work in order.WorkOrders)
            {
                Assert.Equal(
                    work.Operations.Select(o => (o.MachineId, o.Start, o.End)).Order(),
                    held[work.Id].Select(o => (o.ResourceId, o.Start, o.End)).Order());
            }
        }

        Assert.All(cancelled, id => Assert.Equal(OrderState.Cancelled, orders[id].State));
        Assert.All(orders.Values.Where(o => o.State == OrderState.Cancelled).SelectMany(o => o.WorkOrders), work => Assert.Empty(held[work.Id]));
    }

    /// <summary>What the board has learnt change by change is what it would read from the database now.</summary>
    private static async Task BoardIsAsReadAnewAsync(RunningMarket market)
    {
        var live = await market.Services.GetRequiredService<CapacityBoard>().SnapshotAsync(Token);
        var anew = await new CapacityBoard(market.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>(), TimeProvider.System).SnapshotAsync(Token);
        Assert.Equal(anew.Machines.Select(m => m.Id), live.Machines.Select(m => m.Id));
        foreach (var (expected, actual) in anew.Machines.Zip(live.Machines)) Assert.Equal(expected.Free.ToList(), actual.Free.ToList());
        foreach (var (expected, actual) in anew.Workshops.Zip(live.Workshops)) Assert.Equal((expected.Id, expected.People.From), (actual.Id, actual.People.From));
        foreach (var (expected, actual) in anew.Workshops.Zip(live.Workshops)) Assert.Equal(expected.People.Minutes, actual.People.Minutes);
    }

    private static async Task<IReadOnlyList<Offer>> OffersAsync(RunningMarket market)
    {
        await using var db = market.Read();
        return [.. (await db.Set<Offer>().AsNoTracking().Where(o => o.State == OfferState.Published && o.SellerMode == SellerMode.Consortium).OrderBy(o => o.Code).ToListAsync(Token)).Where(o => o.IsRouted)];
    }
}
