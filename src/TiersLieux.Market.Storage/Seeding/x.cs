namespace TiersLieux.Market.Storage.Seeding;
public static class SeedLoader { public static Task LoadIfEmptyAsync(Writing.IMarketWriter w, MarketDatabase d, string f, string p, CancellationToken c) => Task.CompletedTask; }
