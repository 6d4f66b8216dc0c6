using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Orleans;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.CommandLine;

internal static class TreasuryCommands
{
    public static Command Import()
    {
        var file = new Argument<FileInfo>("fichier") { Description = "Un relevé CAMT.053." };
        var statement = new Command("statement", "Importe un relevé de banque, en entier ou pas du tout.") { file };
        statement.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: true, async (services, stop) =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists) return await Offline.RefuseAsync($"{source.Name} : fichier introuvable.");
            var answer = await (await BooksAsync(services, stop)).ImportStatement(await OperatorAsync(services, stop), source.Name, await File.ReadAllBytesAsync(source.FullName, stop));
            if (answer.Refusal is { } refusal) return await Offline.RefuseAsync($"{source.Name} : {refusal.French}");
            Console.WriteLine($"{answer.Read} lues, {answer.New} nouvelles, {answer.AlreadyKnown} connues, 0 refusée");
            return MarketCommands.Done;
        }, cancellation));
        return new Command("import", "Lit des fichiers d'ailleurs.") { statement };
    }

    public static Command Reconcile()
    {
        // Only what is certain is ever matched without a person, so doing it is the same with and without the word.
        var automatic = new Option<bool>("--auto") { Description = "Comme sans : ce qui est certain est rapproché." };
        var command = new Command("reconcile", "Rapproche ce qui est certain ; affiche ce qui l'a été, ce qui est proposé, ce qui reste ouvert.") { automatic };
        command.SetAction((_, cancellation) => Offline.RunAsync(withGrains: true, async (services, stop) =>
        {
            var books = await BooksAsync(services, stop);
            var answer = await books.ReconcileAutomatically();
            Console.WriteLine($"{answer.Matched} rapprochées, {answer.Suggested} proposées, {answer.Open} ouvertes");
            return MarketCommands.Done;
        }, cancellation));
        return command;
    }

    private static async Task<IBooksGrain> BooksAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(cancellation);
        return services.GetRequiredService<IGrainFactory>().GetGrain<IBooksGrain>(await services.GetRequiredService<SaleDocuments>().LeadIdAsync(db, cancellation));
    }

    /// <summary>Whoever may use the machine's shell acts as the consortium's administrator.</summary>
    private static async Task<Guid> OperatorAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(cancellation);
        return await db.Set<RoleGrant>().Where(r => r.Role == Role.Administrator && r.Scope == RoleScope.Consortium).Select(r => r.PersonId).FirstOrDefaultAsync(cancellation);
    }
}
