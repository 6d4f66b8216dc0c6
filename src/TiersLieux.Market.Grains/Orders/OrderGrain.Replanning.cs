using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Replanning;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Orders;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>
/// Finds somebody else for work that a workshop will not do, or that its machine cannot. What keeps the promise is done at once and the customer is told;
/// what does not is held, and the customer is asked. The customer's price stays as accepted.
/// </summary>
public sealed partial class OrderGrain
{
    private static readonly TimeSpan RetryReplanning = TimeSpan.FromHours(1);

    /// <summary>So many later dates go unanswered before people of the consortium are to ask.</summary>
    private const int MostUnanswered = 3;

    public async Task<Outcome> MachineBroken(Guid machineId, DateTime from, DateTime until)
    {
        await ChangeAsync((db, order) =>
        {
            if (order.State is not (OrderState.Holding or OrderState.AwaitingDeposit or OrderState.Confirming or OrderState.InProduction)) return;
            var down = new Interval(from, until);
            if (order.LaterDate is not null && order.WorkOrders.Any(w => w.Uses(machineId, down))) order.DropLater(clock.UtcNow());
            foreach (var work in order.WorkOrders.Where(w => w.Interrupt(machineId, down)).ToList())
                Tell(db, order, "machine-broken", new Text($"{work.Number} : machine en panne à l'atelier, nous cherchons comment continuer", $"{work.Number}: a machine broke down at the workshop, we look for how to go on"), "");
            if (order.State == OrderState.InProduction) order.LookAgain(clock.UtcNow() + StepTime);
        });
        KillPoints.Pass(KillPoints.MachineBroken);
        await Continue();
        return Outcome.Done;
    }

    public async Task<Outcome> AnswerLaterDate(Guid personId, DateOnly promiseDate, bool agrees)
    {
        var actor = await actors.FindAsync(personId);
        var refusal = await ChangeAsync((db, order) =>
        {
            if (!IsCustomer(order, actor)) return Reasons.NotYours;
            var now = clock.UtcNow();
            if (order.LaterDate is not { IsAsked: true } later || later.PromiseDate != promiseDate || later.AnswerBy <= now)
                return IsAnswered(order, promiseDate, agrees) ? null : TooLate;
            if (agrees) return Agree(db, order, actor);
            if (order.LiveWorkOrders.Any(w => w.HasBegun)) return WorkHasBegun;
            Withdraw(db, order, order.WorkOrders);
            order.CancelForLater(now);
            Tell(db, order, "cancelled", new Text("La nouvelle date ne convient pas : commande annulée, l'acompte vous est remboursé", "The new date does not suit: order cancelled, your deposit is refunded"), actor.Name);
            Audit(db, order, actor, "later-date", Day(order.PromiseDate), "refused");
            return null;
        });
        if (refusal is not null) return Outcome.Refused(refusal);
        KillPoints.Pass(KillPoints.LaterDateAnswered);
        await Continue();
        return Outcome.Done;
    }

    /// <summary>Asked twice, the second time finds it done.</summary>
    private static bool IsAnswered(Order order, DateOnly date, bool agrees) =>
        agrees ? order.LaterDate is null && order.PromiseDate == date && order.State != OrderState.Cancelled : order.CancelReason == Order.LaterDateRefused;

    private Reason? Agree(MarketDbContext db, Order order, Actor actor)
    {
        var (before, now) = (order.PromiseDate, clock.UtcNow());
        Withdraw(db, order, Losing(order, order.LaterDate!.Kept));
        if (!order.AgreeToLater(now))
        {
            order.DropLater(now);
            return TooLate;
        }

        Tell(db, order, "replanned", new Text($"Nouvelle date acceptée : livraison le {order.PromiseDate:dd/MM/yyyy}", $"New date agreed: delivery on {order.PromiseDate:yyyy-MM-dd}"), actor.Name);
        Audit(db, order, actor, "later-date", Day(before), Day(order.PromiseDate));
        return null;
    }

    private async Task<bool> ReplaceAsync(Order order)
    {
        if (order.LaterDate is { } later) return await LaterAsync(order, later);
        await ReleasePastAsync(order);
        await using var db = await databases.CreateDbContextAsync();
        var now = clock.UtcNow();
        if ((await RestAsync(db, order, now)).InTime() is { } inTime) return await RecordAsync(inTime);

        var unanswered = await db.Set<OrderEvent>().CountAsync(e => e.OrderId == OrderId && e.Kind == "later-date-unanswered");
        if (unanswered < MostUnanswered)
        {
            // Nothing may begin before the customer has had time to answer.
            var answerBy = AnswerTime(now);
            if ((await RestAsync(db, order, answerBy)).Soonest() is { } late)
                return late.PromiseDate > order.PromiseDate ? await RecordLaterAsync(late, answerBy) : await RecordAsync(late);
        }

        await ChangeAsync((write, o) =>
        {
            o.LookAgain(clock.UtcNow() + RetryReplanning);
            if (!write.Set<OrderEvent>().Any(e => e.OrderId == o.Id && e.Kind == "replanning-stuck"))
                Tell(write, o, "replanning-stuck", new Text("Aucun atelier n'est libre pour l'instant : le consortium s'en occupe", "No workshop is free for now: the consortium takes care of it"), "");
        });
        return false;
    }

    private async Task<RestPlanner> RestAsync(MarketDbContext db, Order order, DateTime from)
    {
        var quote = await db.Set<Quote>().AsNoTracking().FirstAsync(q => q.Id == order.QuoteId);
        var offerIds = quote.Lines.Select(l => l.OfferId).ToArray();
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => offerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        var processes = await db.Set<Process>().AsNoTracking().ToDictionaryAsync(p => p.Code, p => p.Name);
        var commune = await db.Set<Commune>().AsNoTracking().FirstAsync(c => c.Insee == order.DeliverTo.Insee);
        var rules = await PricingRulesStore.LoadAsync(db, ParisTime.DateOf(order.CreatedAt), CancellationToken.None);
        var routes = quote.Lines.ToDictionary(l => l.Line, l => QuoteDesk.Route(l.Line, l.Quantity, offers[l.OfferId], processes));
        return new RestPlanner(order, routes, commune.Position, await board.SnapshotAsync(), rules, from);
    }

    /// <summary>The same time of the next working day.</summary>
    private static DateTime AnswerTime(DateTime now)
    {
        var until = now;
        do until = until.AddDays(1);
        while (!TransportSchedule.IsWorkingDay(ParisTime.DateOf(until)));
        return until;
    }

    /// <summary>New work orders in the place of the old; the next step gives back the time of the old, then takes that of the new and proposes them.</summary>
    private async Task<bool> RecordAsync(RestPlan plan)
    {
        await writer.WriteAsync(async (db, c) =>
        {
            var order = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, c);
            if (order.State != OrderState.InProduction || order.LaterDate is not null || !order.WorkOrders.Any(w => w.NeedsReplacement)) return;
            var kept = Parts(plan);
            Withdraw(db, order, Losing(order, kept));
            // Work that has begun in the meantime: the next step plans around it.
            if (!order.Replan(kept, clock.UtcNow())) db.ChangeTracker.Clear();
            else await AddWorkAsync(db, order, plan, c);
            if (!order.WorkOrders.Any(w => w.State == WorkOrderState.Planned)) return;
            Tell(db, order, "replanned", new Text("Un autre plan prend le relais, la date ne change pas", "Another plan takes over, the date does not change"), "");
            order.LookAgain(clock.UtcNow() + StepTime);
        });
        KillPoints.Pass(KillPoints.Replanned);
        return true;
    }

    /// <summary>A later plan is recorded before its time is held, so that a kill leaves nothing held that nobody knows of.</summary>
    private async Task<bool> RecordLaterAsync(RestPlan plan, DateTime answerBy)
    {
        await writer.WriteAsync(async (db, c) =>
        {
            var order = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, c);
            if (order.State != OrderState.InProduction || order.LaterDate is not null || !order.WorkOrders.Any(w => w.NeedsReplacement)) return;
            foreach (var work in await AddWorkAsync(db, order, plan, c)) work.WaitForCustomer();
            order.FindLater(new LaterDate(plan.PromiseDate, answerBy, IsAsked: false, Parts(plan)));
            order.LookAgain(clock.UtcNow() + StepTime);
        });
        KillPoints.Pass(KillPoints.LaterDateFound);
        return true;
    }

    /// <summary>Holds the time of a later plan and asks; gives it back when nobody answers.</summary>
    private async Task<bool> LaterAsync(Order order, LaterDate later)
    {
        var tentative = order.WorkOrders.Where(w => w.State == WorkOrderState.Tentative).ToList();
        if (order.WorkOrders.Any(w => w.NeedsReplacement && !later.Kept.Any(k => k.WorkOrder == w.Id)))
        {
            // More has fallen since: another plan is needed.
            await DropLaterAsync(later, tentative, null);
            return true;
        }

        if (!later.IsAsked)
        {
            if (later.AnswerBy <= clock.UtcNow() || !await HoldWorkAsync(tentative, later.AnswerBy))
            {
                await DropLaterAsync(later, tentative, null);
                return true;
            }

            KillPoints.Pass(KillPoints.LaterDateHeld);
            await ChangeAsync((db, o) =>
            {
                if (o.LaterDate?.AnswerBy != later.AnswerBy) return;
                o.AskLater();
                Tell(db, o, "later-date", new Text($"Ce qui reste ne peut pas être prêt à temps : nous vous proposons le {later.PromiseDate:dd/MM/yyyy}", $"What is left cannot be ready in time: we propose {later.PromiseDate:yyyy-MM-dd}"), "");
                MailOutbox.LaterDate(db, o, clock.UtcNow());
            });
            return true;
        }

        if (later.AnswerBy <= clock.UtcNow())
        {
            await DropLaterAsync(later, tentative, new Text("Pas de réponse à la date proposée : ses créneaux sont rendus, nous cherchons de nouveau", "No answer to the proposed date: its time is given back, we look again"));
            return true;
        }

        var answers = order.WorkOrders.Where(w => w.State == WorkOrderState.Proposed).Min(w => w.AnswerBy);
        await AskAgainAtAsync(order, answers < later.AnswerBy ? answers : later.AnswerBy);
        return false;
    }

    private async Task DropLaterAsync(LaterDate later, IReadOnlyList<WorkOrder> tentative, Text? told)
    {
        await ChangeAsync((db, o) =>
        {
            if (o.LaterDate?.AnswerBy != later.AnswerBy) return;
            o.DropLater(clock.UtcNow());
            if (told is not null) Tell(db, o, "later-date-unanswered", told, "");
        });
        await ReleaseAsync(tentative);
    }

    private static async Task<IReadOnlyList<WorkOrder>> AddWorkAsync(MarketDbContext db, Order order, RestPlan rest, CancellationToken cancellation)
    {
        var quote = await db.Set<Quote>().AsNoTracking().FirstAsync(q => q.Id == order.QuoteId, cancellation);
        var added = new List<WorkOrder>();
        foreach (var plan in rest.Plans)
        {
            foreach (var work in await MakeWorkOrdersAsync(db, order.Id, order.Number, plan, quote.Lines, order.WorkOrders.Count, cancellation))
            {
                order.AddWorkOrder(work);
                db.Add(work);
                added.Add(work);
            }
        }

        return added;
    }

    private static IReadOnlyList<KeptPart> Parts(RestPlan plan) => [.. plan.Kept.Select(k => new KeptPart(k.Key.Id, k.Value))];

    private static IEnumerable<WorkOrder> Losing(Order order, IReadOnlyList<KeptPart> kept) =>
        order.WorkOrders.Where(w => kept.Any(k => k.WorkOrder == w.Id && k.Operations.Count == 0));

    /// <summary>Tells workshops that work they know of is not theirs any more.</summary>
    private void Withdraw(MarketDbContext db, Order order, IEnumerable<WorkOrder> works)
    {
        foreach (var work in works.Where(w => w.State is WorkOrderState.Proposed or WorkOrderState.Accepted))
        {
            Tell(db, order, "work-withdrawn", new Text($"{work.Number} : retiré à l'atelier, la commande est replanifiée", $"{work.Number}: withdrawn from the workshop, the order is planned anew"), "");
            MailOutbox.WorkWithdrawn(db, work, clock.UtcNow());
        }
    }

    private static string Day(DateOnly date) => FormattableString.Invariant($"{date:yyyy-MM-dd}");

    private static Reason WorkHasBegun { get; } = new(
        "work-begun",
        "Une partie est déjà fabriquée : la commande ne peut plus être annulée ici. Appelez le consortium, il trouvera une solution avec vous.",
        "A part is made already: the order can no longer be cancelled here. Call the consortium, it will find a way with you.");
}
