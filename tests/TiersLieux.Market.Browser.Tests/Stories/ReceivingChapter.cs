using System.Text;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using TiersLieux.Market.Domain.Orders;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The buyer signs for what came, pays the balance, and takes the documents home.</summary>
internal static class ReceivingChapter
{
    public static async Task TellAsync(StoryCast cast)
    {
        var buyer = await cast.PersonAsync(OrderingChapter.Buyer);
        var page = buyer.Page;
        await page.GotoAsync($"/commandes/{cast.OrderNumber}");
        await cast.LookAsync(buyer, "order-delivered");
        await page.GetByLabel("Votre nom").FillAsync("Camille Exemple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Signer la réception" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Payer le solde" }).ClickAsync();
        await PaymentPage.PayAsync(page, PaymentPage.Good);
        await cast.UntilOrderAsync("the order is completed", o => o.State == OrderState.Completed);
        await page.GotoAsync($"/commandes/{cast.OrderNumber}");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Rien : tout est livré et payé");
        await cast.LookAsync(buyer, "order-completed");
        await TakeTheDocumentsAsync(buyer);
        await page.GetByRole(AriaRole.Link, new() { Name = "Bon de livraison" }).ClickAsync();
        await cast.LookAsync(buyer, "delivery-note");
    }

    private static async Task TakeTheDocumentsAsync(Visitor buyer)
    {
        var documents = buyer.Page.Locator("a[href*='.pdf']");
        await Assertions.Expect(documents.Filter(new() { HasText = "acompte" })).ToHaveCountAsync(1);
        Assert.True(await documents.CountAsync() >= 2, "The deposit invoice and the final invoice are on the order's page.");
        foreach (var document in await documents.AllAsync())
        {
            var file = await buyer.Context.APIRequest.GetAsync((await document.GetAttributeAsync("href"))!);
            Assert.Equal(200, file.Status);
            Assert.Equal("application/pdf", file.Headers["content-type"]);
            Assert.Equal("%PDF-", Encoding.ASCII.GetString((await file.BodyAsync())[..5]));
        }
    }
}
