using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Layout;

/// <summary>The frame for somebody who is not signed in.</summary>
public sealed class VisitorNavigation(Lang lang) : ISiteNavigation
{
    public ValueTask<SiteFrame> FrameAsync(CancellationToken cancellation) => new(new SiteFrame(
        [
            new("/catalogue", lang.T("Catalogue", "Catalogue"), "layout-grid"),
            new("/carte", lang.T("Carte", "Map"), "map"),
            new("/reserver", lang.T("Réserver", "Book"), "calendar"),
            new("/commandes", lang.T("Mes commandes", "My orders"), "package"),
        ],
        []));
}
