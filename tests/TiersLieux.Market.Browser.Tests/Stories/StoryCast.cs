using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Web.Hosting;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Stories;

/// <summary>The market of a story and the people in it, each at a browser of their own, signed in once.</summary>
/// <param name="looks">Whether pages are looked at as pages, which takes longer than telling the story and need not be done on each database.</param>
internal sealed class StoryCast(ChromiumFixture chromium, RunningMarket market, bool looks) : IAsyncDisposable
{
    private readonly Dictionary<string, Visitor> _people = new(StringComparer.Ordinal);
    private readonly List<string> _complaints = [];
    private int _pictures;

    public RunningMarket Market => market;

    /// <summary>Number of the order the story is about, once it is placed.</summary>
    public string OrderNumber { get; set; } = "";

    /// <summary>Path of its quote.</summary>
    public string QuotePath { get; set; } = "";

    /// <summary>Somebody nobody knows yet.</summary>
    public async Task<Visitor> StrangerAsync(string name, int width = 1280)
    {
        var visitor = await chromium.VisitAsync(market.Address, width);
        _people.Add(name, visitor);
        return visitor;
    }

    /// <summary>The demo's person with this address, who signs in by the form the first time.</summary>
    public async Task<Visitor> PersonAsync(string email)
    {
        if (_people.TryGetValue(email, out var known)) return known;
        var visitor = await StrangerAsync(email);
        await SignInAsync(visitor.Page, email);
        return visitor;
    }

    public static async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync("/connexion");
        await page.Locator("input[name=email]").FillAsync(email);
        await page.Locator("input[name=motdepasse]").FillAsync(MarketStart.DemoPassword);
        await page.Locator("main form").Filter(new() { Has = page.Locator("input[name=email]") }).Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("input[name=motdepasse]")).ToHaveCountAsync(0);
    }

    /// <summary>What must hold of every page: a picture for whoever wants to look, nothing serious for axe, no sideways scrolling, no complaint of the browser.</summary>
    public async Task LookAsync(Visitor visitor, string name)
    {
        if (!looks) return;
        await visitor.PictureAsync(string.Create(CultureInfo.InvariantCulture, $"{++_pictures:00}-{name}"));
        _complaints.AddRange((await Accessibility.SeriousAsync(visitor.Page)).Select(c => $"{name}: {c}"));
        if (await Accessibility.OverflowAsync(visitor.Page) is > 0 and var wider) _complaints.Add($"{name} is {wider} px wider than the screen.");
        _complaints.AddRange(visitor.TakeErrors().Select(e => $"{name}: {e}"));
    }

    /// <summary>Nobody's pages had anything to complain about. Told at the end, so that one story shows all there is to mend.</summary>
    public void HasNoComplaint()
    {
        foreach (var (name, visitor) in _people) _complaints.AddRange(visitor.TakeErrors().Select(e => $"{name}: {e}"));
        Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));
    }

    public async Task<Order> OrderAsync()
    {
        await using var db = market.Read();
        return await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Number == OrderNumber);
    }

    public Task UntilOrderAsync(string what, Func<Order, bool> holds) => market.UntilAsync(what, async db =>
        holds(await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Number == OrderNumber)));

    /// <summary>The address of somebody who answers for a workshop's organisation.</summary>
    public async Task<string> ArtisanOfAsync(Guid organisation)
    {
        await using var db = market.Read();
        return await db.Set<Person>().AsNoTracking()
            .Where(p => p.OrganisationId == organisation && db.Set<RoleGrant>().Any(r => r.PersonId == p.Id && r.Role == Role.Artisan))
            .OrderBy(p => p.Email).Select(p => p.Email).FirstAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _people.Values) await visitor.DisposeAsync();
    }
}
