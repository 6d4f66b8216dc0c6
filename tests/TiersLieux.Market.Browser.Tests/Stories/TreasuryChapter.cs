using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The provider pays out, the bank's statement says so, and the treasurer has nothing left to do.</summary>
internal static class TreasuryChapter
{
    public static async Task TellAsync(StoryCast cast)
    {
        var statement = await PayOutAsync(cast);
        var treasurer = await cast.PersonAsync("treasurer@demo.invalid");
        var page = treasurer.Page;
        await page.GotoAsync("/tresorerie/releves");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "releve.xml", MimeType = "application/xml", Buffer = statement });
        await page.GetByRole(AriaRole.Button, new() { Name = "Importer ce relevé" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 rapprochés tout seuls")).ToBeVisibleAsync();
        await cast.LookAsync(treasurer, "statement");

        await page.GotoAsync("/tresorerie/rapprochement");
        await Assertions.Expect(page.GetByText("Tout correspond, rien ne vous attend")).ToBeVisibleAsync();
        await cast.LookAsync(treasurer, "matching");

        await page.GotoAsync("/tresorerie");
        await Assertions.Expect(page.GetByText("Rien ne vous attend : bonne journée.")).ToBeVisibleAsync();
        var total = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Total" });
        await Assertions.Expect(total.GetByRole(AriaRole.Cell).Last).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*0,00\s€\s*$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await cast.LookAsync(treasurer, "treasury");
        await page.GotoAsync("/tresorerie/journal");
        await cast.LookAsync(treasurer, "journal");
    }

    /// <summary>Waits until the money is available, has it paid out, waits until it is at the bank; the bank's statement as a file.</summary>
    private static async Task<byte[]> PayOutAsync(StoryCast cast)
    {
        var console = await cast.StrangerAsync("at the Sandbox");
        var page = console.Page;
        await AdvanceAsync(cast, page, "7d");
        await AdvanceAsync(cast, page, "1d");
        await cast.LookAsync(console, "sandbox-console");
        await page.GetByRole(AriaRole.Button, new() { Name = "Virement automatique maintenant" }).First.ClickAsync();
        await cast.Market.UntilAsync("the payout is in the books", async db => await db.Set<JournalEntry>().AnyAsync(e => e.EventCode == EventCode.PayoutLeft && e.Posted));
        await AdvanceAsync(cast, page, "7d"); // Two business days, whatever lies between: a weekend, a holiday.
        await page.GotoAsync(new Uri(cast.Market.Sandbox.Address, "/bank").ToString());
        // The page begins with the month so far, and the clock may just have passed into the next.
        await page.GetByLabel("Du", new() { Exact = true }).FillAsync(ParisTime.DateOf(TimeProvider.System.UtcNow()).AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();
        await cast.LookAsync(console, "sandbox-bank");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Télécharger le relevé" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task AdvanceAsync(StoryCast cast, IPage page, string by)
    {
        await page.GotoAsync(cast.Market.Sandbox.Address.ToString());
        await page.GetByLabel("Avancer de").SelectOptionAsync(by);
        await page.GetByRole(AriaRole.Button, new() { Name = "Avancer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }
}
