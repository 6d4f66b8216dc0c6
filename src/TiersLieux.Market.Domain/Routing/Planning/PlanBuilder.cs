using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Turns placed lots into a plan: numbered lots, shared shipments, shares, price, km, CO2.</summary>
internal sealed class PlanBuilder(PlanningContext context)
{
    private static readonly Text Customer = new("client", "customer");

    public Plan Build(IReadOnlyList<LotDraft> drafts)
    {
        var lots = drafts
            .GroupBy(draft => draft.Model.Line.Line)
            .OrderBy(line => line.Key)
            .SelectMany(line => line.Select((draft, i) => (Draft: draft, Lot: ToLot(draft, i + 1))))
            .ToList();
        var shipments = Shipments(lots);
        var shares = Shares(lots.Select(lot => lot.Draft));
        var price = OrderPricing.Of(
            [.. drafts.Select(draft => draft.Model.Line).Distinct().OrderBy(line => line.Line)
                .Select(line => new PricedLine(line.Line, line.Quantity, line.UnitWeightKg, line.VatRate))],
            shares,
            [.. shipments.Select(shipment => new CarriedLoad(shipment.From, shipment.To, shipment.Shipment.WeightKg, shipment.Shipment.Km, shipment.Shipment.Cost))],
            context.Rules);
        var emissions = context.Rules.Emissions;
        var co2 = shipments.Sum(shipment => emissions.OfTransport(shipment.Shipment.WeightKg, shipment.Shipment.Km))
            + drafts.SelectMany(draft => draft.Operations).Sum(operation => emissions.OfWork(
                operation.Candidate.Machine.Capacity.PowerKilowatts, operation.Segments.Sum(segment => segment.End - segment.Start) / 60m));
        return new Plan(PlanKind.Fastest, lots.Max(lot => ParisTime.DateOf(lot.Lot.Delivered)),
            [.. lots.Select(lot => lot.Lot)], [.. shipments.Select(shipment => shipment.Shipment)], shares, price,
            shipments.Sum(shipment => shipment.Shipment.Km), Math.Round(co2, 2, MidpointRounding.AwayFromZero), new Text("", ""));
    }

    private PlannedLot ToLot(LotDraft draft, int number) => new(draft.Model.Line.Line, number, draft.Quantity,
        [.. draft.Operations.Select(operation => new PlannedOperation(
            draft.Model.Line.Operations[operation.Index].Sequence, draft.Model.Line.Operations[operation.Index].Process,
            operation.Candidate.Machine.Capacity.Id, operation.Candidate.Workshop.Capacity.Id,
            context.Clock.At(operation.Start), context.Clock.At(operation.End),
            [.. operation.Segments.Select(segment => new Interval(context.Clock.At(segment.Start), context.Clock.At(segment.End)))])
            { Quantity = operation.Quantity == draft.Quantity ? null : operation.Quantity })],
        context.Clock.At(draft.Delivered));

    /// <summary>Lots that leave one place for another on the same round go together.</summary>
    private List<(Shipment Shipment, Text From, Text To)> Shipments(IReadOnlyList<(LotDraft Draft, PlannedLot Lot)> lots) =>
        [.. lots.SelectMany(lot => Legs(lot.Draft, new ShippedLot(lot.Lot.Line, lot.Lot.Number)))
            .GroupBy(leg => (leg.From, leg.To, leg.Departs, leg.Arrives, leg.Km))
            .OrderBy(group => group.Key.Departs).ThenBy(group => group.Key.From).ThenBy(group => group.Key.To)
            .Select(group =>
            {
                var weight = group.Sum(leg => leg.WeightKg);
                return (new Shipment(group.Key.From, group.Key.To, context.Clock.At(group.Key.Departs), context.Clock.At(group.Key.Arrives),
                    weight, group.Key.Km, context.Rules.Transport.Cost(weight, group.Key.Km), [.. group.Select(leg => leg.Lot)]),
                    group.First().FromName, group.First().ToName);
            })];

    private IEnumerable<Trip> Legs(LotDraft draft, ShippedLot lot)
    {
        var weight = draft.Quantity * draft.Model.Line.UnitWeightKg;
        // The runs of a step are in one workshop, and the lot goes on when the last is over.
        var steps = draft.Operations.GroupBy(run => run.Index).Select(step => (step.First().Candidate.Workshop, End: step.Max(run => run.End))).ToList();
        var first = steps[0].Workshop;
        if (draft.Model.Line.Goods is { } goods && goods.Place != first.Capacity.Place)
        {
            var ready = Math.Max(context.Clock.Now, context.Clock.Ceiling(goods.Ready));
            yield return Trip.Of(context, goods.Place, goods.Name, first.Capacity.Place, first.Capacity.Name, ready, context.FromGoods(goods, first, weight), weight, lot);
        }

        foreach (var ((from, end), (to, _)) in steps.Zip(steps.Skip(1)))
        {
            if (from.Capacity.Place == to.Capacity.Place) continue;
            yield return Trip.Of(context, from.Capacity.Place, from.Capacity.Name, to.Capacity.Place, to.Capacity.Name, end, context.Between(from, to, end, weight), weight, lot);
        }

        var last = steps[^1].Workshop;
        if (last.CustomerCollects) yield break;
        yield return Trip.Of(context, last.Capacity.Place, last.Capacity.Name, null, Customer, draft.End, context.ToCustomer(last, draft.End, weight), weight, lot);
    }

    private static List<WorkshopShare> Shares(IEnumerable<LotDraft> drafts) =>
        [.. drafts
            .SelectMany(draft => draft.Operations.Select(operation => (
                Workshop: operation.Candidate.Workshop.Capacity,
                operation.Start,
                Items: draft.Model.Items(operation.Index, operation.Quantity, operation.Candidate))))
            .GroupBy(work => work.Workshop)
            .OrderBy(workshop => workshop.Min(work => work.Start)).ThenBy(workshop => workshop.Key.Id)
            .Select(workshop => WorkshopShare.Of(workshop.Key.Id, [.. workshop.SelectMany(work => work.Items)], workshop.Key.MinimumOrder))];

    private sealed record Trip(Guid From, Text FromName, Guid? To, Text ToName, int Departs, int Arrives, decimal Km, decimal WeightKg, ShippedLot Lot)
    {
        public static Trip Of(PlanningContext context, Guid from, Text fromName, Guid? to, Text toName, int ready, Leg leg, decimal weight, ShippedLot lot) =>
            new(from, fromName, to, toName, context.Clock.Departure(ready), leg.Arrives, leg.Km / 10m, weight, lot);
    }
}
