using System.Globalization;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using TiersLieux.Market.Domain.Orders;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>One workshop says no and why, so its work goes elsewhere; the others accept, report and finish.</summary>
internal static class MakingChapter
{
    public static async Task TellAsync(StoryCast cast)
    {
        await cast.UntilOrderAsync("the workshops are asked", o => o.WorkOrders.All(w => w.State == WorkOrderState.Proposed));
        await DeclineAsync(cast, (await cast.OrderAsync()).WorkOrders.OrderBy(w => w.Operations.Count).First());
        await BreakdownChapter.TellAsync(cast);
        foreach (var work in (await cast.OrderAsync()).LiveWorkOrders) await MakeAsync(cast, work);
        await cast.UntilOrderAsync("everything is made", o => o.State == OrderState.Delivered);
    }

    private static async Task DeclineAsync(StoryCast cast, WorkOrder work)
    {
        var artisan = await cast.PersonAsync(await cast.ArtisanOfAsync(work.WorkshopOrganisationId));
        var card = await CardAsync(artisan, work);
        await cast.LookAsync(artisan, "workshop-asked");
        await card.GetByText("Je ne peux pas").ClickAsync();
        await card.GetByLabel("Pourquoi ?").FillAsync("Machine en panne jusqu’à vendredi");
        await card.GetByRole(AriaRole.Button, new() { Name = "Refuser ce travail" }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
        static bool IsReplaced(Order order) => !order.WorkOrders.Any(w => w.NeedsReplacement) && order.LiveWorkOrders.All(w => w.State is WorkOrderState.Proposed);
        await cast.UntilOrderAsync("somebody else is found", o => IsReplaced(o) || o.LaterDate is { IsAsked: true });
        if ((await cast.OrderAsync()).LaterDate is not null) await BreakdownChapter.AgreeAsync(cast);
        await cast.UntilOrderAsync("somebody else is asked", IsReplaced);
        Assert.DoesNotContain((await cast.OrderAsync()).LiveWorkOrders, w => w.WorkshopId == work.WorkshopId);
    }

    private static async Task MakeAsync(StoryCast cast, WorkOrder work)
    {
        var artisan = await cast.PersonAsync(await cast.ArtisanOfAsync(work.WorkshopOrganisationId));
        var card = await CardAsync(artisan, work);
        await card.GetByRole(AriaRole.Button, new() { Name = "Accepter" }).ClickAsync();
        var all = work.Quantity.ToString("0.##", CultureInfo.GetCultureInfo("fr-FR"));
        await Assertions.Expect(card.GetByLabel("Bonnes pièces en tout")).ToBeVisibleAsync();
        await cast.LookAsync(artisan, "workshop-accepted");

        // More than was asked for is a slip, said at the field, and changes nothing.
        await card.GetByLabel("Bonnes pièces en tout").FillAsync((work.Quantity + 1).ToString("0.##", CultureInfo.GetCultureInfo("fr-FR")));
        await card.GetByRole(AriaRole.Button, new() { Name = "Enregistrer l’avancement" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("Indiquez une quantité entre 0 et");

        await card.GetByLabel("Bonnes pièces en tout").FillAsync("1");
        await card.GetByRole(AriaRole.Button, new() { Name = "Enregistrer l’avancement" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync($"1 sur {all}");
        await card.GetByLabel("Bonnes pièces en tout").FillAsync(all);
        await card.GetByLabel("Qualité").FillAsync("Contrôlé pièce par pièce");
        await card.GetByRole(AriaRole.Button, new() { Name = "C’est terminé" }).ClickAsync();
        await Assertions.Expect(artisan.Page.Locator("ul.done")).ToContainTextAsync(work.Number);
    }

    private static async Task<ILocator> CardAsync(Visitor artisan, WorkOrder work)
    {
        await artisan.Page.GotoAsync("/atelier");
        var card = artisan.Page.Locator("article.work").Filter(new() { HasText = work.Number });
        await Assertions.Expect(card).ToBeVisibleAsync();
        return card;
    }
}
