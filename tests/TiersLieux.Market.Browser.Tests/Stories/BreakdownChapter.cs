using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Capacity;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The machines of one step break down: it is said on a page, and the customer is asked on another whether a later date suits.</summary>
internal static class BreakdownChapter
{
    private const string Administrator = "admin@demo.invalid";

    public static async Task TellAsync(StoryCast cast)
    {
        var machines = await MachinesAsync(cast, "assemblage");
        var admin = (await cast.Market.PersonAsync(Administrator)).Id;
        foreach (var machine in machines.Skip(1)) Assert.True((await cast.Market.Grains.GetGrain<IMachineGrain>(machine.Id).ReportBreakdown(admin, DateTime.UtcNow.AddDays(20), "Coupure d’électricité")).IsDone);

        var boss = await cast.PersonAsync(Administrator);
        await boss.Page.GotoAsync("/atelier/machines");
        var card = boss.Page.Locator("ul.machines > li").Filter(new() { Has = boss.Page.Locator($"input[value='{machines[0].Code}']") });
        await card.GetByText("Déclarer une panne").ClickAsync();
        await cast.LookAsync(boss, "machines");
        await card.GetByLabel("Elle devrait remarcher le").FillAsync("2020-01-01T08:00");
        await card.GetByLabel("Que se passe-t-il ?").FillAsync("Courroie cassée");
        await card.Locator("form").Last.EvaluateAsync("form => form.noValidate = true");
        await card.GetByRole(AriaRole.Button, new() { Name = "La machine est en panne" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("Indiquez une date de retour à venir");
        await card.GetByLabel("Elle devrait remarcher le").FillAsync($"{DateTime.UtcNow.AddDays(20):yyyy-MM-dd}T08:00");
        await card.GetByRole(AriaRole.Button, new() { Name = "La machine est en panne" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("En panne jusqu’au");
        await cast.LookAsync(boss, "machine-down");

        await cast.UntilOrderAsync("the customer is asked about a later date", o => o.LaterDate is { IsAsked: true });
        await AgreeAsync(cast);
        await card.GetByRole(AriaRole.Button, new() { Name = "Elle remarche" }).ClickAsync();
        await Assertions.Expect(card).Not.ToContainTextAsync("En panne jusqu’au");
    }

    /// <summary>The customer reads both dates and agrees to the later one.</summary>
    public static async Task AgreeAsync(StoryCast cast)
    {
        var buyer = await cast.PersonAsync("buyer@demo.invalid");
        await buyer.Page.GotoAsync($"/commandes/{cast.OrderNumber}");
        await Assertions.Expect(buyer.Page.GetByText("Nous proposons")).ToBeVisibleAsync();
        await cast.LookAsync(buyer, "later-date");
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "D’accord pour le" }).ClickAsync();
        await cast.UntilOrderAsync("the new workshops are asked", o => o.LaterDate is null && !o.WorkOrders.Any(w => w.NeedsReplacement || w.State == WorkOrderState.Planned));
        await Assertions.Expect(buyer.Page.GetByText("Nouvelle date acceptée").Last).ToBeVisibleAsync();
    }

    private static async Task<List<Resource>> MachinesAsync(StoryCast cast, string process)
    {
        await using var db = cast.Market.Read();
        var all = await db.Set<Resource>().Where(r => r.Kind == ResourceKind.Machine && r.WorkshopId != null).OrderBy(r => r.Code).ToListAsync();
        return all.FindAll(r => r.Capabilities.Any(c => c.Process == process));
    }
}
