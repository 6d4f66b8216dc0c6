using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A way goods go: when they arrive, how far, for how much.</summary>
internal readonly record struct Leg(int Arrives, decimal Km, long Cents);

/// <summary>One request while it is planned.</summary>
internal sealed class PlanningContext
{
    private readonly Dictionary<Guid, WorkshopLoad> _workshops = [];
    private readonly Dictionary<Guid, MachineLoad> _machines = [];
    private readonly Dictionary<(int From, int To), decimal> _km = [];
    private readonly Dictionary<(GoodsOrigin From, int To), decimal> _kmFromGoods = [];
    private readonly Dictionary<(decimal WeightKg, decimal Km), (int Days, long Cents)> _carriage = [];

    public PlanningContext(RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule schedule)
    {
        (Request, Snapshot, Rules) = (request, snapshot, rules);
        Clock = new PlanningClock(request.Now, schedule);
        Slots = new SlotSearch(Clock);
    }

    public RoutingRequest Request { get; }

    public CapacitySnapshot Snapshot { get; }

    public PricingRules Rules { get; }

    public PlanningClock Clock { get; }

    public PlanningState State { get; } = new();

    public SlotSearch Slots { get; }

    /// <summary>Prepares a line; every operation has a machine already found eligible.</summary>
    public LineModel Prepare(RoutingLine line, IReadOnlyList<IReadOnlyList<MachineCapacity>> eligible) => new(
        line,
        [.. line.Operations.Select((operation, i) => new OperationModel(operation,
            [.. eligible[i].Select(machine => Candidate(line, operation, machine)).OrderBy(candidate => candidate.Workshop.Capacity.Id)]))],
        line.FixedPrices?.UnitPrice(line.Quantity));

    /// <summary>From one workshop to another; at once and for nothing within a place.</summary>
    public Leg Between(WorkshopLoad from, WorkshopLoad to, int ready, decimal weightKg)
    {
        if (from.Capacity.Place == to.Capacity.Place) return new Leg(ready, 0, 0);
        if (!_km.TryGetValue((from.Index, to.Index), out var km))
            _km[(from.Index, to.Index)] = km = TransportTable.RoundKm(from.Capacity.Position.RoadKm(to.Capacity.Position));
        return Carried(ready, weightKg, km);
    }

    public Leg ToCustomer(WorkshopLoad from, int ready, decimal weightKg) =>
        from.CustomerCollects ? new Leg(ready, 0, 0) : Carried(ready, weightKg, from.KmToCustomer);

    public Leg FromGoods(GoodsOrigin? goods, WorkshopLoad to, decimal weightKg)
    {
        if (goods is null) return new Leg(Clock.Now, 0, 0);
        var ready = Math.Max(Clock.Now, Clock.Ceiling(goods.Ready));
        if (goods.Place == to.Capacity.Place) return new Leg(ready, 0, 0);
        if (!_kmFromGoods.TryGetValue((goods, to.Index), out var km))
            _kmFromGoods[(goods, to.Index)] = km = TransportTable.RoundKm(goods.Position.RoadKm(to.Capacity.Position));
        return Carried(ready, weightKg, km);
    }

    private Leg Carried(int ready, decimal weightKg, decimal km)
    {
        if (!_carriage.TryGetValue((weightKg, km), out var carriage))
            _carriage[(weightKg, km)] = carriage = (Clock.DaysOnTheRoad(km), Rules.Transport.Cost(weightKg, km).Cents);
        return new Leg(Clock.Arrival(ready, carriage.Days), km, carriage.Cents);
    }

    private Candidate Candidate(RoutingLine line, RoutingOperation operation, MachineCapacity machine)
    {
        if (!_workshops.TryGetValue(machine.Workshop, out var workshop))
        {
            var capacity = Snapshot.Workshop(machine.Workshop);
            var collects = Request.CollectAt == capacity.Place;
            _workshops[machine.Workshop] = workshop = new WorkshopLoad(capacity, _workshops.Count, Request.Now, Clock)
            {
                CustomerCollects = collects,
                KmToCustomer = collects ? 0 : TransportTable.RoundKm(capacity.Position.RoadKm(Request.Destination)),
            };
        }

        if (!_machines.TryGetValue(machine.Id, out var load)) _machines[machine.Id] = load = new MachineLoad(machine, Clock);
        var material = operation is { Material: { } code, MaterialPerUnit: > 0 } && line.FixedPrices is null
            ? Eligibility.MaterialPrice(code, workshop.Capacity, Rules)
            : null;
        var supplied = material is null ? 0 : Clock.Ceiling(Request.Now + material.LeadTime);
        var capability = machine.Capabilities[operation.Process];
        return new Candidate(load, workshop, capability, Math.Max(workshop.Earliest, supplied), material,
            100m / 60m * (capability.HourlyRate + workshop.Capacity.LabourRate * operation.Attendance),
            material is null ? 0 : operation.MaterialPerUnit * material.UnitPrice * (100m + material.MarginPercent));
    }
}
