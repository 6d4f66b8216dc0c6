using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Orders.Replanning;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Orders.Replanning;

/// <summary>What is left of an order is planned again, and nothing else.</summary>
public sealed class RestPlannerTests(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1" ? 20_000 : 600;

    [Fact]
    public void Every_new_plan_fits_around_what_stays()
    {
        var (orders, inTime, gapsOnly, later, interrupted, none) = (0, 0, 0, 0, 0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            if (RunningOrder.Create(seed) is not { } running) continue;
            orders++;
            interrupted += running.Order.WorkOrders.Any(w => w is { HasBegun: true, NeedsReplacement: true }) ? 1 : 0;
            var planner = new RestPlanner(running.Order, running.Routes, running.Request.Destination, running.Snapshot, running.Rules, running.Now);
            var promise = running.Order.PromiseDate;
            if (planner.InTime() is { } plan)
            {
                inTime++;
                gapsOnly += plan.Kept.Count == running.Order.WorkOrders.Count(w => w.NeedsReplacement) ? 1 : 0;
                Assert.Equal(promise, plan.PromiseDate);
                Check(seed, running, plan);
            }
            else if (planner.Soonest() is { } late)
            {
                later++;
                Check(seed, running, late);
            }
            else
            {
                none++;
            }
        }

        output.WriteLine($"{orders} orders ({interrupted} interrupted): {inTime} in time ({gapsOnly} by closing the gaps alone), {later} later, {none} not at all");
        Assert.True(orders > Cases / 4 && inTime > orders / 5 && gapsOnly > orders / 10 && later > orders / 10 && interrupted > orders / 10, "The random orders have become too easy.");
    }

    /// <summary>Carries the plan out and looks at every lot from its first step to the customer.</summary>
    private static void Check(int seed, RunningOrder running, RestPlan rest)
    {
        var (order, now) = (running.Order, running.Now);
        var fresh = rest.Plans.SelectMany(p => p.Lots.SelectMany(lot => lot.Operations.Select(o => (lot.Line, lot.Number, Operation: o, Quantity: o.Quantity ?? lot.Quantity)))).ToList();
        Assert.All(fresh, o => Assert.True(o.Operation.Start >= now, $"seed {seed}: planned before now"));
        Assert.All(fresh, o => Assert.True(o.Quantity > 0, $"seed {seed}: nothing to make"));
        var refused = order.WorkOrders.Where(w => w.WasRefused).Select(w => w.WorkshopId).ToHashSet();
        Assert.All(fresh, o => Assert.False(refused.Contains(o.Operation.Workshop), $"seed {seed}: asked again"));
        Assert.True(order.Replan([.. rest.Kept.Select(k => new KeptPart(k.Key.Id, k.Value))], now), $"seed {seed}: not carried out");
        Assert.DoesNotContain(order.WorkOrders, w => w.NeedsReplacement);

        var all = order.LiveWorkOrders.SelectMany(w => w.Operations.Select(o => new Piece(o.Line, o.Lot, o.Sequence, o.MachineId, w.WorkshopId, o.Start, o.End, o.Quantity, IsNew: false)))
            .Concat(fresh.Select(o => new Piece(o.Line, o.Number, o.Operation.Sequence, o.Operation.Machine, o.Operation.Workshop, o.Operation.Start, o.Operation.End, o.Quantity, IsNew: true)))
            .ToList();
        foreach (var machine in all.GroupBy(p => p.Machine))
        {
            var uses = machine.OrderBy(p => p.Start).ToList();
            for (var i = 1; i < uses.Count; i++) Assert.True(uses[i - 1].End <= uses[i].Start, $"seed {seed}: two things at a time on {machine.Key}");
        }

        foreach (var use in fresh.Select(o => o.Operation))
            Assert.All(use.Segments, s => Assert.Contains(running.Snapshot.Machine(use.Machine)!.Free, free => free.Time.Contains(s)));
        foreach (var line in running.Request.Lines)
        {
            var lots = all.Where(p => p.Line == line.Line).ToLookup(p => p.Lot);
            Assert.Equal(line.Quantity, lots.Sum(lot => lot.Where(p => p.Sequence == line.Operations[0].Sequence).Sum(p => p.Quantity)));
            foreach (var lot in lots) CheckLot(seed, running, rest, line, [.. lot]);
        }
    }

    private static void CheckLot(int seed, RunningOrder running, RestPlan rest, RoutingLine line, List<Piece> pieces)
    {
        var quantity = pieces.Where(p => p.Sequence == line.Operations[0].Sequence).Sum(p => p.Quantity);
        for (var i = 0; i < line.Operations.Count; i++)
        {
            var step = pieces.Where(p => p.Sequence == line.Operations[i].Sequence).ToList();
            Assert.True(step.Sum(p => p.Quantity) == quantity, $"seed {seed}: step {i} of line {line.Line} makes {step.Sum(p => p.Quantity)} of {quantity}");
            if (i == 0) continue;
            var before = pieces.Where(p => p.Sequence == line.Operations[i - 1].Sequence);
            // Pieces made before the interruption came from pieces made before it.
            var partly = step.Exists(p => p.IsNew);
            foreach (var (from, to) in before.SelectMany(b => step.Select(s => (b, s))).Where(pair => !(pair.b.IsNew && !pair.s.IsNew && partly)))
                Assert.True(Arrives(running, from, to.Workshop) <= to.Start, $"seed {seed}: line {line.Line} step {i} starts before its goods are there");
        }

        foreach (var last in pieces.Where(p => p.Sequence == line.Operations[^1].Sequence))
        {
            var km = TransportTable.RoundKm(running.Before.Workshop(last.Workshop).Position.RoadKm(running.Request.Destination));
            Assert.True(ParisTime.DateOf(TransportSchedule.Default.Carry(last.End, km).Arrives) <= rest.PromiseDate, $"seed {seed}: delivered after the promise");
        }
    }

    private static DateTime Arrives(RunningOrder running, Piece from, Guid to)
    {
        var (a, b) = (running.Before.Workshop(from.Workshop), running.Before.Workshop(to));
        return a.Place == b.Place ? from.End : TransportSchedule.Default.Carry(from.End, TransportTable.RoundKm(a.Position.RoadKm(b.Position))).Arrives;
    }

    private sealed record Piece(int Line, int Lot, int Sequence, Guid Machine, Guid Workshop, DateTime Start, DateTime End, decimal Quantity, bool IsNew);
}
