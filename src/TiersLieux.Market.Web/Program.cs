using TiersLieux.Market.Web.CommandLine;

return await MarketCommands.RunAsync(args);
