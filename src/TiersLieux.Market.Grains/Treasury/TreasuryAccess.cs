using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>Who may see and change a legal person's books: its treasurers and the consortium's administrators.</summary>
public static class TreasuryAccess
{
    private static readonly Reason ForTreasurers = new(
        "not-allowed",
        "Cette page est réservée à la trésorerie. Demandez le rôle de trésorière ou trésorier à l'administration du consortium.",
        "This is for treasurers. Ask the consortium's administrators for the treasurer's role.");

    /// <summary>Why not, or null.</summary>
    public static Reason? Refuse(Actor actor, Guid entityId) =>
        actor.IsAnonymous ? Reasons.SignIn : actor.Has(Role.Treasurer, RoleScope.Organisation, entityId) ? null : ForTreasurers;
}
