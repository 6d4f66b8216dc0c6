using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing;

public enum PlanKind
{
    Fastest,
    Cheapest,
    Nearest,
    Balanced,
}

/// <summary>One way to make an order.</summary>
/// <param name="PromiseDate">Paris date on which the last goods are with the customer, transport included.</param>
/// <param name="Km">Km driven by all shipments.</param>
/// <param name="Reason">Why one might choose it.</param>
public sealed record Plan(
    PlanKind Kind,
    DateOnly PromiseDate,
    IReadOnlyList<PlannedLot> Lots,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<WorkshopShare> Shares,
    Price Price,
    decimal Km,
    decimal Co2Kg,
    Text Reason)
{
    /// <summary>Other kinds that this same plan is the best of; it is given once.</summary>
    public IReadOnlyList<PlanKind> Also { get; init; } = [];

    /// <summary>The workshops that take part, in the order of their shares.</summary>
    public IEnumerable<Guid> Workshops => Shares.Select(share => share.Workshop);
}

/// <summary>A part of a line's quantity that is made together.</summary>
/// <param name="Number">From 1 within its line.</param>
/// <param name="Operations">In the order of the routing; more than one of a step when machines of the workshop share it, or one comes back to it: see <see cref="PlannedOperation.Quantity"/>.</param>
/// <param name="Delivered">When it is with the customer, UTC.</param>
public sealed record PlannedLot(int Line, int Number, decimal Quantity, IReadOnlyList<PlannedOperation> Operations, DateTime Delivered);

/// <summary>
/// An operation on a machine. From start to end the machine is the operation's, also over closing time when work is suspended,
/// so one row of occupation from <paramref name="Start"/> to <paramref name="End"/> holds it.
/// </summary>
/// <param name="Segments">When it is really worked on, to the minute; one unless it is suspended.</param>
public sealed record PlannedOperation(int Sequence, string Process, Guid Machine, Guid Workshop, DateTime Start, DateTime End, IReadOnlyList<Interval> Segments)
{
    /// <summary>
    /// Pieces made in this run, where the step of a lot is shared out over several runs in one workshop, each with its own set-up; the next step
    /// starts when all are done. Null: the whole lot.
    /// </summary>
    public decimal? Quantity { get; init; }

    public TimeSpan WorkingTime => TimeSpan.FromTicks(Segments.Sum(segment => segment.Length.Ticks));
}

/// <summary>Lots carried together from one place to another.</summary>
/// <param name="From">Place they leave.</param>
/// <param name="To">Place they go to; null is the customer.</param>
public sealed record Shipment(Guid From, Guid? To, DateTime Departs, DateTime Arrives, decimal WeightKg, decimal Km, Money Cost, IReadOnlyList<ShippedLot> Lots);

/// <summary>A lot on its way.</summary>
public sealed record ShippedLot(int Line, int Lot);
