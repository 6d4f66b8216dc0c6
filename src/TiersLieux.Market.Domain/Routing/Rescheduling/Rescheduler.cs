using TiersLieux.Market.Domain.Routing.Improving;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>
/// Brings running orders to their customers sooner, where time has become free. The improvement engine says who should take it; what it wishes is then
/// placed exactly, order by order, and kept where the order arrives a day or more sooner. Nobody arrives later, so no promise is broken.
/// </summary>
public static class Rescheduler
{
    /// <param name="search">Budget, seed and threads; objective and start are given here.</param>
    /// <param name="time">Measures the time of the budget.</param>
    /// <returns>To be done one after the other: a later one may need the time that an earlier one gives up. Empty when nothing is worth the trouble.</returns>
    public static IReadOnlyList<AdvancedOrder> Advance(
        RunningShop shop, ShopSearch search, TimeProvider time, TransportSchedule? schedule = null, CancellationToken cancellation = default)
    {
        var clock = new PlanningClock(shop.Now, schedule ?? TransportSchedule.Default);
        var finder = new MovableTails(shop, clock);
        var tails = shop.Orders.SelectMany(order => order.Lots.Select(lot => finder.Of(order, lot)).OfType<MovableTail>()).Where(tail => tail.Ready < clock.End).ToList();
        if (tails.Count == 0) return [];
        if (EngineOrder.Ask(tails, shop.Snapshot, clock, search, time, cancellation) is not { } wishes) return [];

        var wished = tails.Zip(wishes).ToDictionary(pair => pair.First.Lot, pair => (pair.First, pair.Second));
        // Who begins first moves first: work moves towards now, into time that was given up before.
        var waiting = tails.Zip(wishes).GroupBy(pair => pair.First.Order, (order, of) => (Order: order, From: of.Min(pair => pair.Second.Min(wish => wish.Start))))
            .OrderBy(each => each.From).Select(each => each.Order).ToList();
        var placing = new OrderPlacing(shop, clock, finder);
        var advanced = new List<AdvancedOrder>();
        for (var found = true; found;)
        {
            found = false;
            foreach (var order in waiting.ToList())
            {
                if (placing.Advance(order, wished) is not { } sooner) continue;
                advanced.Add(sooner);
                waiting.Remove(order);
                found = true;
            }
        }

        return advanced;
    }
}
