using Microsoft.Playwright;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The provider's payment page, filled in by hand.</summary>
internal static class PaymentPage
{
    public const string Good = "4242 4242 4242 4242";
    public const string Declined = "4000 0000 0000 0002";

    public static async Task PayAsync(IPage page, string card)
    {
        await page.GetByLabel("Numéro de carte").FillAsync(card);
        await page.GetByLabel("Expiration").FillAsync("12/44");
        await page.GetByLabel("Cryptogramme").FillAsync("123");
        await page.GetByLabel("Nom sur la carte").FillAsync("Camille Exemple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Payer" }).ClickAsync();
    }
}
