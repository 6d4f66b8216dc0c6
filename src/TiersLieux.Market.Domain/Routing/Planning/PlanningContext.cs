using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A way goods go: when they arrive, how far (tenths of a km), for how much.</summary>
internal readonly record struct Leg(int Arrives, int Km, long Cents);

/// <summary>One request while it is planned.</summary>
internal sealed class PlanningContext
{
    private readonly Dictionary<int, WorkshopLoad> _workshops = [];
    private readonly Dictionary<int, MachineLoad> _machines = [];
    private readonly Dictionary<(int From, int To), int> _km = [];
    private readonly Dictionary<(decimal WeightKg, int Km), (int Days, long Cents)> _carriage = [];

    public PlanningContext(RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule schedule, PlanningLimits limits)
    {
        (Request, Snapshot, Rules, Schedule) = (request, snapshot, rules, schedule);
        Clock = new PlanningClock(request.Now, schedule);
        Slots = new SlotSearch(Clock);
        Budget = new SearchBudget(limits);
    }

    public RoutingRequest Request { get; }

    public CapacitySnapshot Snapshot { get; }

    public PricingRules Rules { get; }

    public TransportSchedule Schedule { get; }

    public PlanningClock Clock { get; }

    public PlanningState State { get; } = new();

    public SlotSearch Slots { get; }

    public SearchBudget Budget { get; }

    /// <summary>Whether the cost of workshops above their share of work counts for more.</summary>
    public bool IsFair { get; set; }

    /// <summary>Prepares a line whose every operation has a machine that can make it.</summary>
    public LineModel Prepare(RoutingLine line, IReadOnlyList<Eligibility> eligible) => new(
        line, [.. line.Operations.Select((operation, i) => new OperationModel(operation, eligible[i]))], line.FixedPrices?.UnitPrice(line.Quantity));

    public WorkshopLoad Workshop(int position)
    {
        if (_workshops.TryGetValue(position, out var workshop)) return workshop;
        var capacity = Snapshot.WorkshopAt(position);
        var collects = Request.CollectAt == capacity.Place;
        return _workshops[position] = new WorkshopLoad(capacity, position, Request.Now, Clock)
        {
            CustomerCollects = collects,
            KmToCustomer = collects ? 0 : RoundKm(capacity.Position, Request.Destination),
            ShareOfWork = Request.ShareOfWork.GetValueOrDefault(capacity.Id, 1),
        };
    }

    /// <summary>From one workshop to another; at once and for nothing within a place.</summary>
    public Leg Between(WorkshopLoad from, WorkshopLoad to, int ready, decimal weightKg)
    {
        if (from.Capacity.Place == to.Capacity.Place) return new Leg(ready, 0, 0);
        if (!_km.TryGetValue((from.Position, to.Position), out var km))
            _km[(from.Position, to.Position)] = km = RoundKm(from.Capacity.Position, to.Capacity.Position);
        return Carried(ready, weightKg, km);
    }

    public Leg ToCustomer(WorkshopLoad from, int ready, decimal weightKg) =>
        from.CustomerCollects ? new Leg(ready, 0, 0) : Carried(ready, weightKg, from.KmToCustomer);

    public Leg FromGoods(GoodsOrigin? goods, WorkshopLoad to, decimal weightKg)
    {
        if (goods is null) return new Leg(Clock.Now, 0, 0);
        var ready = Math.Max(Clock.Now, Clock.Ceiling(goods.Ready));
        return goods.Place == to.Capacity.Place ? new Leg(ready, 0, 0) : Carried(ready, weightKg, RoundKm(goods.Position, to.Capacity.Position));
    }

    /// <summary>A machine that can make an operation, ready to be planned.</summary>
    public Candidate Candidate(RoutingLine line, RoutingOperation operation, int position)
    {
        var machine = Snapshot.MachineAt(position);
        var workshop = Workshop(Snapshot.Index.Workshop(machine.Workshop));
        if (!_machines.TryGetValue(position, out var load)) _machines[position] = load = new MachineLoad(machine, Snapshot.CalendarAt(position), position, Clock);
        var material = operation is { Material: { } code, MaterialPerUnit: > 0 } && line.FixedPrices is null
            ? Eligibility.MaterialPrice(code, workshop.Capacity, Rules)
            : null;
        var supplied = material is null ? 0 : Clock.Ceiling(Request.Now + material.LeadTime);
        var capability = machine.Capabilities[operation.Process];
        return new Candidate(load, workshop, capability, Math.Max(workshop.Earliest, supplied), material,
            100m / 60m * (capability.HourlyRate + workshop.Capacity.LabourRate * operation.Attendance),
            material is null ? 0 : operation.MaterialPerUnit * material.UnitPrice * (100m + material.MarginPercent));
    }

    private Leg Carried(int ready, decimal weightKg, int km)
    {
        if (!_carriage.TryGetValue((weightKg, km), out var carriage))
            _carriage[(weightKg, km)] = carriage = (Clock.DaysOnTheRoad(km), Rules.Transport.Cost(weightKg, km / 10m).Cents);
        return new Leg(Clock.Arrival(ready, carriage.Days), km, carriage.Cents);
    }

    private static int RoundKm(GeoPoint from, GeoPoint to) => (int)(TransportTable.RoundKm(from.RoadKm(to)) * 10);
}
