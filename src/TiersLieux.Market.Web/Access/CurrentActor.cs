using System.Security.Claims;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Web.Access;

/// <summary>Who makes this request, with the roles held at this moment; read once per request.</summary>
public sealed class CurrentActor(IHttpContextAccessor http, ActorDirectory directory)
{
    private Actor? _actor;

    public async ValueTask<Actor> GetAsync(CancellationToken cancellation = default) =>
        _actor ??= await directory.FindAsync(PersonId(http.HttpContext?.User), cancellation);

    /// <summary>The signed-in person's id, or the empty id.</summary>
    public static Guid PersonId(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty;
}
