using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Numbering;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>From an accepted plan to capacity that is held, and on to reservations.</summary>
public sealed partial class OrderGrain
{
    /// <summary>How long capacity is kept while a card is paid (rules of payment).</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(30);

    public async Task<Outcome<string>> Accept(AcceptPlan command)
    {
        var actor = await actors.FindAsync(command.PersonId);
        if (actor.IsAnonymous) return Outcome<string>.Refused(Reasons.SignIn);
        var recorded = await RecordAsync(command, actor);
        if (!recorded.IsDone) return recorded;
        KillPoints.Pass(KillPoints.OrderRecorded);
        await Continue();
        var order = await ReadAsync();
        return order!.State == OrderState.Cancelled
            ? Outcome<string>.Refused(order.CancelReason == Reasons.SlotTaken.Code ? Reasons.SlotTaken : TooLate)
            : recorded;
    }

    private Task<Outcome<string>> RecordAsync(AcceptPlan command, Actor actor) => writer.WriteAsync(async (db, c) =>
    {
        var now = clock.UtcNow();
        if (await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == OrderId, c) is { } placed)
            return IsCustomer(placed, actor) ? Outcome<string>.Done(placed.Number) : Outcome<string>.Refused(Reasons.NotYours);
        if (await db.Set<Quote>().AsNoTracking().FirstOrDefaultAsync(q => q.Id == command.QuoteId, c) is not { } quote)
            return Outcome<string>.Refused(Reasons.Unknown);
        if (quote.Refuses(actor, command.Plan, now) is { } reason) return Outcome<string>.Refused(reason);
        if (actor.OrganisationId is not { } organisationId)
            return Outcome<string>.Refused(new Reason("organisation-missing", "Complétez votre profil : il nous faut le nom et l'adresse de votre structure pour la facture.", "Complete your profile: the invoice needs the name and address of your organisation."));

        var buyer = await db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == organisationId, c);
        var plan = quote.Plans.First(p => p.Kind == command.Plan);
        var number = await ReferenceCounter.NextAsync(db, "CMD", ParisTime.DateOf(now).Year, c);
        var lines = InvoiceLines.Of(quote.Lines, plan)
            .Select(a => new OrderLine(a.Line ?? 0, quote.Lines.FirstOrDefault(l => l.Line == a.Line)?.OfferId ?? Guid.Empty, a.Description, a.Quantity, a.Unit, a.VatRate, a.IsService, a.ExclTax))
            .ToList();
        var deposit = buyer.HasApprovedTerms ? Money.Zero : await documents.DepositAsync(db, buyer, lines, ParisTime.DateOf(now), c);
        var order = new Order(OrderId, number, quote, plan, actor.PersonId, organisationId, DeliveryAddress(quote, command.Street, buyer), deposit, now) { Lines = lines };
        if (!await IsStillMadeSoAsync(db, plan, quote.Lines, c))
            return Outcome<string>.Refused(new Reason("offer-changed", "Un article de ce devis se fabrique autrement depuis, ou n'est plus proposé. Demandez un nouveau devis, cela prend un instant.", "An item of this quote is made in another way since, or no longer offered. Ask for a new quote, it takes a moment."));
        foreach (var workOrder in await MakeWorkOrdersAsync(db, order.Id, number, plan, quote.Lines, 0, c)) order.AddWorkOrder(workOrder);
        db.Add(order);
        Tell(db, order, "accepted", new Text($"Devis {quote.Number} accepté", $"Quote {quote.Number} accepted"), actor.Name);
        Audit(db, order, actor, "accepted", null, FormattableString.Invariant($"{plan.Kind} {order.InclTax}"));
        return Outcome<string>.Done(number);
    });

    /// <summary>Whether the offers are still published and have every step that the plan makes.</summary>
    private static async Task<bool> IsStillMadeSoAsync(MarketDbContext db, Plan plan, IReadOnlyList<QuoteLine> lines, CancellationToken cancellation)
    {
        var ids = lines.Select(l => l.OfferId).ToArray();
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => ids.Contains(o.Id) && o.State == OfferState.Published).ToDictionaryAsync(o => o.Id, cancellation);
        var offerOf = lines.ToDictionary(l => l.Line, l => offers.GetValueOrDefault(l.OfferId));
        return plan.Lots.All(lot => offerOf.GetValueOrDefault(lot.Line) is { } offer
            && lot.Operations.All(o => offer.Routing.Any(r => r.Sequence == o.Sequence && string.Equals(r.Process, o.Process, StringComparison.Ordinal))));
    }

    internal static async Task<IReadOnlyList<WorkOrder>> MakeWorkOrdersAsync(
        MarketDbContext db, Guid orderId, string number, Plan plan, IReadOnlyList<QuoteLine> lines, int taken, CancellationToken cancellation)
    {
        var offerIds = lines.Select(l => l.OfferId).ToArray();
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => offerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var workshopIds = plan.Lots.SelectMany(l => l.Operations).Select(o => o.Workshop).Distinct().ToArray();
        var organisations = await db.Set<Workshop>().AsNoTracking().Where(w => workshopIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.OrganisationId, cancellation);
        return WorkOrderFactory.Make(orderId, number, plan, lines.ToDictionary(l => l.Line, l => offers[l.OfferId]), organisations, taken);
    }

    /// <summary>Holds everything or nothing. Done again after a kill it finds what it held before.</summary>
    private async Task<bool> HoldAsync(Order order)
    {
        var until = clock.UtcNow() + HoldTime;
        if (!await HoldWorkAsync(order.LiveWorkOrders, until))
        {
            await CancelAsync(Reasons.SlotTaken.Code, new Text("Un créneau venait d'être pris : rien n'a été commandé", "A slot had just been taken: nothing was ordered"), "", only: OrderState.Holding);
            return false;
        }

        KillPoints.Pass(KillPoints.AllHeld);
        await ChangeAsync((db, o) =>
        {
            if (o.State != OrderState.Holding) return;
            if (o.Deposit.IsZero) o.HeldOnTerms(clock.UtcNow());
            else o.Held(until);
            Tell(db, o, "held", new Text("Créneaux réservés chez les ateliers", "Time kept at the workshops"), "");
        });
        return true;
    }

    private async Task<bool> HoldWorkAsync(IEnumerable<WorkOrder> workOrders, DateTime until)
    {
        foreach (var workOrder in workOrders)
        {
            foreach (var (machine, slots) in WorkOrderFactory.Machines([workOrder]))
            {
                if (!(await GrainFactory.GetGrain<IMachineGrain>(machine).Hold(workOrder.Id, slots, until)).IsDone) return false;
                KillPoints.Pass(KillPoints.OneMachineHeld);
            }

            if (!(await GrainFactory.GetGrain<IWorkshopGrain>(workOrder.WorkshopId).HoldPeople(workOrder.Id, WorkOrderFactory.People(workOrder), until)).IsDone) return false;
        }

        return true;
    }

    private async Task ExtendHoldsAsync(Order order, DateTime until)
    {
        foreach (var workOrder in order.LiveWorkOrders)
        {
            foreach (var (machine, _) in WorkOrderFactory.Machines([workOrder])) await GrainFactory.GetGrain<IMachineGrain>(machine).Extend(workOrder.Id, until);
            await GrainFactory.GetGrain<IWorkshopGrain>(workOrder.WorkshopId).ExtendPeople(workOrder.Id, until);
        }
    }

    /// <summary>The deposit did not come: closes the payment page first, so that nobody pays for what is given back.</summary>
    private async Task<bool> ExpireAsync(Order order)
    {
        if (!await ClosePaymentsAsync())
        {
            // A payment is under way or done: wait for its outcome instead of giving its capacity away.
            var later = clock.UtcNow() + TimeSpan.FromMinutes(5);
            await ExtendHoldsAsync(order, later);
            await ChangeAsync((_, o) => o.ExtendHold(later));
            return false;
        }

        await CancelAsync("expired", new Text("Acompte non reçu à temps : créneaux rendus", "Deposit not received in time: slots given back"), "");
        return false;
    }

    /// <summary>Turns holds into reservations and proposes the work to the workshops.</summary>
    private async Task<bool> ConfirmAsync(Order order)
    {
        var lost = new List<Guid>();
        foreach (var workOrder in order.LiveWorkOrders.Where(w => w.State == WorkOrderState.Planned))
        {
            if (!await ConfirmWorkAsync(workOrder)) lost.Add(workOrder.Id);
        }

        await ChangeAsync((db, o) =>
        {
            if (o.State != OrderState.Confirming) return;
            foreach (var workOrder in o.WorkOrders.Where(w => lost.Contains(w.Id))) workOrder.Lose(WorkOrder.SlotTaken);
            o.Confirmed();
            o.LookAgain(clock.UtcNow());
            Tell(db, o, "confirmed", new Text("Commande confirmée", "Order confirmed"), "");
        });
        KillPoints.Pass(KillPoints.OrderConfirmed);
        return true;
    }

    private async Task<bool> ConfirmWorkAsync(WorkOrder workOrder)
    {
        await using var db = await databases.CreateDbContextAsync();
        var before = await db.Set<Occupation>().Where(o => o.OwnerId == workOrder.Id).Select(o => o.ResourceId).Distinct().ToListAsync();
        foreach (var machine in before.Except(workOrder.Operations.Select(o => o.MachineId))) await GrainFactory.GetGrain<IMachineGrain>(machine).Release(workOrder.Id);
        foreach (var (machine, slots) in WorkOrderFactory.Machines([workOrder]))
        {
            if (!(await GrainFactory.GetGrain<IMachineGrain>(machine).Confirm(workOrder.Id, slots)).IsDone) return false;
            KillPoints.Pass(KillPoints.OneMachineConfirmed);
        }

        return (await GrainFactory.GetGrain<IWorkshopGrain>(workOrder.WorkshopId).ConfirmPeople(workOrder.Id, WorkOrderFactory.People(workOrder))).IsDone;
    }

    private static Address DeliveryAddress(Quote quote, string? street, Organisation buyer)
    {
        var space = quote.DeliverToName.IndexOf(' ', StringComparison.Ordinal);
        var (postalCode, city) = (quote.DeliverToName[..space], quote.DeliverToName[(space + 1)..]);
        // Without a street of its own an order goes to the customer's address, where that is in the same commune.
        var known = string.IsNullOrWhiteSpace(street) && buyer.Address.Insee == quote.DeliverToInsee ? buyer.Address.Street : street?.Trim();
        return new Address(known ?? "", postalCode, city, quote.DeliverToInsee);
    }
}
