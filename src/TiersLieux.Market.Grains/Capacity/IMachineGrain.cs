using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>A stretch of a machine's time, UTC, half-open.</summary>
[GenerateSerializer, Immutable]
public sealed record Slot([property: Id(0)] DateTime Start, [property: Id(1)] DateTime End);

/// <summary>The single writer of one resource's time. Its key is the resource's id.</summary>
public partial interface IMachineGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Keeps all the slots for a work order until the deadline, or none. Asking again for the same owner replaces nothing that it already holds.
    /// Refused with <c>slot-taken</c> when any of it is gone.
    /// </summary>
    Task<Outcome> Hold(Guid ownerId, IReadOnlyList<Slot> slots, DateTime deadline);

    /// <summary>Keeps what is held for the owner until a later deadline.</summary>
    Task Extend(Guid ownerId, DateTime deadline);

    /// <summary>
    /// Turns what is held for the owner into reservations of exactly these slots; what else it has here is given back. Refused, and nothing changed, when
    /// a hold has gone in the meantime and its time is taken.
    /// </summary>
    Task<Outcome> Confirm(Guid ownerId, IReadOnlyList<Slot> slots);

    /// <summary>Gives back what the owner has here.</summary>
    Task Release(Guid ownerId);
}
