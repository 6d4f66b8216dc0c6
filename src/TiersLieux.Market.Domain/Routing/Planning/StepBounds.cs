using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Where goods are before a step, and what they have cost so far.</summary>
/// <param name="Position">Null where the way to the first workshop is free or not bounded.</param>
internal readonly record struct Origin((double X, double Y, double Z)? Position, int Ready, long Cents, int Km);

/// <summary>
/// The least that one step of a lot can come to at a machine, or at any machine of a block: work without a break from the notice on, the straight
/// way there and to the customer, the lowest rates. Never more than what planning gives, so what lies behind by its bound need not be planned.
/// </summary>
internal sealed class StepBounds
{
    /// <summary>Distances are rounded to a tenth of a km, and computed in two ways.</summary>
    private const double KmSlack = 0.11;
    private const double SamePlaceKm = 0.2;

    private readonly PlanningContext _context;
    private readonly double _setUp;
    private readonly double _unitTime;
    private readonly double _attendance;
    private readonly double _materialCents;
    private readonly double _fixedCents;
    private readonly bool _isPaidByTime;
    private readonly bool _isLong;
    private readonly int _supplied;
    private readonly double _trips;
    private readonly double _flatCents;
    private readonly double _centsPerKm;
    private readonly (double X, double Y, double Z) _customer;
    private readonly (double X, double Y, double Z)? _collectedAt;

    public StepBounds(PlanningContext context, LineModel model, int index, decimal quantity)
    {
        _context = context;
        var operation = model.Operations[index].Operation;
        _setUp = operation.SetUp.TotalMinutes;
        _unitTime = (double)quantity * operation.UnitTime.TotalMinutes;
        _attendance = (double)operation.Attendance;
        _isLong = WorkTime.IsLong(operation, quantity);
        _isPaidByTime = model.FixedUnitPrice is null;
        if (model.FixedUnitPrice is { } price) _fixedCents = index == 0 ? (double)(quantity * price * 100m) : 0;
        if (operation is { Material: { } code, MaterialPerUnit: > 0 } && _isPaidByTime && context.Rules.Materials.TryGetValue(code, out var material))
        {
            _materialCents = (double)(quantity * operation.MaterialPerUnit * material.UnitPrice * (100m + material.MarginPercent));
            _supplied = context.Clock.Ceiling(context.Request.Now + material.LeadTime);
        }

        var weight = quantity * model.Line.UnitWeightKg;
        var band = context.Rules.Transport.Bands.FirstOrDefault(candidate => weight <= candidate.UpToKg) ?? context.Rules.Transport.Bands[^1];
        _trips = weight <= band.UpToKg ? 1 : (double)Math.Ceiling(weight / band.UpToKg);
        (_flatCents, _centsPerKm) = ((double)band.Flat * 100, (double)band.PerKm * 100);
        _customer = context.Request.Destination.UnitVector();
        if (context.Request.CollectAt is { } place && context.Snapshot.Index.PositionOf(place) is { } position) _collectedAt = position.UnitVector();
    }

    public Measure Of(in Origin origin, IndexBlock block)
    {
        var work = Work(block.MaximumSpeed, block.LargestTeam);
        var cents = block.HasOwnMaterials ? 0 : _materialCents;
        if (_isPaidByTime)
        {
            cents += (_setUp * (block.MinimumRate + _attendance * block.MinimumLabourRate)
                + _unitTime * (block.MinimumRatePerSpeed + _attendance * block.MinimumLabourPerSpeed)) * 100 / 60;
        }

        return Of(origin, block.Centre, block.Radius, block.MinimumNotice, block.HasOwnMaterials, work, cents + _fixedCents);
    }

    public Measure Of(in Origin origin, in IndexEntry entry, int team)
    {
        var cents = entry.HasOwnMaterials ? 0 : _materialCents;
        if (_isPaidByTime) cents += (_setUp + _unitTime / entry.Speed) * (entry.Rate + _attendance * entry.LabourRate) * 100 / 60;
        return Of(origin, entry.Position, 0, entry.NoticeMinutes, entry.HasOwnMaterials, Work(entry.Speed, team), cents + _fixedCents);
    }

    /// <summary>Minutes at least; several machines may share long work.</summary>
    private double Work(double speed, int team) => _setUp + _unitTime / (_isLong ? speed * team : speed);

    private Measure Of(in Origin origin, in (double X, double Y, double Z) at, double radius, int notice, bool ownMaterials, double work, double cents)
    {
        var clock = _context.Clock;
        var ready = Math.Max(origin.Ready, clock.Now + notice);
        if (!ownMaterials) ready = Math.Max(ready, _supplied);
        var km = (double)origin.Km / 10;
        if (origin.Position is { } from)
        {
            var way = Km(from, at, radius);
            if (way > SamePlaceKm)
            {
                ready = Math.Max(ready, clock.Arrival(origin.Ready, clock.DaysOnTheRoad(Tenths(way))));
                cents += Carriage(way);
                km += way;
            }
        }

        var minute = (int)Math.Min(ready + Math.Max(1, Math.Floor(work)), int.MaxValue / 4);
        if (_collectedAt is not { } collected || Km(collected, at, radius) > SamePlaceKm)
        {
            var way = Km(_customer, at, radius);
            minute = IsLast ? clock.Arrival(minute, clock.DaysOnTheRoad(Tenths(way))) : minute;
            cents += Carriage(way);
            km += way;
        }

        return new Measure(minute, origin.Cents + (long)Math.Max(0, cents - 3), Tenths(km));
    }

    /// <summary>Whether the goods are delivered after the step.</summary>
    public bool IsLast { get; init; }

    private double Carriage(double km) => Math.Max(0, _trips * (_flatCents + _centsPerKm * km) - 1);

    private static double Km((double X, double Y, double Z) from, in (double X, double Y, double Z) at, double radius) =>
        Math.Max(0, GeoPoint.RoadKm(Math.Max(0, IndexBlock.Distance(from, at) - radius)) - KmSlack);

    private static int Tenths(double km) => (int)(km * 10);
}
