using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Support;

/// <summary>Holds a page to WCAG 2.2 AA as far as axe can tell.</summary>
public static class Accessibility
{
    private static readonly string[] Grave = ["serious", "critical"];

    public static async Task HasNothingSeriousAsync(IPage page)
    {
        var found = await SeriousAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>What axe finds serious or critical, in words.</summary>
    public static async Task<IReadOnlyList<string>> SeriousAsync(IPage page)
    {
        var result = await page.RunAxe();
        return [.. result.Violations.Where(v => Grave.Contains(v.Impact, StringComparer.Ordinal)).Select(Describe)];
    }

    /// <summary>No sideways scrolling of the page itself: what is wide scrolls in its own frame.</summary>
    public static async Task FitsTheScreenAsync(IPage page)
    {
        var overflow = await OverflowAsync(page);
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} px wider than the screen.");
    }

    /// <summary>Pixels by which the page is wider than the screen.</summary>
    public static Task<int> OverflowAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Take(5).Select(n => n.Html));
}
