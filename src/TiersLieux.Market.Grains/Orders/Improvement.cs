using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Domain.Routing.Improving;
using TiersLieux.Market.Domain.Routing.Rescheduling;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Orders;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>
/// Looks now and then whether running orders can be with their customers sooner, in time that has become free, and has their grains take it. Nothing
/// is kept between two looks, and what is planned is only a proposal until its order's grain has committed it.
/// </summary>
public sealed partial class Improvement(
    IDbContextFactory<MarketDbContext> databases, IGrainFactory grains, CapacityBoard board, TimeProvider clock, ILogger<Improvement> logger) : ISweepStep
{
    /// <summary>So many work orders are planned together.</summary>
    private const int AtATime = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Moves of the search for each operation: a few orders need no second.</summary>
    private const int Moves = 5000;

    private DateTime? _next;

    /// <summary>The board when all orders were looked at last; while it is the same there is nothing to find.</summary>
    private CapacitySnapshot? _seen;

    /// <summary>The board when the first of them was looked at.</summary>
    private CapacitySnapshot? _began;

    /// <summary>Number of the last order looked at, where there are more than fit in one look.</summary>
    private string _after = "";

    async Task ISweepStep.RunAsync(CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        _next ??= now + Pause;
        if (now < _next) return;
        _next = now + Pause;
        if (_after.Length == 0 && ReferenceEquals(await board.SnapshotAsync(cancellation), _seen)) return;
        await RunOnceAsync(cancellation);
    }

    /// <summary>Plans and commits; returns how many orders were advanced.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellation = default)
    {
        var advanced = 0;
        foreach (var command in await PlanAsync(cancellation))
        {
            var outcome = await grains.GetGrain<IOrderGrain>(command.OrderId).Advance(command);
            // What follows may need the time that this one keeps: look again next time.
            if (!outcome.IsDone) break;
            advanced++;
        }

        return advanced;
    }

    /// <summary>What the next orders in turn could gain, to be committed one after the other.</summary>
    public async Task<IReadOnlyList<AdvanceOrder>> PlanAsync(CancellationToken cancellation = default)
    {
        var snapshot = await board.SnapshotAsync(cancellation);
        if (_after.Length == 0) _began = snapshot;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.UtcNow();
        var orders = await NextAsync(db, cancellation);
        var running = await RunningAsync(db, orders, now, cancellation);
        if (running.Count == 0) return [];

        var movable = running.SelectMany(o => o.Lots).SelectMany(l => l.Operations).Where(o => o.Movable is not null).ToList();
        var workshops = movable.Select(o => o.Workshop).ToHashSet();
        var machines = snapshot.Machines.Where(m => workshops.Contains(m.Workshop)).Select(m => m.Id).ToHashSet();
        var (free, left) = await board.WithoutAsync(movable.Select(o => o.WorkOrder).ToHashSet(), machines, cancellation);
        var shop = new RunningShop(running, free, await PricingRulesStore.LoadAsync(db, ParisTime.DateOf(now), cancellation), now) { LeftForProduction = left };
        var advanced = Rescheduler.Advance(shop, new ShopSearch(new SearchBudget(Budget, (long)Moves * movable.Count)), clock, cancellation: cancellation);
        if (AdvanceJudge.Check(shop, advanced) is { Count: > 0 } faults)
        {
            LogRefused(faults.Count, faults[0].ToString());
            return [];
        }

        var asRead = orders.ToDictionary(o => o.Id, AdvanceOrder.Fingerprint);
        return [.. advanced.Select(o => new AdvanceOrder(o.Id, asRead[o.Id], o.Before, o.Expected, o.Operations.Select(Message).ToList()))];
    }

    /// <summary>The orders in production after those of the last look, as many as have the work orders of one look; from the first again after the last.</summary>
    private async Task<List<Order>> NextAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var all = await db.Set<Order>().Where(o => o.State == OrderState.InProduction).Select(o => new { o.Number, Count = o.WorkOrders.Count }).ToListAsync(cancellation);
        var numbers = new List<string>();
        var (count, rest) = (0, all.Where(o => string.CompareOrdinal(o.Number, _after) > 0).OrderBy(o => o.Number, StringComparer.Ordinal).ToList());
        foreach (var order in rest)
        {
            if (numbers.Count > 0 && (count += order.Count) > AtATime) break;
            numbers.Add(order.Number);
        }

        var isLast = numbers.Count == rest.Count;
        _after = isLast ? "" : numbers[^1];
        if (isLast) _seen = _began;
        return await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).Where(o => numbers.Contains(o.Number)).OrderBy(o => o.Number).ToListAsync(cancellation);
    }

    private static async Task<IReadOnlyList<RunningOrder>> RunningAsync(MarketDbContext db, List<Order> orders, DateTime now, CancellationToken cancellation)
    {
        var offerIds = orders.SelectMany(o => o.Lines).Select(l => l.OfferId).Distinct().ToArray();
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => offerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var communes = orders.Select(o => o.DeliverTo.Insee).Distinct().ToArray();
        var positions = (await db.Set<Commune>().AsNoTracking().Where(c => communes.Contains(c.Insee)).ToListAsync(cancellation)).ToDictionary(c => c.Insee, c => c.Position);
        var names = new Dictionary<string, Text>();
        return [.. orders.Where(o => positions.ContainsKey(o.DeliverTo.Insee))
            .Select(o => RunningOrders.Of(
                o, o.Lines.Where(l => l.Line > 0 && offers.ContainsKey(l.OfferId)).ToDictionary(l => l.Line, l => QuoteDesk.Route(l.Line, l.Quantity, offers[l.OfferId], names)),
                positions[o.DeliverTo.Insee], now))
            .OfType<RunningOrder>()];
    }

    private static MovedOperation Message(AdvancedOperation moved) => new(
        moved.Was.WorkOrder, moved.Line, moved.Lot, moved.Was.Sequence, moved.Machine, new Slot(moved.Start, moved.End),
        moved.Segments.Select(s => new Slot(s.Start, s.End)).ToList(), moved.PeopleMinutes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The improvement broke {Count} rules and is not committed, the first: {Fault}")]
    private partial void LogRefused(int count, string fault);
}
