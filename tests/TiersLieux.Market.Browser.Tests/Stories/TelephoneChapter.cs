using System.Globalization;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The key pages once more, in English and on a telephone, and what the catalogue weighs on the wire.</summary>
internal static class TelephoneChapter
{
    private const int Width = 390;
    private const double Heaviest = 200_000;

    public static async Task TellAsync(StoryCast cast)
    {
        var stranger = await EnglishAsync(cast, "on a telephone", null);
        await SeeAsync(cast, stranger, "/", "Have it made nearby");
        await WeighAsync(stranger);
        await SeeAsync(cast, stranger, "/catalogue", null);
        await SeeAsync(cast, stranger, "/offre/banc-liteaux-102?quantite=8&cp=59000&ville=Lille", "Batten bench");

        var buyer = await EnglishAsync(cast, "buyer on a telephone", "buyer@demo.invalid");
        await SeeAsync(cast, buyer, cast.QuotePath, "Quote");
        await SeeAsync(cast, buyer, $"/commandes/{cast.OrderNumber}", "Order");
        var artisan = await EnglishAsync(cast, "artisan on a telephone", "artisan@demo.invalid");
        await SeeAsync(cast, artisan, "/atelier", null);
        await SeeAsync(cast, artisan, $"/reserver/{BookingChapter.Machine}", "Hand sanding post");
        var treasurer = await EnglishAsync(cast, "treasurer on a telephone", "treasurer@demo.invalid");
        await SeeAsync(cast, treasurer, "/tresorerie", "Treasury");
    }

    private static async Task<Visitor> EnglishAsync(StoryCast cast, string name, string? email)
    {
        var visitor = await cast.StrangerAsync(name, Width);
        await visitor.Context.AddCookiesAsync([new Cookie { Name = "langue", Value = "en", Url = cast.Market.Address.ToString() }]);
        if (email is not null) await StoryCast.SignInAsync(visitor.Page, email);
        return visitor;
    }

    private static async Task SeeAsync(StoryCast cast, Visitor visitor, string path, string? title)
    {
        var answer = await visitor.Page.GotoAsync(path);
        Assert.Equal(200, answer!.Status);
        Assert.Equal("en", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
        if (title is not null) await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(title);
        await cast.LookAsync(visitor, "phone-" + path.Split('?')[0].Trim('/').Replace('/', '-'));
    }

    /// <summary>Everything the page fetches, as it comes over the wire, with nothing kept from before.</summary>
    private static async Task WeighAsync(Visitor visitor)
    {
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        var bytes = 0.0;
        session.Event("Network.loadingFinished").OnEvent += (_, detail) => bytes += detail!.Value.GetProperty("encodedDataLength").GetDouble();
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true });
        await visitor.Page.GotoAsync("/catalogue", new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.True(bytes is > 20_000 and < Heaviest, string.Create(CultureInfo.InvariantCulture, $"The catalogue weighs {bytes:0} bytes."));
        await session.DetachAsync();
    }
}
