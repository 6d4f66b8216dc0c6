using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Layout;

/// <summary>The frame by what the person may do; a visitor gets the visitor's.</summary>
public sealed class AccountNavigation(CurrentActor current, Lang lang, IDbContextFactory<MarketDbContext> databases) : ISiteNavigation
{
    public async ValueTask<SiteFrame> FrameAsync(CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var isDemo = await db.Set<Person>().AnyAsync(p => p.IsFictitious, cancellation);
        if (actor.IsAnonymous) return await new VisitorNavigation(lang).FrameAsync(cancellation) with { IsDemo = isDemo };

        var organisation = await db.Set<Organisation>().Where(o => o.Id == actor.OrganisationId).Select(o => o.Name).FirstOrDefaultAsync(cancellation);
        var waiting = actor.Has(Role.Artisan) ? await ProposedAsync(db, actor, cancellation) : 0;
        return new SiteFrame([.. Main(actor, waiting)], [.. Account(actor)], actor.Name, organisation, SignIn.OutPath, isDemo);
    }

    /// <summary>What the person comes for, first; then what everybody can do.</summary>
    private IEnumerable<NavItem> Main(Actor actor, int waiting)
    {
        if (actor.Has(Role.Artisan)) yield return new("/atelier", lang.T("Mon atelier", "My workshop"), "factory", waiting);
        if (actor.Has(Role.Treasurer) || actor.IsAdministrator) yield return new("/tresorerie", lang.T("Trésorerie", "Treasury"), "landmark");
        if (actor.Has(Role.PlaceManager) || actor.IsAdministrator) yield return new("/lieu", lang.T("Lieu", "Place"), "building-2");
        if (actor.Has(Role.Animator) || actor.IsAdministrator) yield return new("/cercle", lang.T("Cercle", "Circle"), "handshake");
        yield return new("/catalogue", lang.T("Catalogue", "Catalogue"), "layout-grid");
        if (actor.Has(Role.Buyer)) yield return new("/commandes", lang.T("Mes commandes", "My orders"), "package");
        yield return new("/reserver", lang.T("Réserver", "Book"), "calendar");
        yield return new("/carte", lang.T("Carte", "Map"), "map");
    }

    private IEnumerable<NavItem> Account(Actor actor)
    {
        if (actor.Has(Role.Artisan)) yield return new("/mes-offres", lang.T("Mes offres", "My offers"), "tag");
        yield return new("/reservations", lang.T("Mes réservations", "My bookings"), "calendar");
        if (!actor.Has(Role.Buyer)) yield return new("/commandes", lang.T("Mes commandes", "My orders"), "package");
    }

    private static Task<int> ProposedAsync(MarketDbContext db, Actor actor, CancellationToken cancellation)
    {
        var mine = actor.Organisations();
        return db.Set<WorkOrder>().CountAsync(w => w.State == WorkOrderState.Proposed && mine.Contains(w.WorkshopOrganisationId), cancellation);
    }
}
