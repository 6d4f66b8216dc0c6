using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Web.Access;

/// <summary>What queries ask of an actor.</summary>
public static class ActorExtensions
{
    /// <summary>The organisations the person acts for; the list behind <see cref="Actor.ActsFor"/>.</summary>
    public static Guid[] Organisations(this Actor actor) =>
        [.. actor.Roles.Where(r => r is { Scope: RoleScope.Organisation, ScopeId: not null }).Select(r => r.ScopeId!.Value).Concat(actor.OrganisationId is { } own ? [own] : []).Distinct()];

    /// <summary>Sees every order and document: the consortium's treasurer and administrator.</summary>
    public static bool SeesAllMoney(this Actor actor) => actor.IsAdministrator || actor.Roles.Any(r => r is { Role: Role.Treasurer, Scope: RoleScope.Consortium });
}
