using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Where goods are before a step, and what they have cost so far.</summary>
/// <param name="Position">Null where the way to the first workshop is free or not bounded.</param>
internal readonly record struct Origin((double X, double Y, double Z)? Position, int Ready, long Cents, int Km);

/// <summary>
/// The least that one step of a lot can come to at a machine, or at any machine of a block: work without a break from the notice on, the straight
/// way there and to the customer, the lowest rates; the outlay is a score in cents, compared and never paid. Never more than what planning gives, so what lies behind by its bound need not be planned.
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
    private readonly double _materialOutlay;
    private readonly double _fixedOutlay;
    private readonly bool _isPaidByTime;
    private readonly bool _isLong;
    private readonly int _supplied;
    private readonly double _trips;
    private readonly double _flatOutlay;
    private readonly double _outlayPerKm;
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
        if (model.FixedUnitPrice is { } price) _fixedOutlay = index == 0 ? (double)(quantity * price * 100m) : 0;
        if (operation is { Material: { } code, MaterialPerUnit: > 0 } && _isPaidByTime && context.Rules.Materials.TryGetValue(code, out var material))
        {
            _materialOutlay = (double)(quantity * operation.MaterialPerUnit * material.UnitPrice * (100m + material.MarginPercent));
            _supplied = context.Clock.Ceiling(context.Request.Now + material.LeadTime);
        }

        var weight = quantity * model.Line.UnitWeightKg;
        var band = context.Rules.Transport.Bands.FirstOrDefault(candidate => weight <= candidate.UpToKg) ?? context.Rules.Transport.Bands[^1];
        _trips = weight <= band.UpToKg ? 1 : (double)Math.Ceiling(weight / band.UpToKg);
        (_flatOutlay, _outlayPerKm) = ((double)band.Flat * 100, (double)band.PerKm * 100);
        _customer = context.Request.Destination.UnitVector();
        if (context.Request.CollectAt is { } place && context.Snapshot.Index.PositionOf(place) is { } position) _collectedAt = position.UnitVector();
    }

    /// <summary>Of any machine of a block, alone or with others of its workshop.</summary>
    public Measure Of(in Origin origin, IndexBlock block)
    {
        var outlay = block.HasOwnMaterials ? 0 : _materialOutlay;
        if (_isPaidByTime)
        {
            outlay += (_setUp * (block.MinimumRate + _attendance * block.MinimumLabourRate)
                + _unitTime * (block.MinimumRatePerSpeed + _attendance * block.MinimumLabourPerSpeed)) * 100 / 60;
        }

        var work = _setUp + _unitTime / (_isLong ? block.MaximumTeamSpeed : block.MaximumSpeed);
        var reached = Reach(origin, block.Centre, block.Radius, block.MinimumNotice, block.HasOwnMaterials, outlay + _fixedOutlay);
        return Home(End(reached.Minute, work, block.MostInDay, block.MostInWeek), reached, block.Centre, block.Radius);
    }

    /// <summary>Of one machine alone, by its rates and the longest days it works.</summary>
    /// <param name="minutes">Work at least.</param>
    /// <param name="ready">Not before.</param>
    public Measure Alone(in Origin origin, in IndexEntry entry, FreeCalendar calendar, out int minutes, out int ready)
    {
        var work = _setUp + _unitTime / entry.Speed;
        minutes = (int)Math.Clamp(Math.Floor(work), 1, int.MaxValue / 8);
        var reached = Reach(origin, entry.Position, 0, entry.NoticeMinutes, entry.HasOwnMaterials, Outlay(entry, entry.Speed, entry.Rate));
        ready = reached.Minute;
        return Home(End(ready, work, calendar.MostInDay, calendar.MostInWeek), reached, entry.Position, 0);
    }

    /// <summary>The same, when it is known to end no sooner.</summary>
    public Measure Alone(in Origin origin, in IndexEntry entry, int end) =>
        Home(end, Reach(origin, entry.Position, 0, entry.NoticeMinutes, entry.HasOwnMaterials, Outlay(entry, entry.Speed, entry.Rate)), entry.Position, 0);

    /// <summary>Of the machines of a workshop that share the work.</summary>
    public Measure Shared(in Origin origin, IndexBlock block, int index, out int ready)
    {
        ref readonly var entry = ref block.Entries[index];
        var outlay = Outlay(entry, block.MaximumSpeed, Math.Min(block.MinimumRatePerSpeed * block.MaximumSpeed, entry.Rate));
        var reached = Reach(origin, entry.Position, 0, entry.NoticeMinutes, entry.HasOwnMaterials, outlay);
        ready = reached.Minute;
        return Home(End(ready, _setUp + _unitTime / block.TeamSpeeds[index], block.MostInDay, block.MostInWeek), reached, entry.Position, 0);
    }

    /// <summary>Whether the machines of a workshop have the free time for the work between two minutes, people and breaks aside.</summary>
    public bool HasRoom(IndexBlock block, int index, int ready, int end)
    {
        if (end <= ready) return false;
        var (needed, workshop, origin) = (_unitTime, block.Entries[index].Workshop, _context.Clock.Origin);
        end = Math.Min(end, _context.Clock.End);
        foreach (ref readonly var entry in block.Entries.AsSpan())
        {
            if (entry.Workshop == workshop) needed -= _context.Snapshot.CalendarAt(entry.Machine).FreeBetween(ready + origin, end + origin) * entry.Speed;
        }

        return needed <= 0.001;
    }

    private double Outlay(in IndexEntry entry, double speed, double rate)
    {
        var outlay = _fixedOutlay + (entry.HasOwnMaterials ? 0 : _materialOutlay);
        return _isPaidByTime ? outlay + (_setUp + _unitTime / speed) * (rate + _attendance * entry.LabourRate) * 100 / 60 : outlay;
    }

    /// <summary>From the first minute of work to the last at least, where no more than so many minutes can be worked in any day and any week.</summary>
    private static double Span(double work, int mostInDay, int mostInWeek)
    {
        if (mostInDay <= 0 || mostInWeek <= 0) return int.MaxValue / 8;
        var weeks = Math.Max(0, Math.Ceiling(work / mostInWeek) - 1);
        var rest = work - weeks * mostInWeek;
        var days = Math.Max(0, Math.Ceiling(rest / mostInDay) - 1);
        return Math.Max(work, weeks * 7 * 24 * 60 + days * 24 * 60 + rest - days * mostInDay);
    }

    /// <summary>The way there: when work may begin, what was paid by then and for the work, and the km.</summary>
    private (int Minute, double Outlay, double Km) Reach(in Origin origin, in (double X, double Y, double Z) at, double radius, int notice, bool ownMaterials, double outlay)
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
                outlay += Carriage(way);
                km += way;
            }
        }

        return (ready, origin.Cents + Math.Max(0, outlay - 3), km);
    }

    /// <summary>The end of work that begins at a minute.</summary>
    private static int End(int ready, double work, int mostInDay, int mostInWeek) =>
        (int)Math.Min(ready + Math.Max(1, Math.Floor(Span(work, mostInDay, mostInWeek))), int.MaxValue / 4);

    /// <summary>The way to the customer, as every plan so far is compared by it.</summary>
    private Measure Home(int end, in (int Minute, double Outlay, double Km) reached, in (double X, double Y, double Z) at, double radius)
    {
        var (outlay, km) = (reached.Outlay, reached.Km);
        if (_collectedAt is not { } collected || Km(collected, at, radius) > SamePlaceKm)
        {
            var way = Km(_customer, at, radius);
            if (IsLast) end = _context.Clock.Arrival(end, _context.Clock.DaysOnTheRoad(Tenths(way)));
            outlay += Carriage(way);
            km += way;
        }

        return new Measure(end, (long)outlay, Tenths(km));
    }

    /// <summary>Whether the goods are delivered after the step.</summary>
    public bool IsLast { get; init; }

    private double Carriage(double km) => Math.Max(0, _trips * (_flatOutlay + _outlayPerKm * km) - 1);

    private static double Km((double X, double Y, double Z) from, in (double X, double Y, double Z) at, double radius) =>
        Math.Max(0, GeoPoint.LeastRoadKm(Math.Max(0, IndexBlock.Distance(from, at) - radius)) - KmSlack);

    private static int Tenths(double km) => (int)(km * 10);
}
