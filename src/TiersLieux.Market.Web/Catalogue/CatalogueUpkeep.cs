using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>
/// Keeps the catalogue in step with what other processes publish, and reckons what made-to-order offers cost at present:
/// one plan each, delivered in the region's middle, one after the other so that buyers' own requests come first.
/// </summary>
internal sealed partial class CatalogueUpkeep(
    OfferCatalogue catalogue, QuoteDesk desk, IDbContextFactory<MarketDbContext> databases, TimeProvider clock, ILogger<CatalogueUpkeep> log) : BackgroundService
{
    private const string Middle = "62041"; // Arras
    private const decimal Usual = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private const int RoundsPerIndication = 15;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var round = 0;
        do
        {
            try
            {
                await catalogue.RefreshAsync(stoppingToken);
                if (round++ % RoundsPerIndication == 0) await IndicateAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The pages keep the catalogue they have; the next round tries again.
                LogFailed(log, exception);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task IndicateAsync(CancellationToken cancellation)
    {
        List<Offer> offers;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            offers = await db.Set<Offer>().AsNoTracking().Where(o => o.State == OfferState.Published && o.Kind == OfferKind.Good).ToListAsync(cancellation);
        }

        var indications = new Dictionary<Guid, OfferIndication>();
        foreach (var offer in offers.Where(o => o is { IsRouted: true, SellerMode: SellerMode.Consortium }))
        {
            var quantity = Math.Clamp(Usual, offer.MinQuantity, offer.MaxQuantity);
            var answer = await desk.PreviewAsync(new QuoteWish([new QuoteWishLine(offer.Id, quantity)], Middle, null, null, null), Actor.Anonymous, cancellation);
            if (answer is QuoteAnswer.Given { Quote.Plans: { Count: > 0 } plans })
            {
                var cheapest = plans.MinBy(p => p.Price.ExclTax)!;
                indications[offer.Id] = new OfferIndication(quantity, cheapest.Price.ExclTax * (1 / quantity), plans.Min(p => p.PromiseDate));
            }

            await Task.Delay(Breath, clock, cancellation);
        }

        await catalogue.IndicateAsync(indications, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The catalogue could not be read again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
