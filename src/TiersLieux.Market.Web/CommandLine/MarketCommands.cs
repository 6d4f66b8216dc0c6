using System.CommandLine;
using TiersLieux.Market.Web.Hosting;

namespace TiersLieux.Market.Web.CommandLine;

/// <summary>The command line <c>tlmarket</c>. Exit 0 done, 1 a check failed, 2 bad arguments or input.</summary>
public static class MarketCommands
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int BadInput = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("TiersLieux.Market : la place de marché et la gestion d'un consortium de production.")
        {
            ServeCommand(),
            SeedCommands.Seed(),
            TokenCommands.Token(),
            UserCommands.User(),
            ExportCommands.Export(),
            CheckCommands.Check(),
            RouteCommands.Route(),
            TreasuryCommands.Import(),
            TreasuryCommands.Reconcile(),
        };
        var parsed = root.Parse(args.Length == 0 ? ["serve"] : args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(parsed.Errors[0].Message.ReplaceLineEndings(" "));
            return BadInput;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command ServeCommand()
    {
        var command = new Command("serve", "Sert les pages et l'API jusqu'à l'arrêt.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = MarketHost.Build([.. parsed.UnmatchedTokens]);
            try
            {
                await MarketStart.PrepareAsync(app.Services, cancellation);
            }
            catch (InvalidOperationException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return BadInput;
            }

            await app.RunAsync(cancellation);
            return Done;
        });
        return command;
    }
}
