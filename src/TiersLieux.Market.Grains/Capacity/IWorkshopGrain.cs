using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>People-minutes on a Paris date.</summary>
[GenerateSerializer, Immutable]
public sealed record DayLoad([property: Id(0)] DateOnly Day, [property: Id(1)] int Minutes);

/// <summary>The single writer of a workshop's people-hours, which cross its machines. Its key is the workshop's id.</summary>
public interface IWorkshopGrain : IGrainWithGuidKey
{
    /// <summary>Promises people's time to a work order until the deadline: exactly these days, or nothing is changed.</summary>
    Task<Outcome> HoldPeople(Guid ownerId, IReadOnlyList<DayLoad> days, DateTime deadline);

    Task ExtendPeople(Guid ownerId, DateTime deadline);

    /// <summary>Keeps the promise for good, claiming anew what has run out.</summary>
    Task<Outcome> ConfirmPeople(Guid ownerId, IReadOnlyList<DayLoad> days);

    Task ReleasePeople(Guid ownerId);
}
