using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>An artisan lists a stool; the circle's animator asks for a better description, then publishes it, and a search finds it.</summary>
internal static class ListingChapter
{
    private const string Title = "Tabouret des brumes";
    private const string Ask = "Dites de quel bois il est fait.";

    public static async Task TellAsync(StoryCast cast)
    {
        var artisan = await cast.PersonAsync("artisan@demo.invalid");
        var animator = await cast.PersonAsync("animator@demo.invalid");
        await ListAsync(cast, artisan);
        await SendBackAsync(cast, animator);
        await CorrectAsync(cast, artisan);
        await PublishAsync(animator);
        await FindAsync(cast);
    }

    private static async Task ListAsync(StoryCast cast, Visitor artisan)
    {
        var page = artisan.Page;
        await page.GotoAsync("/mes-offres/nouvelle");
        await cast.LookAsync(artisan, "listing-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Proposer au cercle" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Écrivez un titre");
        await page.Locator("[name=titre]").FillAsync(Title);
        await page.Locator("[name=description]").FillAsync("Un tabouret bas à trois pieds, assemblé sans vis.");
        await page.Locator("[name=procede]").SelectOptionAsync("collage-assemblage-bois");
        await page.Locator("[name=cercle]").SelectOptionAsync("somme");
        await page.Locator("[name='etape[0].procede']").SelectOptionAsync("poncage");
        await page.Locator("[name='etape[0].preparation']").FillAsync("5");
        await page.Locator("[name='etape[0].temps']").FillAsync("12,5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter une étape" }).ClickAsync();
        await page.Locator("[name='etape[1].procede']").SelectOptionAsync("collage-assemblage-bois");
        await page.Locator("[name='etape[1].temps']").FillAsync("20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Proposer au cercle" }).ClickAsync();
        await Assertions.Expect(page.GetByText("L’offre est chez le cercle.")).ToBeVisibleAsync();
    }

    private static async Task SendBackAsync(StoryCast cast, Visitor animator)
    {
        await animator.Page.GotoAsync("/cercle/somme");
        var offer = Waiting(animator.Page);
        await cast.LookAsync(animator, "circle");
        await offer.GetByLabel("Ce qu’il faut corriger").FillAsync(Ask);
        await offer.GetByRole(AriaRole.Button, new() { Name = "Renvoyer" }).ClickAsync();
        await Assertions.Expect(animator.Page.GetByText("L’offre est retournée à l’artisan")).ToBeVisibleAsync();
    }

    private static async Task CorrectAsync(StoryCast cast, Visitor artisan)
    {
        var page = artisan.Page;
        await page.GotoAsync("/mes-offres");
        var mine = page.Locator("ul.offers > li").Filter(new() { HasText = Title });
        await Assertions.Expect(mine).ToContainTextAsync(Ask);
        await cast.LookAsync(artisan, "my-offers");
        await mine.GetByRole(AriaRole.Link, new() { Name = "Modifier" }).ClickAsync();
        await Assertions.Expect(page.GetByText(Ask)).ToBeVisibleAsync();
        await page.Locator("[name=description]").FillAsync("Un tabouret bas à trois pieds en frêne de la Somme, assemblé sans vis.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Proposer au cercle" }).ClickAsync();
        await Assertions.Expect(page.GetByText("L’offre est chez le cercle.")).ToBeVisibleAsync();
    }

    private static async Task PublishAsync(Visitor animator)
    {
        await animator.Page.GotoAsync("/cercle/somme");
        await Waiting(animator.Page).GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();
        await Assertions.Expect(animator.Page.GetByText("L’offre est au catalogue.")).ToBeVisibleAsync();
    }

    private static async Task FindAsync(StoryCast cast)
    {
        var stranger = await cast.StrangerAsync("somebody searching");
        var found = stranger.Page.GetByRole(AriaRole.Link, new() { Name = Title });
        // Search reads what is published a moment later.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await stranger.Page.GotoAsync("/catalogue?q=tabouret+brume");
            if (await found.CountAsync() > 0) break;
            await Task.Delay(250);
        }

        await Assertions.Expect(found).ToBeVisibleAsync();
    }

    private static ILocator Waiting(IPage page) => page.Locator("article.waiting").Filter(new() { HasText = Title });
}
