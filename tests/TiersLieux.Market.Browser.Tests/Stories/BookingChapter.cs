using System.Globalization;
using Microsoft.Playwright;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>Two artisans look at the same free hour of a machine; the second is offered others.</summary>
internal static class BookingChapter
{
    public const string Machine = "hortillons-poste-poncage-1";

    public static async Task TellAsync(StoryCast cast)
    {
        var first = await cast.PersonAsync("artisan@demo.invalid");
        var second = await cast.PersonAsync("artisan-lampes-clair-obscur@demo.invalid");
        await ChooseAFreeHourAsync(first.Page);
        await cast.LookAsync(first, "machine");
        await second.Page.GotoAsync(first.Page.Url);

        await BookAsync(first.Page);
        await Assertions.Expect(first.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("réservée");
        await cast.LookAsync(first, "booked");

        await BookAsync(second.Page);
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Pas réservé, rien n’est payé");
        second.Forgive("409");
        await cast.LookAsync(second, "slot-taken");
        await second.Page.GetByRole(AriaRole.Navigation, new() { Name = "Autres créneaux libres" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await BookAsync(second.Page);
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("réservée");
    }

    /// <summary>From the second week on: what the order needs is before.</summary>
    private static async Task ChooseAFreeHourAsync(IPage page)
    {
        var today = ParisTime.DateOf(TimeProvider.System.UtcNow());
        for (var ahead = 10; ahead < 20; ahead++)
        {
            var day = today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await page.GotoAsync($"/reserver/{Machine}?jour={day}&duree=60");
            var starts = page.Locator("ul.starts a");
            if (await starts.CountAsync() == 0) continue;
            await starts.Last.ClickAsync();
            await page.WaitForURLAsync("**debut=**");
            return;
        }

        Assert.Fail("No free hour within ten days.");
    }

    private static async Task BookAsync(IPage page)
    {
        await page.GetByLabel("À la fin du mois, sur le compte").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Réserver 1" }).ClickAsync();
    }
}
