namespace TiersLieux.Market.Web.Layout;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Href">Path on this site, with its leading slash.</param>
/// <param name="Label">What one does there, in the visitor's language.</param>
/// <param name="Icon">Name of an icon.</param>
/// <param name="Count">A number that waits for the person (work orders to accept); null or 0 shows nothing.</param>
public sealed record NavItem(string Href, string Label, string Icon, int? Count = null);

/// <summary>What the frame of every page needs to know about who is looking.</summary>
/// <param name="Main">By task, the most used first; a telephone shows the first four in its bar.</param>
/// <param name="Account">Entries of the account menu, when signed in.</param>
/// <param name="AccountName">Null for a visitor.</param>
/// <param name="AccountDetail">The organisation or role the person acts for.</param>
/// <param name="SignOutPath">Where the sign-out form posts; null hides it.</param>
/// <param name="IsDemo">Shows the notice that people, orders and prices are fictitious.</param>
public sealed record SiteFrame(
    IReadOnlyList<NavItem> Main,
    IReadOnlyList<NavItem> Account,
    string? AccountName = null,
    string? AccountDetail = null,
    string? SignOutPath = null,
    bool IsDemo = true);

/// <summary>Gives the frame for the current request, by the roles of who is signed in.</summary>
public interface ISiteNavigation
{
    ValueTask<SiteFrame> FrameAsync(CancellationToken cancellation);
}
