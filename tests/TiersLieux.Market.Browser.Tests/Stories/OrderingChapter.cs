using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using TiersLieux.Market.Domain.Orders;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>A buyer finds a bench in spite of a slip of the fingers, asks for a quote, signs in, orders, and pays the deposit at the second attempt.</summary>
internal static partial class OrderingChapter
{
    public const string Buyer = "buyer";

    public static async Task TellAsync(StoryCast cast)
    {
        var buyer = await cast.StrangerAsync(Buyer);
        await FindTheOfferAsync(cast, buyer);
        await AskForAQuoteAsync(cast, buyer);
        await OrderAsync(cast, buyer);
        await PayTheDepositAsync(cast, buyer);
    }

    private static async Task FindTheOfferAsync(StoryCast cast, Visitor buyer)
    {
        var page = buyer.Page;
        await page.GotoAsync("/");
        await cast.LookAsync(buyer, "home");
        await page.Locator("#quoi").FillAsync("bnac");
        await page.Locator("#quoi").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Banc en liteaux, 102 cm" })).ToBeVisibleAsync();
        await cast.LookAsync(buyer, "catalogue");
        await page.GetByRole(AriaRole.Link, new() { Name = "Banc en liteaux, 102 cm" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Banc en liteaux");
    }

    private static async Task AskForAQuoteAsync(StoryCast cast, Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByLabel("Quantité").FillAsync("8");
        await page.GetByLabel("Code postal").FillAsync("59000");
        await page.GetByLabel("Commune de livraison").FillAsync("Lille");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voir le prix et la date" }).ClickAsync();
        await Assertions.Expect(page.Locator("#prix input[name=quantity]")).ToHaveValueAsync("8");
        await Assertions.Expect(page.Locator("#prix .promise")).ToContainTextAsync("Livré à Lille");
        await cast.LookAsync(buyer, "offer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Demander un devis" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(QuoteAddress());
        await cast.LookAsync(buyer, "quote");
        cast.QuotePath = new Uri(page.Url).PathAndQuery;
    }

    private static async Task OrderAsync(StoryCast cast, Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Se connecter pour commander" }).ClickAsync();
        await cast.LookAsync(buyer, "sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acheteuse" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(QuoteAddress());
        await page.GetByLabel("Numéro et rue").FillAsync("3 rue de l’Exemple");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = OrderButton() }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(OrderAddress());
        cast.OrderNumber = new Uri(page.Url).Segments[^1];
        await cast.LookAsync(buyer, "order-to-pay");
    }

    private static async Task PayTheDepositAsync(StoryCast cast, Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Payer l’acompte" }).ClickAsync();
        await cast.LookAsync(buyer, "payment");
        await PaymentPage.PayAsync(page, PaymentPage.Declined);
        await Assertions.Expect(page.GetByText("La banque refuse cette carte")).ToBeVisibleAsync();
        buyer.Forgive("422");
        await PaymentPage.PayAsync(page, PaymentPage.Good);
        await Assertions.Expect(page.GetByText("Acompte reçu, merci")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await cast.UntilOrderAsync("the order is confirmed", o => o.State == OrderState.InProduction);
        await page.ReloadAsync();
        await cast.LookAsync(buyer, "order-confirmed");
    }

    [GeneratedRegex("/devis/[^?]+", RegexOptions.None, 1000)]
    private static partial Regex QuoteAddress();

    [GeneratedRegex("/commandes/[^?]+", RegexOptions.None, 1000)]
    private static partial Regex OrderAddress();

    [GeneratedRegex("^Commander, ", RegexOptions.None, 1000)]
    private static partial Regex OrderButton();
}
