using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Reads orders, each for those whom it concerns. Nobody else learns even that an order exists.</summary>
public sealed class OrderQueries(IDbContextFactory<MarketDbContext> databases, TimeProvider clock)
{
    /// <summary>The orders of the person and of the organisations the person acts for, the newest first.</summary>
    public async Task<IReadOnlyList<OrderSummary>> ListAsync(Actor actor, CancellationToken cancellation = default)
    {
        if (actor.IsAnonymous) return [];
        Guid?[] mine = [.. actor.Organisations()];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var orders = await db.Set<Order>().AsNoTracking()
            .Where(o => o.PersonId == actor.PersonId || mine.Contains(o.OrganisationId))
            .OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Number)
            .Select(o => new { o.Id, o.Number, o.CreatedAt, o.State, o.PromiseDate, o.InclTax, o.Deposit, o.Lines, o.LaterDate })
            .ToListAsync(cancellation);
        return [.. orders.Select(o =>
        {
            var goods = o.Lines.Where(l => l.Line > 0).ToList();
            var first = goods.Count > 0 ? goods[0] : null;
            return new OrderSummary(o.Id, o.Number, o.CreatedAt, o.State, o.PromiseDate, o.InclTax, o.Deposit, first?.Title ?? "", first?.Quantity ?? 0, first?.Unit ?? "", Math.Max(0, goods.Count - 1),
                o.LaterDate is { IsAsked: true } later ? later.PromiseDate : null);
        })];
    }

    public async Task<OrderView?> FindAsync(string number, Actor actor, bool english, CancellationToken cancellation = default)
    {
        if (actor.IsAnonymous) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var order = await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstOrDefaultAsync(o => o.Number == number, cancellation);
        if (order is null || AccessOf(order, actor) is not { } access) return null;

        var mine = actor.Organisations();
        // A workshop hears of its work when it is proposed, not while the order is still being placed.
        var works = order.WorkOrders
            .Where(w => access != OrderAccess.Workshop || (mine.Contains(w.WorkshopOrganisationId) && IsTold(w)))
            .OrderBy(w => w.Number, StringComparer.Ordinal).ToList();
        var documents = await DocumentsAsync(db, order, access, mine, cancellation);
        var payments = access == OrderAccess.Workshop ? [] : await PaymentsAsync(db, order, cancellation);
        var events = await db.Set<OrderEvent>().AsNoTracking().Where(e => e.OrderId == order.Id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(cancellation);
        if (access == OrderAccess.Workshop) events = events.FindAll(e => works.Exists(w => e.Text.French.StartsWith(w.Number + " ", StringComparison.Ordinal)));
        var note = await db.Set<DeliveryNote>().AsNoTracking().FirstOrDefaultAsync(d => d.OrderId == order.Id, cancellation);
        var sites = await WorkshopSites.OfAsync(
            db, works.Select(w => w.WorkshopId).Concat(access == OrderAccess.Workshop ? [] : order.Plan.Workshops).ToHashSet(), works.SelectMany(w => w.Operations).Select(o => o.MachineId).ToHashSet(), english, cancellation);
        var delivery = await db.Set<Commune>().AsNoTracking().FirstOrDefaultAsync(c => c.Insee == order.DeliverTo.Insee, cancellation);
        return new OrderView(order, access, works, documents, payments, events, note, sites, delivery, Expected(order, access, sites, delivery), Due(order, documents, payments));
    }

    /// <summary>The number of an order that the caller knows by its id and may know of.</summary>
    public async Task<string> NumberAsync(Guid orderId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<Order>().Where(o => o.Id == orderId).Select(o => o.Number).FirstAsync(cancellation);
    }

    /// <summary>The delivery note by its own number, for those who see its order.</summary>
    public async Task<OrderView?> FindByNoteAsync(string noteNumber, Actor actor, bool english, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var number = await db.Set<DeliveryNote>().Where(n => n.Number == noteNumber).Join(db.Set<Order>(), n => n.OrderId, o => o.Id, (_, o) => o.Number).FirstOrDefaultAsync(cancellation);
        return number is null ? null : await FindAsync(number, actor, english, cancellation);
    }

    private static bool IsTold(WorkOrder work) => work.State is not (WorkOrderState.Planned or WorkOrderState.Tentative);

    private static OrderAccess? AccessOf(Order order, Actor actor)
    {
        if (actor.SeesAllMoney()) return OrderAccess.Staff;
        if (order.PersonId == actor.PersonId || (order.OrganisationId is { } organisation && actor.ActsFor(organisation))) return OrderAccess.Customer;
        return order.WorkOrders.Any(w => IsTold(w) && actor.ActsFor(w.WorkshopOrganisationId)) ? OrderAccess.Workshop : null;
    }

    private DateOnly? Expected(Order order, OrderAccess access, WorkshopSites sites, Commune? delivery) =>
        access != OrderAccess.Workshop && delivery is not null
        && RunningOrders.ExpectedOn(order, id => new GeoPoint(sites.Workshops[id].Latitude, sites.Workshops[id].Longitude), delivery.Position, clock.UtcNow()) is { } expected
        && expected < order.PromiseDate ? expected : null;

    private static async Task<IReadOnlyList<DocumentHead>> DocumentsAsync(MarketDbContext db, Order order, OrderAccess access, Guid[] mine, CancellationToken cancellation)
    {
        var all = await db.Set<Invoice>().AsNoTracking().Where(i => i.OrderId == order.Id).OrderBy(i => i.IssuedAt).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.Number, i.Kind, i.IssueDate, i.InclTax, i.Payable, i.SellerId, i.Seller })
            .ToListAsync(cancellation);
        return [.. all
            .Where(i => access switch
            {
                OrderAccess.Customer => !i.Kind.IsSelfBilled(),
                OrderAccess.Workshop => i.Kind.IsSelfBilled() && mine.Contains(i.SellerId),
                _ => true,
            })
            .Select(i => new DocumentHead(i.Id, i.Number, i.Kind, i.IssueDate, i.InclTax, i.Payable, i.Seller.Siren))];
    }

    private static async Task<IReadOnlyList<PaymentHead>> PaymentsAsync(MarketDbContext db, Order order, CancellationToken cancellation) =>
        await db.Set<Payment>().AsNoTracking()
            .Where(p => p.Subject == PaymentSubject.Order && p.SubjectId == order.Id).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id)
            .Select(p => new PaymentHead(p.Id, p.Purpose, p.State, p.Amount, p.CreatedAt, p.SettledAt))
            .ToListAsync(cancellation);

    private static Money Due(Order order, IReadOnlyList<DocumentHead> documents, IReadOnlyList<PaymentHead> payments) => order.State switch
    {
        OrderState.AwaitingDeposit => order.Deposit,
        OrderState.AwaitingBalance => payments
            .Where(p => p is { Purpose: PaymentPurpose.Balance, State: PaymentState.Succeeded or PaymentState.Processing })
            .Aggregate(documents.LastOrDefault(d => d.Kind == DocumentKind.Invoice)?.Payable ?? Money.Zero, (left, p) => left - p.Amount),
        _ => Money.Zero,
    };
}
