using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Judging;

/// <summary>Ways between places, deliveries, the promise.</summary>
internal sealed class TransportJudge(
    Plan plan, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule schedule, Action<Fault, string> find)
{
    private readonly HashSet<(Shipment Shipment, ShippedLot Lot)> _needed = [];

    public void Check()
    {
        foreach (var lot in plan.Lots) CheckLot(lot, request.Lines.First(line => line.Line == lot.Line));
        foreach (var shipment in plan.Shipments) CheckShipment(shipment);

        var last = plan.Lots.Max(lot => ParisTime.DateOf(lot.Delivered));
        if (plan.PromiseDate != last) find(Fault.Promise, $"promised {plan.PromiseDate:O}, delivered {last:O}");
        if (plan.PromiseDate > request.Due) find(Fault.Promise, $"promised {plan.PromiseDate:O}, due {request.Due:O}");
    }

    private void CheckLot(PlannedLot lot, RoutingLine line)
    {
        var name = $"line {lot.Line} lot {lot.Number}";
        var (place, position, ready) = line.Goods is { } goods
            ? ((Guid?)goods.Place, goods.Position, goods.Ready > request.Now ? goods.Ready : request.Now)
            : (null, default, request.Now);
        foreach (var step in lot.Operations.GroupBy(operation => operation.Sequence))
        {
            var workshop = snapshot.Workshop(step.First().Workshop);
            if (place is { } from && from != workshop.Place) ready = Arrival(name, lot, from, workshop.Place, ready, position, workshop.Position) ?? step.Min(run => run.Start);
            if (step.Any(run => run.Start < ready)) find(Fault.Transport, $"{name} operation {step.Key} starts before the goods are there");
            (place, position, ready) = (workshop.Place, workshop.Position, step.Max(run => run.End));
        }

        var delivered = place == request.CollectAt ? ready : Arrival(name, lot, place!.Value, null, ready, position, request.Destination);
        if (delivered is { } there && lot.Delivered != there) find(Fault.Transport, $"{name}: delivered {lot.Delivered:O}, arrives {there:O}");
    }

    /// <summary>When the shipment that carries the lot arrives; null, and noted, when there is none it could go with.</summary>
    private DateTime? Arrival(string name, PlannedLot lot, Guid from, Guid? to, DateTime ready, GeoPoint start, GeoPoint end)
    {
        var km = Math.Round((decimal)start.RoadKm(end), 1, MidpointRounding.AwayFromZero);
        var (departs, arrives) = schedule.Carry(ready, km);
        var carried = new ShippedLot(lot.Line, lot.Number);
        var shipment = plan.Shipments.FirstOrDefault(candidate => candidate.From == from && candidate.To == to && candidate.Departs == departs && candidate.Lots.Contains(carried));
        if (shipment is null)
        {
            find(Fault.Transport, $"{name}: no shipment from {from} on {departs:O}");
            return null;
        }

        if (!_needed.Add((shipment, carried))) find(Fault.Transport, $"{name} travels twice with one shipment");
        if (shipment.Km != km) find(Fault.Transport, $"{name}: {shipment.Km} km instead of {km}");
        if (shipment.Arrives != arrives) find(Fault.Transport, $"{name}: arrives {shipment.Arrives:O}, the schedule says {arrives:O}");
        return shipment.Arrives;
    }

    private void CheckShipment(Shipment shipment)
    {
        var name = $"shipment from {shipment.From} on {shipment.Departs:O}";
        foreach (var lot in shipment.Lots.Where(lot => !_needed.Contains((shipment, lot)))) find(Fault.Transport, $"{name} carries line {lot.Line} lot {lot.Lot} for nothing");
        var weight = shipment.Lots.Sum(carried =>
            plan.Lots.Where(lot => lot.Line == carried.Line && lot.Number == carried.Lot).Sum(lot => lot.Quantity)
            * request.Lines.Where(line => line.Line == carried.Line).Sum(line => line.UnitWeightKg));
        if (shipment.WeightKg != weight) find(Fault.Transport, $"{name}: {shipment.WeightKg} kg instead of {weight}");
        if (shipment.Lots.Count == 0) find(Fault.Transport, $"{name} is empty");

        var band = rules.Transport.Bands.FirstOrDefault(candidate => weight <= candidate.UpToKg) ?? rules.Transport.Bands[^1];
        var trips = weight <= band.UpToKg ? 1 : Math.Ceiling(weight / band.UpToKg);
        var cost = Rounding.ToCents(trips * (band.Flat + band.PerKm * shipment.Km));
        if (shipment.Cost.Cents != cost) find(Fault.Price, $"{name} costs {shipment.Cost.Cents} instead of {cost}");
    }
}
