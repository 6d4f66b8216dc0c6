using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Capacity;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>Earlier times for work of an order.</summary>
/// <param name="AsRead">What the order was when this was planned: <see cref="Fingerprint"/>.</param>
/// <param name="Before">When it would have been with its customer (Paris).</param>
/// <param name="Expected">When it is instead.</param>
[GenerateSerializer, Immutable]
public sealed record AdvanceOrder(
    [property: Id(0)] Guid OrderId,
    [property: Id(1)] string AsRead,
    [property: Id(2)] DateOnly Before,
    [property: Id(3)] DateOnly Expected,
    [property: Id(4)] IReadOnlyList<MovedOperation> Operations)
{
    /// <summary>Changes with each change of the order or of any of its work orders.</summary>
    public static string Fingerprint(Order order) =>
        FormattableString.Invariant($"{order.Version}") + string.Concat(order.WorkOrders.OrderBy(w => w.Id).Select(w => FormattableString.Invariant($" {w.Id:N}:{w.Version}")));
}

/// <summary>An operation of a work order, by line, lot and step, and where it goes.</summary>
/// <param name="Segments">When it is worked on.</param>
[GenerateSerializer, Immutable]
public sealed record MovedOperation(
    [property: Id(0)] Guid WorkOrderId,
    [property: Id(1)] int Line,
    [property: Id(2)] int Lot,
    [property: Id(3)] int Sequence,
    [property: Id(4)] Guid MachineId,
    [property: Id(5)] Slot Time,
    [property: Id(6)] IReadOnlyList<Slot> Segments,
    [property: Id(7)] int PeopleMinutes);
