using System.CommandLine;
using TiersLieux.Market.Storage.Seeding;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Web.Hosting;

namespace TiersLieux.Market.Web.CommandLine;

internal static class SeedCommands
{
    public static Command Seed()
    {
        var folder = new Argument<string?>("dossier") { Description = "Les tables à charger ; par défaut catalog-seed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("seed", "Charge les tables de départ ; ce qui est déjà là reste tel quel.") { folder };
        command.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: false, async (services, stop) =>
        {
            var path = parsed.GetValue(folder) ?? services.GetRequiredService<MarketSettings>().SeedFolder;
            var result = await SeedLoader.LoadAsync(path, services.GetRequiredService<IMarketWriter>(), MarketStart.DemoPassword, services.GetRequiredService<TimeProvider>(), stop);
            if (result is SeedResult.Refused(var faults))
                return await Offline.RefuseAsync(string.Join('\n', faults.Select(f => $"{f.File}:{f.Line} {f.Column} : {f.Reason.French}")));
            foreach (var table in ((SeedResult.Loaded)result).Tables)
                Console.WriteLine($"{table.Table,-24} {table.Read,6} lues {table.Inserted,6} nouvelles {table.Known,6} connues");
            return MarketCommands.Done;
        }, cancellation));
        return command;
    }
}
