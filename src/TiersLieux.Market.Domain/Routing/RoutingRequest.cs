using System.Collections.Frozen;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>What is to be made, for where and when.</summary>
/// <param name="Destination">Where the customer gets the goods.</param>
/// <param name="Now">UTC. Nothing is planned before it.</param>
/// <param name="Due">Latest delivery date (Paris); plans that miss it are not given.</param>
public sealed record RoutingRequest(IReadOnlyList<RoutingLine> Lines, GeoPoint Destination, DateTime Now, DateOnly? Due = null)
{
    /// <summary>The place where the customer collects; goods made there are not carried. Null: delivered to the address.</summary>
    public Guid? CollectAt { get; init; }

    /// <summary>Workshops that may not be asked (again), for instance because they declined.</summary>
    public IReadOnlySet<Guid> Excluded { get; init; } = new HashSet<Guid>();

    /// <summary>
    /// How much work workshops had lately against what their capacity entitles them to: 1 is a workshop's share, less is below it; a workshop not named counts as 1.
    /// Among plans of nearly the same price those of workshops far below their share are preferred. Empty: fairness does not count.
    /// </summary>
    public IReadOnlyDictionary<Guid, decimal> ShareOfWork { get; init; } = FrozenDictionary<Guid, decimal>.Empty;
}

/// <summary>A quantity of one product and how it is made.</summary>
/// <param name="Line">Number of the order line.</param>
/// <param name="Quantity">More than 0; whole pieces are split into whole pieces.</param>
/// <param name="MinimumLot">No lot of a split batch is smaller.</param>
/// <param name="Operations">In the order in which they are made, so a cycle cannot be written.</param>
public sealed record RoutingLine(int Line, decimal Quantity, decimal UnitWeightKg, int MinimumLot, IReadOnlyList<RoutingOperation> Operations)
{
    /// <summary>Percent of VAT the seller adds.</summary>
    public decimal VatRate { get; init; } = 20m;

    /// <summary>1: the batch stays whole. At most 4.</summary>
    public int MaximumLots { get; init; } = RoutingLimits.MaximumLots;

    /// <summary>The only workshop that makes it: an artisan's own offer. Null: any.</summary>
    public Guid? OnlyWorkshop { get; init; }

    /// <summary>Price of an artisan's own offer, instead of time and material; goes with <see cref="OnlyWorkshop"/>.</summary>
    public QuantityPrices? FixedPrices { get; init; }

    /// <summary>Where unfinished goods lie when only the rest is to be made; null when nothing is begun.</summary>
    public GoodsOrigin? Goods { get; init; }
}

/// <summary>Where unfinished goods are, and from when they can go on.</summary>
public sealed record GoodsOrigin(Guid Place, GeoPoint Position, DateTime Ready, Text Name);

/// <summary>One step of a product's routing.</summary>
/// <param name="Sequence">Strictly increasing within the line.</param>
/// <param name="Process">Code of the process.</param>
/// <param name="SetUp">Once per lot.</param>
/// <param name="UnitTime">Per unit of quantity on a machine of speed 1.</param>
public sealed record RoutingOperation(int Sequence, string Process, TimeSpan SetUp, TimeSpan UnitTime)
{
    /// <summary>The process in words; the code when absent.</summary>
    public Text? Name { get; init; }

    /// <summary>Code of the material worked; null when any machine of the process will do.</summary>
    public string? Material { get; init; }

    /// <summary>Material used up per unit of quantity, in the material's unit; 0 when it only works what earlier operations made.</summary>
    public decimal MaterialPerUnit { get; init; }

    /// <summary>People at the machine while it works, to two decimals: 1 all the time, 0.25 a quarter of it, 0 none.</summary>
    public decimal Attendance { get; init; } = 1m;

    /// <summary>Whether it may be suspended at closing time.</summary>
    public bool Interruptible { get; init; } = true;

    /// <summary>Size of the piece; null when it fits everywhere.</summary>
    public WorkArea? Piece { get; init; }

    /// <summary>Certification the workshop needs (code), or null.</summary>
    public string? Certification { get; init; }

    internal Text Label => Name ?? new Text(Process, Process);
}

/// <summary>Length, width and height (or thickness) in millimetres.</summary>
public readonly record struct WorkArea(int LengthMm, int WidthMm, int HeightMm)
{
    /// <summary>Whether a piece fits, lying either way round.</summary>
    public bool Fits(WorkArea piece) => piece.HeightMm <= HeightMm
        && ((piece.LengthMm <= LengthMm && piece.WidthMm <= WidthMm) || (piece.LengthMm <= WidthMm && piece.WidthMm <= LengthMm));

    public override string ToString() => FormattableString.Invariant($"{LengthMm} × {WidthMm} × {HeightMm} mm");
}

/// <summary>Bounds of what is planned.</summary>
public static class RoutingLimits
{
    public const int MaximumLots = 4;
    public const int MaximumLines = 100;
    public const int MaximumOperations = 50;
    public const decimal MaximumQuantity = 1_000_000m;
    public const decimal MaximumAttendance = 10m;

    /// <summary>Fairness may cost this part of the price and no more.</summary>
    public const decimal FairnessCost = 0.03m;

    /// <summary>Nothing is planned to end later than this after now.</summary>
    public static TimeSpan Horizon { get; } = TimeSpan.FromDays(120);
}
