using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>The manager's door: leads to the day of the place one runs.</summary>
internal static class OwnPlaceEndpoint
{
    public static void MapOwnPlace(this IEndpointRouteBuilder app) => app.MapGet("/lieu", GoAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> GoAsync(HttpContext http, IDbContextFactory<MarketDbContext> databases, CurrentActor current)
    {
        var actor = await current.GetAsync(http.RequestAborted);
        var managed = actor.Roles.Where(r => r.Role == Role.PlaceManager && r.Scope == RoleScope.Place).Select(r => r.ScopeId).ToList();
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        var all = actor.IsAdministrator;
        var code = await db.Set<Place>()
            .Where(p => p.Status == PlaceStatus.Active && (all || managed.Contains(p.Id)))
            .OrderBy(p => p.Name)
            .Select(p => p.Code)
            .FirstOrDefaultAsync(http.RequestAborted);
        return Results.Redirect(code is null ? "/reserver" : $"/lieu/{Uri.EscapeDataString(code)}/jour");
    }
}
