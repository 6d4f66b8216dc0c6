using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>What must hold when a story is over, from the market's rows and from the provider's, whatever happened on the way.</summary>
internal sealed class StoryBooks(IDbContextFactory<MarketDbContext> databases, RunningSandbox sandbox)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<bool> NothingWaitsAsync()
    {
        await using var db = await databases.CreateDbContextAsync(Token);
        return !await db.Set<OutboxMessage>().AnyAsync(m => m.DoneAt == null && m.Kind != "mail", Token)
            && !await db.Set<Order>().AnyAsync(o => o.State == OrderState.Cancelled && o.DueAt != null, Token);
    }

    public async Task CheckAsync()
    {
        await using var db = await databases.CreateDbContextAsync(Token);
        Assert.False(await db.Set<OutboxMessage>().AnyAsync(m => m.DeadAt != null, Token));
        var payments = await db.Set<Payment>().AsNoTracking().ToListAsync(Token);
        await CheckProviderAsync(payments);
        foreach (var order in await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).Where(o => o.State == OrderState.Completed).ToListAsync(Token))
            await CheckOrderAsync(db, order, payments);
        foreach (var order in await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).Where(o => o.State == OrderState.Cancelled).ToListAsync(Token))
            await CheckNothingIsTakenAsync(db, order);
        await CheckRefundsAsync(db, payments);
        foreach (var booking in await db.Set<Booking>().AsNoTracking().Where(b => b.Settlement == BookingSettlement.Card && b.State == BookingState.Booked).ToListAsync(Token))
            Assert.Equal(booking.InclTax, Assert.Single(payments, p => p.SubjectId == booking.Id && p.State == PaymentState.Succeeded).Amount);

        var numbers = await db.Set<Invoice>().Select(i => new { i.SellerId, i.Number }).ToListAsync(Token); // Each seller has a series of its own.
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Empty(await new MarketChecks(databases, TimeProvider.System).RunAllAsync(Token));
    }

    /// <summary>Nothing at the provider that we do not know of, and nothing twice.</summary>
    private async Task CheckProviderAsync(IReadOnlyList<Payment> payments)
    {
        var charges = (await sandbox.ListAsync("/v1/charges")).Where(c => c.GetProperty("status").GetString() == "succeeded").ToList();
        Assert.Equal(
            payments.Where(p => p.ChargeId is not null).Select(p => (p.ChargeId!, (p.Amount - p.Refunded).Cents)).Order().ToList(),
            charges.Select(c => (c.GetProperty("id").GetString()!, c.GetProperty("amount").GetInt64() - c.GetProperty("amount_refunded").GetInt64())).Order().ToList());
    }

    /// <summary>Each cancelled booking that was paid has gone back once, at the provider and in a credit note.</summary>
    private async Task CheckRefundsAsync(MarketDbContext db, IReadOnlyList<Payment> payments)
    {
        var refunds = await db.Set<Refund>().AsNoTracking().ToListAsync(Token);
        var made = await sandbox.ListAsync("/v1/refunds");
        Assert.Equal(
            refunds.Select(r => (r.StripeId!, r.Amount.Cents)).Order().ToList(),
            made.Select(r => (r.GetProperty("id").GetString()!, r.GetProperty("amount").GetInt64())).Order().ToList());
        foreach (var booking in await db.Set<Booking>().AsNoTracking().Where(b => b.State == BookingState.Cancelled && b.InvoiceId != null).ToListAsync(Token))
        {
            var payment = Assert.Single(payments, p => p.SubjectId == booking.Id && p.ChargeId is not null);
            Assert.Equal(booking.InclTax, Assert.Single(refunds, r => r.PaymentId == payment.Id).Amount);
            Assert.Equal(PaymentState.Refunded, payment.State);
        }

        Assert.Equal(refunds.Count, await db.Set<Invoice>().CountAsync(i => i.Kind == DocumentKind.CreditNote || i.Kind == DocumentKind.DepositCreditNote, Token));
    }

    private static async Task CheckNothingIsTakenAsync(MarketDbContext db, Order order)
    {
        var works = order.WorkOrders.Select(w => w.Id).ToList();
        Assert.False(await db.Set<Occupation>().AnyAsync(o => works.Contains(o.OwnerId), Token));
        Assert.False(await db.Set<PeopleHold>().AnyAsync(h => works.Contains(h.OwnerId), Token));
    }

    private async Task CheckOrderAsync(MarketDbContext db, Order order, IReadOnlyList<Payment> payments)
    {
        // The customer has paid what the order says, no more, no less.
        Assert.Equal(order.InclTax.Cents, payments.Where(p => p.SubjectId == order.Id && p.State == PaymentState.Succeeded).Sum(p => p.Amount.Cents));

        var invoices = await db.Set<Invoice>().AsNoTracking().Where(i => i.OrderId == order.Id).ToListAsync(Token);
        Assert.Single(invoices, i => i.Kind == DocumentKind.Deposit);
        Assert.Single(invoices, i => i.Kind == DocumentKind.Invoice && i.InclTax == order.InclTax);
        var selfBilled = invoices.Where(i => i.Kind == DocumentKind.SelfBilled).ToList();
        Assert.Equal(order.LiveWorkOrders.Count(), selfBilled.Count);

        var transfers = await db.Set<WorkshopTransfer>().AsNoTracking().Where(t => t.OrderId == order.Id).ToListAsync(Token);
        Assert.All(transfers, t => Assert.Equal(TransferState.Paid, t.State));
        Assert.Equal(
            selfBilled.GroupBy(i => i.SellerId).Select(g => (Organisation: g.Key, Cents: g.Sum(i => i.InclTax.Cents))).Order().ToList(),
            transfers.GroupBy(t => t.OrganisationId).Select(g => (Organisation: g.Key, Cents: g.Sum(t => t.Amount.Cents))).Order().ToList());
        var made = (await sandbox.ListAsync("/v1/transfers")).Where(t => t.GetProperty("transfer_group").GetString() == order.Number).ToList();
        Assert.Equal(
            transfers.Select(t => (t.StripeId!, t.Amount.Cents)).Order().ToList(),
            made.Select(t => (t.GetProperty("id").GetString()!, t.GetProperty("amount").GetInt64())).Order().ToList());

        // Every operation has its machine's time once, and what was declined or replaced has none.
        var works = order.WorkOrders.Select(w => w.Id).ToList();
        var occupied = await db.Set<Occupation>().AsNoTracking().Where(o => works.Contains(o.OwnerId)).ToListAsync(Token);
        Assert.Equal(
            order.LiveWorkOrders.SelectMany(w => w.Operations, (w, o) => (w.Id, o.MachineId, o.Start, o.End)).Order().ToList(),
            occupied.Select(o => (o.OwnerId, o.ResourceId, o.Start, o.End)).Order().ToList());
        Assert.All(occupied, o => Assert.Null(o.Deadline));
        var people = await db.Set<PeopleHold>().AsNoTracking().Where(h => works.Contains(h.OwnerId)).ToListAsync(Token);
        Assert.Equal(
            order.LiveWorkOrders.Where(w => w.Operations.Any(o => o.PeopleMinutes > 0)).Select(w => w.Id).Order().ToList(), people.Select(h => h.OwnerId).Distinct().Order().ToList());

        var lines = (await db.Set<JournalEntry>().AsNoTracking().Where(e => e.Posted).ToListAsync(Token)).SelectMany(e => e.Lines).ToList();
        Assert.Equal(lines.Sum(l => l.Debit.Cents), lines.Sum(l => l.Credit.Cents));
    }
}
