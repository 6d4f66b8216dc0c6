namespace TiersLieux.Market.Web.Layout;

/// <summary>Whether a navigation entry leads to the page being looked at, or to one of its parents.</summary>
public static class CurrentPage
{
    public static bool Is(NavItem item, string here)
    {
        var path = here.Split('?')[0];
        return string.Equals(path, item.Href, StringComparison.OrdinalIgnoreCase)
            || (item.Href.Length > 1 && path.StartsWith(item.Href + "/", StringComparison.OrdinalIgnoreCase));
    }
}
