using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.CommandLine;

internal static class ExportCommands
{
    public static Command Export()
    {
        var number = new Argument<string?>("numéro") { Arity = ArgumentArity.ZeroOrOne, Description = "Numéro du document." };
        var output = new Option<string?>("--out") { Description = "Fichier PDF, ou dossier avec --all." };
        var all = new Option<bool>("--all") { Description = "Tous les documents émis." };
        var invoice = new Command("invoice", "Écrit un document émis en PDF.") { number, output, all };
        invoice.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: false, async (services, stop) =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(stop);
            var renderer = services.GetRequiredService<IInvoiceRenderer>();
            if (parsed.GetValue(all))
            {
                var folder = Directory.CreateDirectory(parsed.GetValue(output) ?? "factures").FullName;
                await foreach (var document in db.Set<Invoice>().AsNoTracking().OrderBy(i => i.Id).AsAsyncEnumerable().WithCancellation(stop))
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"{FileName(document)}.pdf"), renderer.Render(document), stop);
                return MarketCommands.Done;
            }

            var wanted = parsed.GetValue(number);
            var found = await db.Set<Invoice>().AsNoTracking().Where(i => i.Number == wanted).ToListAsync(stop);
            if (found.Count == 0) return await Offline.RefuseAsync($"Aucun document ne porte le numéro {wanted}.");
            if (found.Count > 1) return await Offline.RefuseAsync($"Plusieurs vendeurs ont un document {wanted} : exportez-les avec --all.");
            await File.WriteAllBytesAsync(parsed.GetValue(output) ?? $"{FileName(found[0])}.pdf", renderer.Render(found[0]), stop);
            return MarketCommands.Done;
        }, cancellation));
        return new Command("export", "Écrit des fichiers pour d'autres programmes.") { invoice };
    }

    /// <summary>Two sellers may have the same number; a file name holds no slash.</summary>
    private static string FileName(Invoice invoice) => $"{invoice.Seller.Siren ?? invoice.SellerId.ToString("N")}-{invoice.Number}".Replace('/', '_');
}
