using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Orders;

namespace TiersLieux.Market.Bench.Quotes;

/// <summary>Quotes over the demo network: how many a second on all cores, and how long one takes.</summary>
internal static class DemoQuotesBench
{
    public sealed record Figures(int Quotes, double PerSecond, double MedianMs, double P95Ms, double P99Ms, int Workers);

    public static async Task<Figures> RunAsync(TimeSpan duration)
    {
        await using var market = await BenchMarket.StartAsync();
        var desk = market.Services.GetRequiredService<QuoteDesk>();
        List<(Guid Id, decimal Most)> offers;
        await using (var db = market.Read())
        {
            offers = (await db.Set<Offer>().AsNoTracking().Where(o => o.State == OfferState.Published && o.SellerMode == SellerMode.Consortium && o.Kind == OfferKind.Good).ToListAsync())
                .Where(o => o.IsRouted).Select(o => (o.Id, o.MaxQuantity)).ToList();
        }

        string[] towns = ["59350", "80021", "62041", "02691", "60057"];
        async Task<double> OneAsync(Random random)
        {
            var (id, most) = offers[random.Next(offers.Count)];
            var wish = new QuoteWish([new QuoteWishLine(id, Math.Min(most, random.Next(1, 40)))], towns[random.Next(towns.Length)], null, null, null);
            var started = Stopwatch.GetTimestamp();
            await desk.PreviewAsync(wish, Actor.Anonymous);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var warm = new Random(1);
        for (var i = 0; i < 40; i++) await OneAsync(warm);
        var workers = Environment.ProcessorCount;
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker + 2);
            var taken = new List<double>();
            while (clock.Elapsed < duration) taken.Add(await OneAsync(random));
            return taken;
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToList();
        return new Figures(all.Count, all.Count / elapsed, all[all.Count / 2], all[(int)(all.Count * 0.95)], all[(int)(all.Count * 0.99)], workers);
    }
}
