using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Orders;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>
/// Finds somebody else for work that a workshop will not do. First only that work is planned, in the time between what comes before and after it, so that
/// nobody else notices. Where that does not fit and nothing has begun, the whole order is planned anew. The customer's price stays as accepted.
/// </summary>
public sealed partial class OrderGrain
{
    private async Task<bool> ReplaceAsync(Order order)
    {
        await ReleaseAsync(order.WorkOrders.Where(w => w.NeedsReplacement));
        await using var db = await databases.CreateDbContextAsync();
        var context = await ReplanContext.LoadAsync(db, order, clock.UtcNow(), await board.SnapshotAsync());

        if (context.PlanMissingOnly() is { } patch)
        {
            await RecordReplacementAsync(patch, wholeOrder: false);
            return true;
        }

        if (order.LiveWorkOrders.All(w => !w.HasBegun) && context.PlanAll() is { } plan)
        {
            await RecordReplacementAsync([(plan, context.QuoteLines)], wholeOrder: true);
            return true;
        }

        await ChangeAsync((write, o) =>
        {
            o.LookAgain(clock.UtcNow() + RetryReplanning);
            if (!write.Set<OrderEvent>().Any(e => e.OrderId == o.Id && e.Kind == "replanning-stuck"))
                Tell(write, o, "replanning-stuck", new Text("Aucun atelier n'est libre pour l'instant : le consortium s'en occupe", "No workshop is free for now: the consortium takes care of it"), "");
        });
        return false;
    }

    /// <summary>New work orders in the place of the old; the next step gives back the time of the old, then takes that of the new and proposes them.</summary>
    private async Task RecordReplacementAsync(IReadOnlyList<(Plan Plan, IReadOnlyList<QuoteLine> Lines)> parts, bool wholeOrder)
    {
        await writer.WriteAsync(async (db, c) =>
        {
            var order = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, c);
            if (!order.WorkOrders.Any(w => w.NeedsReplacement)) return;
            var now = clock.UtcNow();
            foreach (var old in order.WorkOrders.Where(w => w.NeedsReplacement || (wholeOrder && w.IsLive)).ToList()) old.Replace(now);
            foreach (var (plan, lines) in parts)
            {
                foreach (var workOrder in await MakeWorkOrdersAsync(db, order.Id, order.Number, plan, lines, order.WorkOrders.Count, c))
                {
                    order.AddWorkOrder(workOrder);
                    db.Add(workOrder);
                }
            }

            if (wholeOrder)
            {
                var before = order.PromiseDate;
                order.Replanned(parts[0].Plan);
                if (order.PromiseDate != before) MailOutbox.PromiseMoved(db, order, before, now);
                Tell(db, order, "replanned", new Text($"Nouveau plan : livraison le {order.PromiseDate:dd/MM/yyyy}", $"New plan: delivery on {order.PromiseDate:yyyy-MM-dd}"), "");
            }
            else
            {
                Tell(db, order, "replanned", new Text("Un autre atelier prend le relais, la date ne change pas", "Another workshop takes over, the date does not change"), "");
            }

            order.LookAgain(now + StepTime);
        });
        KillPoints.Pass(KillPoints.Replanned);
    }

    /// <summary>What planning again needs to know of an order.</summary>
    private sealed class ReplanContext
    {
        private Order _order = null!;
        private DateTime _now;
        private CapacitySnapshot _snapshot = null!;
        private Domain.Orders.Pricing.PricingRules _rules = null!;
        private GeoPoint _destination;
        private Dictionary<Guid, Offer> _offers = null!;
        private Dictionary<string, Text> _processes = null!;

        public IReadOnlyList<QuoteLine> QuoteLines { get; private set; } = [];

        private HashSet<Guid> Excluded => [.. _order.WorkOrders.Where(w => w.State == WorkOrderState.Declined).Select(w => w.WorkshopId)];

        public static async Task<ReplanContext> LoadAsync(MarketDbContext db, Order order, DateTime now, CapacitySnapshot snapshot)
        {
            var quote = await db.Set<Quote>().AsNoTracking().FirstAsync(q => q.Id == order.QuoteId);
            var offerIds = quote.Lines.Select(l => l.OfferId).ToArray();
            var commune = await db.Set<Commune>().AsNoTracking().FirstAsync(c => c.Insee == order.DeliverTo.Insee);
            return new ReplanContext
            {
                _order = order,
                _now = now,
                _snapshot = snapshot,
                _rules = await PricingRulesStore.LoadAsync(db, ParisTime.DateOf(order.CreatedAt), CancellationToken.None),
                _destination = commune.Position,
                _offers = await db.Set<Offer>().AsNoTracking().Where(o => offerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id),
                _processes = await db.Set<Process>().AsNoTracking().ToDictionaryAsync(p => p.Code, p => p.Name),
                QuoteLines = quote.Lines,
            };
        }

        public Plan? PlanAll()
        {
            var lines = QuoteLines.Select(l => QuoteDesk.Route(l.Line, l.Quantity, _offers[l.OfferId], _processes)).ToList();
            var request = new RoutingRequest(lines, _destination, _now) { Excluded = Excluded };
            return RoutePlanner.Plan(request, _snapshot, _rules) is RoutingResult.Answered { Unavailable.Count: 0, Plans: { Count: > 0 } plans }
                ? plans.FirstOrDefault(p => p.Kind == _order.PlanKind) ?? plans[0]
                : null;
        }

        /// <summary>A plan for each missing stretch of each lot that ends in time for what follows; null when one of them does not fit.</summary>
        public IReadOnlyList<(Plan Plan, IReadOnlyList<QuoteLine> Lines)>? PlanMissingOnly()
        {
            var missing = _order.WorkOrders.Where(w => w.NeedsReplacement).SelectMany(w => w.Operations).GroupBy(o => (o.Line, o.Lot)).ToList();
            var live = _order.LiveWorkOrders.SelectMany(w => w.Operations, (w, o) => (WorkOrder: w, Operation: o)).ToList();
            // Two lots at one time would have to share machines in one plan: leave that to planning the whole order.
            if (missing.Count != 1) return null;
            var stretch = missing[0].OrderBy(o => o.Sequence).ToList();
            var (line, lot) = missing[0].Key;
            var before = live.Where(p => p.Operation.Line == line && p.Operation.Lot == lot && p.Operation.Sequence < stretch[0].Sequence).OrderBy(p => p.Operation.Sequence).ThenBy(p => p.Operation.End).LastOrDefault();
            var after = live.Where(p => p.Operation.Line == line && p.Operation.Lot == lot && p.Operation.Sequence > stretch[0].Sequence).OrderBy(p => p.Operation.Sequence).ThenBy(p => p.Operation.Start).FirstOrDefault();
            if (after.Operation is not null && after.Operation.Sequence < stretch[^1].Sequence) return null;

            var asked = QuoteLines.First(l => l.Line == line);
            // Several runs may share a step of the lot.
            var quantity = stretch.Where(o => o.Sequence == stretch[0].Sequence).Sum(o => o.Quantity);
            var routing = QuoteDesk.Route(line, quantity, _offers[asked.OfferId], _processes);
            var wanted = stretch.Select(o => o.Sequence).ToHashSet();
            var rest = routing with
            {
                Operations = [.. routing.Operations.Where(o => wanted.Contains(o.Sequence))],
                MaximumLots = 1,
                Goods = before.WorkOrder is { } from ? Origin(from, before.Operation) : null,
            };
            var destination = after.WorkOrder is { } next ? _snapshot.Workshop(next.WorkshopId).Position : _destination;
            var request = new RoutingRequest([rest], destination, _now)
            {
                Excluded = Excluded,
                CollectAt = after.WorkOrder is { } receiver ? _snapshot.Workshop(receiver.WorkshopId).Place : null,
            };
            if (RoutePlanner.Plan(request, _snapshot, _rules) is not RoutingResult.Answered { Plans: { Count: > 0 } plans }) return null;
            var fits = plans.Where(p => after.Operation is { } follows
                    ? p.Lots.Max(l => l.Delivered) <= follows.Start
                    : p.PromiseDate <= _order.PromiseDate)
                .MinBy(p => p.Price.ExclTax.Cents);
            if (fits is null) return null;
            // The order numbers its lots; a plan of one lot calls it 1.
            return [(fits with { Lots = [.. fits.Lots.Select(l => l with { Number = lot })] }, [asked])];
        }

        private GoodsOrigin Origin(WorkOrder from, WorkOrderOperation operation)
        {
            var workshop = _snapshot.Workshop(from.WorkshopId);
            return new GoodsOrigin(workshop.Place, workshop.Position, operation.End < _now ? _now : operation.End, workshop.Name);
        }
    }
}
