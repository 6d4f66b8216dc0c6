using System.Collections.Frozen;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>Orders that are being made, and the network they are made in.</summary>
/// <param name="Snapshot">Machines as free as if no movable operation had a time; people with all that is promised, movable work included.</param>
/// <param name="Rules">For the lead times of materials.</param>
/// <param name="Now">UTC.</param>
public sealed record RunningShop(IReadOnlyList<RunningOrder> Orders, CapacitySnapshot Snapshot, PricingRules Rules, DateTime Now)
{
    /// <summary>Work that starts sooner than this after now is frozen: workshops know two days ahead what they do.</summary>
    public static TimeSpan Freeze { get; } = TimeSpan.FromDays(2);

    /// <summary>Minutes that production has left in the Paris week from a Monday on, for machines that keep hours for members; a machine that is not named keeps none.</summary>
    public IReadOnlyDictionary<(Guid Machine, DateOnly Monday), int> LeftForProduction { get; init; } = FrozenDictionary<(Guid, DateOnly), int>.Empty;
}

/// <summary>An order in production.</summary>
/// <param name="Promise">Paris date given to the customer.</param>
/// <param name="Destination">Where the customer is.</param>
public sealed record RunningOrder(Guid Id, DateOnly Promise, GeoPoint Destination, IReadOnlyList<RunningLot> Lots);

/// <summary>A lot with all its operations, in the order of the routing.</summary>
public sealed record RunningLot(int Line, int Number, IReadOnlyList<RunningOperation> Operations);

/// <summary>An operation where it is planned now.</summary>
/// <param name="PeopleMinutes">Of the workshop's people, spread over the segments.</param>
public sealed record RunningOperation(
    Guid WorkOrder, int Sequence, Guid Workshop, Guid Machine, decimal Quantity, DateTime Start, DateTime End, IReadOnlyList<Interval> Segments, int PeopleMinutes)
{
    /// <summary>What its routing asks for, if its work order may move; null: it stays.</summary>
    public RoutingOperation? Movable { get; init; }

    /// <summary>Not moved before this, for instance until when the workshop may still say no.</summary>
    public DateTime? NotBefore { get; init; }

    internal int WorkingMinutes => (int)Math.Ceiling(Segments.Sum(segment => segment.Length.TotalMinutes));
}

/// <summary>An order that can be with its customer sooner.</summary>
/// <param name="Before">Paris date on which it would arrive as planned now.</param>
/// <param name="Expected">The date on which it arrives instead, a day or more sooner.</param>
/// <param name="Operations">Those that move; all others stay.</param>
public sealed record AdvancedOrder(Guid Id, DateOnly Before, DateOnly Expected, IReadOnlyList<AdvancedOperation> Operations);

/// <summary>Where an operation goes: another time, on the same machine or another one of its workshop.</summary>
public sealed record AdvancedOperation(int Line, int Lot, RunningOperation Was, Guid Machine, DateTime Start, DateTime End, IReadOnlyList<Interval> Segments)
{
    /// <summary>Of the workshop's people.</summary>
    public int PeopleMinutes => Was.Movable is { } asked ? (int)Math.Floor((decimal)Segments.Sum(segment => segment.Length.TotalMinutes) * asked.Attendance) : Was.PeopleMinutes;
}
