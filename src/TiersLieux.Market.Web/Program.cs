using TiersLieux.Market.Web.Hosting;

await using var app = MarketHost.Build(args);
await MarketStart.PrepareAsync(app.Services);
await app.RunAsync();
