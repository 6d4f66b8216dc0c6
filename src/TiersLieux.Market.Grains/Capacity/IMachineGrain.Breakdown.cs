using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Capacity;

public partial interface IMachineGrain
{
    /// <summary>
    /// The machine cannot be used from now until then. Production on it is taken off and its orders are planned again; members' bookings stay, for the
    /// manager to move. For the workshop, the manager of the place and administrators. While it is broken, a second call changes until when.
    /// </summary>
    Task<Outcome> ReportBreakdown(Guid personId, DateTime until, string reason);

    /// <summary>The machine works again, sooner than was thought.</summary>
    Task<Outcome> ReportRepair(Guid personId);
}
