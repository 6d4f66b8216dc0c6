using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>
/// The saga of one order. Every step changes the order's row in one transaction and is followed by <see cref="Continue"/>, which looks at the row and
/// does what is next; so a kill between two steps is made good by the sweep, which calls the same method.
/// </summary>
public sealed partial class OrderGrain(
    IMarketWriter writer,
    IDbContextFactory<MarketDbContext> databases,
    ActorDirectory actors,
    CapacityBoard board,
    SaleDocuments documents,
    OutboxRelay relay,
    TimeProvider clock) : Grain, IOrderGrain
{
    /// <summary>How soon the sweep looks at a step that was begun and not finished.</summary>
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(20);

    private Guid OrderId => this.GetPrimaryKey();

    public async Task Continue()
    {
        // Each round does one step; the bound is far above what any order needs.
        for (var round = 0; round < 20; round++)
        {
            var order = await ReadAsync();
            if (order is null || !await StepAsync(order)) return;
        }
    }

    public async Task<Outcome> Cancel(Guid personId)
    {
        var (order, actor) = (await ReadAsync(), await actors.FindAsync(personId));
        if (order is null) return Outcome.Refused(Reasons.Unknown);
        if (!IsCustomer(order, actor)) return Outcome.Refused(Reasons.NotYours);
        if (order.State == OrderState.Cancelled) return Outcome.Done;
        if (order.State != OrderState.AwaitingDeposit) return Outcome.Refused(TooLate);
        if (!await ClosePaymentsAsync()) return Outcome.Refused(TooLate);
        await CancelAsync("cancelled", new Text("Commande annulée à votre demande", "Order cancelled at your request"), actor.Name);
        return Outcome.Done;
    }

    /// <summary>Does the next step; true when there may be another.</summary>
    private async Task<bool> StepAsync(Order order)
    {
        switch (order.State)
        {
            case OrderState.Holding:
                return await HoldAsync(order);
            case OrderState.AwaitingDeposit when order.HeldUntil <= clock.UtcNow():
                return await ExpireAsync(order);
            case OrderState.Confirming:
                return await ConfirmAsync(order);
            case OrderState.InProduction:
                return await ProduceAsync(order);
            case OrderState.Received:
                return await InvoiceAsync(order);
            case OrderState.Settling:
                return await SettleAsync(order);
            case OrderState.Cancelled when order.DueAt is not null:
                await GiveBackAsync(order);
                return false;
            default:
                return false;
        }
    }

    private async Task<Order?> ReadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstOrDefaultAsync(o => o.Id == OrderId);
    }

    /// <summary>Changes the order in one transaction. The row is read in it, so what the change sees is the truth.</summary>
    private Task<T> ChangeAsync<T>(Func<MarketDbContext, Order, T> change) => writer.WriteAsync(async (db, c) =>
    {
        var order = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, c);
        return change(db, order);
    });

    private Task ChangeAsync(Action<MarketDbContext, Order> change) => ChangeAsync((db, order) =>
    {
        change(db, order);
        return true;
    });

    /// <summary>Cancels before confirmation and gives back all that is held.</summary>
    /// <param name="only">Nothing happens when the order has left this state, in another program for instance.</param>
    private async Task CancelAsync(string reason, Text text, string by, OrderState? only = null)
    {
        var order = await ChangeAsync((db, o) =>
        {
            if (o.State != OrderState.Cancelled && (only is null || o.State == only))
            {
                Audit(db, o, Actor.System, "state", o.State.ToString(), nameof(OrderState.Cancelled));
                o.Cancel(reason, clock.UtcNow());
                Tell(db, o, "cancelled", text, by);
            }

            return o;
        });
        if (order.State != OrderState.Cancelled) return;
        KillPoints.Pass(KillPoints.OrderCancelled);
        await GiveBackAsync(order);
    }

    private async Task GiveBackAsync(Order cancelled)
    {
        await ReleaseAsync(cancelled.WorkOrders);
        if (cancelled.CancelReason == Order.LaterDateRefused)
        {
            await using var db = await databases.CreateDbContextAsync();
            var paid = await db.Set<Payment>().AsNoTracking().Where(p => p.Subject == PaymentSubject.Order && p.SubjectId == OrderId && p.State == PaymentState.Succeeded).Select(p => p.Id).ToListAsync();
            foreach (var payment in paid) await GrainFactory.GetGrain<IPaymentGrain>(payment).RefundAll(Order.LaterDateRefused);
        }

        await ChangeAsync((_, o) => o.LookAgain(null));
    }

    private async Task ReleaseAsync(IEnumerable<WorkOrder> workOrders)
    {
        foreach (var workOrder in workOrders)
        {
            foreach (var machine in workOrder.Operations.Select(o => o.MachineId).Distinct())
                await GrainFactory.GetGrain<IMachineGrain>(machine).Release(workOrder.Id);
            await GrainFactory.GetGrain<IWorkshopGrain>(workOrder.WorkshopId).ReleasePeople(workOrder.Id);
        }
    }

    private void Tell(MarketDbContext db, Order order, string kind, Text text, string by) =>
        db.Add(new OrderEvent(Guid.CreateVersion7(), order.Id, clock.UtcNow(), kind, text, by));

    private void Audit(MarketDbContext db, Order order, Actor actor, string what, string? from, string? to) =>
        db.Add(new AuditEntry(clock.UtcNow(), actor.PersonId, actor.Name, "order", order.Id, what, from, to));

    private static bool IsCustomer(Order order, Actor actor) =>
        !actor.IsAnonymous && (order.PersonId == actor.PersonId || actor.IsAdministrator || (order.OrganisationId is { } organisation && actor.ActsFor(organisation)));

    private static Reason TooLate { get; } = new(
        "order-moved-on",
        "La commande a avancé entre-temps : cela n'est plus possible. Rechargez la page.",
        "The order has moved on in the meantime: this is no longer possible. Reload the page.");
}
