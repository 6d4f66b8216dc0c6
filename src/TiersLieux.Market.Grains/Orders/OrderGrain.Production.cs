using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Numbering;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>What workshops say about their work, and the delivery.</summary>
public sealed partial class OrderGrain
{
    public Task<Outcome> AcceptWork(Guid personId, Guid workOrderId) => WorkAsync(personId, workOrderId, (db, order, work, actor) =>
    {
        if (work.State == WorkOrderState.Accepted) return null;
        if (work.Accept() is { } reason) return reason;
        Tell(db, order, "work-accepted", new Text($"{work.Number} : accepté par l'atelier", $"{work.Number}: accepted by the workshop"), actor.Name);
        return null;
    });

    public async Task<Outcome> DeclineWork(Guid personId, Guid workOrderId, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return Outcome.Refused(new Reason("reason-missing", "Dites en quelques mots pourquoi : cela aide à trouver un autre atelier.", "Say in a few words why: it helps to find another workshop.") { Field = "reason" });
        var outcome = await WorkAsync(personId, workOrderId, (db, order, work, actor) =>
        {
            if (work.State == WorkOrderState.Declined) return null;
            if (work.Decline(reason.Trim()) is { } refusal) return refusal;
            order.LookAgain(clock.UtcNow() + StepTime);
            Tell(db, order, "work-declined", new Text($"{work.Number} : l'atelier ne peut pas, nous cherchons un autre atelier", $"{work.Number}: the workshop cannot, we look for another"), actor.Name);
            Audit(db, order, actor, "work-declined", work.Number, reason.Trim());
            return null;
        });
        if (!outcome.IsDone) return outcome;
        KillPoints.Pass(KillPoints.WorkOrderDeclined);
        await Continue();
        return outcome;
    }

    public Task<Outcome> ReportWork(Guid personId, Guid workOrderId, decimal done, decimal rejected, string? note) => WorkAsync(personId, workOrderId, (db, order, work, actor) =>
    {
        if (work.Report(done, rejected, note) is { } reason) return reason;
        Tell(db, order, "work-progress", new Text($"{work.Number} : {done:0.##} sur {work.Quantity:0.##}", $"{work.Number}: {done:0.##} of {work.Quantity:0.##}"), actor.Name);
        return null;
    });

    public async Task<Outcome> FinishWork(Guid personId, Guid workOrderId)
    {
        var outcome = await WorkAsync(personId, workOrderId, (db, order, work, actor) =>
        {
            if (work.Finish(clock.UtcNow()) is { } reason) return reason;
            order.LookAgain(clock.UtcNow() + StepTime);
            Tell(db, order, "work-done", new Text($"{work.Number} : terminé", $"{work.Number}: done"), actor.Name);
            return null;
        }, already: WorkOrderState.Done);
        if (!outcome.IsDone) return outcome;
        KillPoints.Pass(KillPoints.WorkOrderDone);
        await Continue();
        return outcome;
    }

    public async Task<Outcome> SignReceipt(Guid personId, string name, string? reserve)
    {
        var actor = await actors.FindAsync(personId);
        if (string.IsNullOrWhiteSpace(name))
            return Outcome.Refused(new Reason("name-missing", "Écrivez le nom de la personne qui a reçu la livraison.", "Write the name of the person who received the delivery.") { Field = "name" });
        var refusal = await ChangeAsync((db, order) =>
        {
            if (!IsCustomer(order, actor)) return Reasons.NotYours;
            if (order.ReceivedBy is not null) return null;
            if (order.State != OrderState.Delivered) return TooLate;
            order.Receive(name.Trim(), string.IsNullOrWhiteSpace(reserve) ? null : reserve.Trim(), clock.UtcNow());
            Tell(db, order, "received", new Text($"Réception signée par {name.Trim()}", $"Receipt signed by {name.Trim()}"), actor.Name);
            Audit(db, order, actor, "received", null, name.Trim());
            return null;
        });
        if (refusal is not null) return Outcome.Refused(refusal);
        KillPoints.Pass(KillPoints.Received);
        await Continue();
        return Outcome.Done;
    }

    /// <summary>Answers that did not come, work without a workshop, work without a hold, and at last the delivery.</summary>
    private async Task<bool> ProduceAsync(Order order)
    {
        var now = clock.UtcNow();
        if (order.WorkOrders.Any(w => w.State == WorkOrderState.Proposed && w.AnswerBy <= now))
        {
            await ChangeAsync((db, o) =>
            {
                foreach (var silent in o.WorkOrders.Where(w => w.State == WorkOrderState.Proposed && w.AnswerBy <= now))
                {
                    silent.Lose("no-answer");
                    Tell(db, o, "work-declined", new Text($"{silent.Number} : pas de réponse de l'atelier, nous cherchons un autre atelier", $"{silent.Number}: no answer from the workshop, we look for another"), "");
                }
            });
            return true;
        }

        if (order.WorkOrders.Any(w => w.NeedsReplacement)) return await ReplaceAsync(order);
        if (order.WorkOrders.Any(w => w.State == WorkOrderState.Planned)) return await ProposeAsync(order);
        if (order.LiveWorkOrders.All(w => w.State == WorkOrderState.Done)) return await DeliverAsync(order);

        await AskAgainAtAsync(order, order.WorkOrders.Where(w => w.State == WorkOrderState.Proposed).Min(w => w.AnswerBy));
        return false;
    }

    /// <summary>Reserves what is planned (an order just confirmed has done so already) and asks its workshops.</summary>
    private async Task<bool> ProposeAsync(Order order)
    {
        await ReleasePastAsync(order);
        var lost = new List<Guid>();
        // Work under way too: planned anew, it keeps less time than it had.
        foreach (var workOrder in order.LiveWorkOrders.Where(w => w.State != WorkOrderState.Done).OrderByDescending(w => w.HasBegun))
        {
            if (!await ConfirmWorkAsync(workOrder) && !workOrder.HasBegun) lost.Add(workOrder.Id);
        }

        KillPoints.Pass(KillPoints.ReplacementHeld);
        await using var read = await databases.CreateDbContextAsync();
        var workshopIds = order.WorkOrders.Select(w => w.WorkshopId).ToArray();
        var workshops = await read.Set<Workshop>().AsNoTracking().Where(w => workshopIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id);
        await ChangeAsync((db, o) =>
        {
            foreach (var workOrder in o.LiveWorkOrders.Where(w => !w.HasBegun).ToList())
            {
                if (lost.Contains(workOrder.Id)) workOrder.Lose(WorkOrder.SlotTaken);
                else if (workOrder.State == WorkOrderState.Planned) Propose(db, o, workOrder, workshops[workOrder.WorkshopId]);
            }
        });
        return true;
    }

    /// <summary>What counts no longer gives its time back, before anything new is planned or takes it.</summary>
    private Task ReleasePastAsync(Order order) => ReleaseAsync(order.WorkOrders.Where(w => !w.IsLive && w.State != WorkOrderState.Tentative));

    private void Propose(MarketDbContext db, Order order, WorkOrder workOrder, Workshop workshop)
    {
        workOrder.Propose(clock.UtcNow().AddHours(workshop.AnswerHours));
        Tell(db, order, "work-proposed", new Text($"{workOrder.Number} : proposé à {workshop.Name}", $"{workOrder.Number}: proposed to {workshop.Name}"), "");
        MailOutbox.WorkProposed(db, workOrder, workshop, clock.UtcNow());
    }

    private async Task<bool> DeliverAsync(Order order)
    {
        await using var read = await databases.CreateDbContextAsync();
        var workshopIds = order.LiveWorkOrders.Select(w => w.WorkshopId).ToArray();
        var names = await read.Set<Workshop>().AsNoTracking().Where(w => workshopIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name);
        await writer.WriteAsync(async (db, c) =>
        {
            var o = await db.Set<Order>().Include(x => x.WorkOrders).FirstAsync(x => x.Id == OrderId, c);
            if (o.State != OrderState.InProduction) return;
            var now = clock.UtcNow();
            var lines = o.Lines.Where(l => l.Line > 0)
                .Select(l => new DeliveryNoteLine(l.Title, l.Quantity, l.Unit, string.Join(", ", o.LiveWorkOrders.Where(w => w.Operations.Any(p => p.Line == l.Line)).Select(w => names[w.WorkshopId]).Distinct())))
                .ToList();
            var note = new DeliveryNote(Guid.CreateVersion7(), o.Id, await ReferenceCounter.NextAsync(db, "BL", ParisTime.DateOf(now).Year, c), now, lines);
            db.Add(note);
            o.Delivered(now);
            Tell(db, o, "delivered", new Text($"Tout est fabriqué : livraison {note.Number} en route", $"All is made: delivery {note.Number} is on its way"), "");
            MailOutbox.Delivered(db, o, note, now);
        });
        KillPoints.Pass(KillPoints.Delivered);
        return true;
    }

    private Task AskAgainAtAsync(Order order, DateTime? at) => order.DueAt == at ? Task.CompletedTask : ChangeAsync((_, o) => o.LookAgain(at));

    /// <param name="already">The state that shows the step was done before: asked again it is done, however far the order has moved on since.</param>
    private async Task<Outcome> WorkAsync(Guid personId, Guid workOrderId, Func<MarketDbContext, Order, WorkOrder, Actor, Reason?> change, WorkOrderState? already = null)
    {
        var actor = await actors.FindAsync(personId);
        if (actor.IsAnonymous) return Outcome.Refused(Reasons.SignIn);
        return Outcome.Of(await ChangeAsync((db, order) =>
        {
            if (order.WorkOrders.FirstOrDefault(w => w.Id == workOrderId) is not { } work) return Reasons.Unknown;
            if (!actor.IsAdministrator && !actor.ActsFor(work.WorkshopOrganisationId)) return Reasons.NotYours;
            if (work.State == already) return null;
            return order.State == OrderState.InProduction ? change(db, order, work, actor) : TooLate;
        }));
    }
}
