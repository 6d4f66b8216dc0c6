using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A work order with what its workshop must know of the order around it.</summary>
/// <param name="Titles">What is made, with quantities: by order line.</param>
public sealed record WorkCard(WorkOrder Work, string OrderNumber, DateOnly PromiseDate, string DeliverTo, IReadOnlyDictionary<int, string> Titles);

/// <summary>A self-billed invoice and how much of it has been transferred.</summary>
public sealed record WorkshopInvoice(string Number, string? OrderReference, DateOnly IssueDate, Money InclTax, Money Transferred)
{
    public Money Left => InclTax - Transferred;
}

/// <summary>What an artisan's page answers: what must I do, what am I owed.</summary>
/// <param name="Account">The account at the payment provider; null when none was opened.</param>
/// <param name="OrganisationId">Whose account; null for a person without a workshop.</param>
public sealed record WorkshopBoard(
    IReadOnlyList<string> Workshops,
    IReadOnlyList<WorkCard> ToAnswer,
    IReadOnlyList<WorkCard> ToDo,
    IReadOnlyList<WorkCard> Done,
    IReadOnlyList<WorkshopInvoice> Invoices,
    Money Earned,
    ConnectedAccount? Account,
    Guid? OrganisationId,
    WorkshopSites Sites);

/// <summary>Reads what concerns the workshops of the person's organisations.</summary>
public sealed class WorkshopQueries(IDbContextFactory<MarketDbContext> databases)
{
    private const int DoneShown = 20;

    public async Task<WorkshopBoard> BoardAsync(Actor actor, bool english, CancellationToken cancellation = default)
    {
        var mine = actor.Organisations();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().Where(w => mine.Contains(w.OrganisationId)).OrderBy(w => w.Name).Select(w => new { w.Name, w.OrganisationId }).ToListAsync(cancellation);
        var live = await db.Set<WorkOrder>().AsNoTracking()
            .Where(w => mine.Contains(w.WorkshopOrganisationId) && (w.State == WorkOrderState.Proposed || w.State == WorkOrderState.Accepted || w.State == WorkOrderState.InProgress))
            .OrderBy(w => w.Start).ToListAsync(cancellation);
        var done = await db.Set<WorkOrder>().AsNoTracking().Where(w => mine.Contains(w.WorkshopOrganisationId) && w.State == WorkOrderState.Done)
            .OrderByDescending(w => w.DoneAt).Take(DoneShown).ToListAsync(cancellation);
        var cards = await CardsAsync(db, [.. live, .. done], cancellation);
        var invoices = await InvoicesAsync(db, mine, cancellation);

        // Earned and not invoiced yet: work of orders whose customer has not signed.
        var invoiced = await db.Set<Invoice>().Where(i => mine.Contains(i.SellerId) && i.Kind == DocumentKind.SelfBilled).Select(i => i.OrderId).ToListAsync(cancellation);
        var earned = await db.Set<WorkOrder>().AsNoTracking().Where(w => mine.Contains(w.WorkshopOrganisationId) && w.State == WorkOrderState.Done).Select(w => new { w.OrderId, w.Share }).ToListAsync(cancellation);
        var organisation = workshops.Count > 0 ? workshops[0].OrganisationId : (Guid?)null;
        var account = await db.Set<ConnectedAccount>().AsNoTracking().FirstOrDefaultAsync(a => a.OrganisationId == organisation, cancellation);
        var sites = await WorkshopSites.OfAsync(
            db, live.Concat(done).Select(w => w.WorkshopId).ToHashSet(), live.Concat(done).SelectMany(w => w.Operations).Select(o => o.MachineId).ToHashSet(), english, cancellation);
        return new WorkshopBoard(
            [.. workshops.Select(w => w.Name)],
            [.. cards.Where(c => c.Work.State == WorkOrderState.Proposed).OrderBy(c => c.Work.AnswerBy)],
            [.. cards.Where(c => c.Work.State is WorkOrderState.Accepted or WorkOrderState.InProgress)],
            [.. cards.Where(c => c.Work.State == WorkOrderState.Done)],
            invoices,
            earned.Where(w => !invoiced.Contains(w.OrderId)).Aggregate(Money.Zero, (sum, w) => sum + w.Share),
            account,
            organisation,
            sites);
    }

    /// <summary>The order that a work order of the person's own workshops belongs to, or null.</summary>
    public async Task<Guid?> OrderOfAsync(Guid workOrderId, Actor actor, CancellationToken cancellation = default)
    {
        var mine = actor.Organisations();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<WorkOrder>().Where(w => w.Id == workOrderId && mine.Contains(w.WorkshopOrganisationId)).Select(w => (Guid?)w.OrderId).FirstOrDefaultAsync(cancellation);
    }

    private static async Task<IReadOnlyList<WorkCard>> CardsAsync(MarketDbContext db, IReadOnlyList<WorkOrder> works, CancellationToken cancellation)
    {
        var ids = works.Select(w => w.OrderId).Distinct().ToArray();
        var orders = await db.Set<Order>().AsNoTracking().Where(o => ids.Contains(o.Id))
            .Select(o => new { o.Id, o.Number, o.PromiseDate, o.DeliverTo.City, o.Lines })
            .ToDictionaryAsync(o => o.Id, cancellation);
        return [.. works.Select(w =>
        {
            var order = orders[w.OrderId];
            return new WorkCard(w, order.Number, order.PromiseDate, order.City, order.Lines.Where(l => l.Line > 0).ToDictionary(l => l.Line, l => l.Title));
        })];
    }

    private static async Task<IReadOnlyList<WorkshopInvoice>> InvoicesAsync(MarketDbContext db, Guid[] mine, CancellationToken cancellation)
    {
        var invoices = await db.Set<Invoice>().AsNoTracking()
            .Where(i => mine.Contains(i.SellerId) && i.Kind == DocumentKind.SelfBilled)
            .OrderByDescending(i => i.IssuedAt)
            .Select(i => new { i.Id, i.Number, i.OrderReference, i.IssueDate, i.InclTax })
            .ToListAsync(cancellation);
        var ids = invoices.Select(i => i.Id).ToArray();
        var paid = (await db.Set<WorkshopTransfer>().AsNoTracking()
                .Where(t => ids.Contains(EF.Property<Guid>(t, "InvoiceId")) && t.State == TransferState.Paid)
                .Select(t => new { Invoice = EF.Property<Guid>(t, "InvoiceId"), t.Amount, t.Reversed })
                .ToListAsync(cancellation))
            .ToLookup(t => t.Invoice, t => t.Amount - t.Reversed);
        return [.. invoices.Select(i => new WorkshopInvoice(i.Number, i.OrderReference, i.IssueDate, i.InclTax, paid[i.Id].Aggregate(Money.Zero, (sum, a) => sum + a)))];
    }
}
