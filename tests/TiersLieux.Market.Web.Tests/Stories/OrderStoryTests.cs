using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Tests.Hosting;
using TiersLieux.Market.Web.Tests.Treasury;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>From an order in the catalogue to a payout, one workshop saying no on the way.</summary>
public class OrderStoryTests
{
    /// <summary>On SQLite: the same story is told on both databases over HTTP and in a browser.</summary>
    [Fact]
    public async Task An_order_is_made_by_several_workshops_and_everybody_is_paid()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        var buyer = await market.PersonAsync("buyer@demo.invalid");
        var actor = await market.Services.GetRequiredService<ActorDirectory>().FindAsync(buyer.Id, TestContext.Current.CancellationToken);
        var (bench, visor) = (await OfferAsync(market, "banc-liteaux-102"), await OfferAsync(market, "visiere-protection"));

        var answer = await market.Services.GetRequiredService<QuoteDesk>()
            .CreateAsync(new QuoteWish([new(bench.Id, 8), new(visor.Id, 60)], null, "59000", "Lille", null), actor, TestContext.Current.CancellationToken);
        var given = Assert.IsType<QuoteAnswer.Given>(answer);
        Assert.Empty(given.Unavailable);
        Assert.NotEmpty(given.Quote.Plans);

        var order = market.Grains.GetGrain<IOrderGrain>(Guid.CreateVersion7());
        var accept = new AcceptPlan(buyer.Id, given.Quote.Id, PlanKind.Fastest, "3 rue de l'Exemple");
        var number = Done(await order.Accept(accept));
        Assert.Equal(number, Done(await order.Accept(accept))); // The same request again is the same order.

        await market.PayByCardAsync(Done(await order.Pay(buyer.Id)));
        await market.UntilAsync("the deposit confirmed the order", async db => (await OrderAsync(db, number)).State == OrderState.InProduction);
        await market.UntilAsync("the workshops were asked", async db => (await OrderAsync(db, number)).WorkOrders.All(w => w.State == WorkOrderState.Proposed || w.State == WorkOrderState.Accepted));

        await DeclineOneAsync(market, order, number);
        await FinishAllAsync(market, order, number);
        await using (var db = market.Read()) Assert.Equal(OrderState.Delivered, (await OrderAsync(db, number)).State);

        Assert.True((await order.SignReceipt(buyer.Id, "Camille Exemple", null)).IsDone);
        await using (var db = market.Read()) Assert.Equal(OrderState.AwaitingBalance, (await OrderAsync(db, number)).State);
        await market.PayByCardAsync(Done(await order.Pay(buyer.Id)));
        await market.UntilAsync("everybody is paid", async db => (await OrderAsync(db, number)).State == OrderState.Completed);

        await market.ControlAsync("/sandbox/clock", new { advance = "8d" });
        await market.ControlAsync("/sandbox/payouts", new { });
        await market.UntilAsync("the payout is posted", async db => await db.Set<JournalEntry>().AnyAsync(e => e.EventCode == EventCode.PayoutLeft && e.Posted));
        await CheckMoneyAsync(market, number);
        await TreasurerPart.PlayAsync(market, number);
    }

    private static async Task DeclineOneAsync(RunningMarket market, IOrderGrain order, string number)
    {
        WorkOrder declined;
        await using (var db = market.Read()) declined = (await OrderAsync(db, number)).WorkOrders.OrderBy(w => w.Operations.Count).First();
        var artisan = await ArtisanOfAsync(market, declined);
        Assert.False((await order.DeclineWork(artisan, declined.Id, " ")).IsDone); // Without a reason.
        Assert.True((await order.DeclineWork(artisan, declined.Id, "Machine en panne")).IsDone);
        await market.UntilAsync("somebody else was asked", async db =>
        {
            var now = await OrderAsync(db, number);
            if (now.LaterDate is { IsAsked: true } later) await order.AnswerLaterDate(now.PersonId, later.PromiseDate, agrees: true);
            return now.WorkOrders.All(w => !w.NeedsReplacement) && now.LiveWorkOrders.All(w => w.State is WorkOrderState.Proposed or WorkOrderState.Accepted);
        });
        await using var after = market.Read();
        Assert.DoesNotContain((await OrderAsync(after, number)).LiveWorkOrders, w => w.WorkshopId == declined.WorkshopId);
    }

    private static async Task FinishAllAsync(RunningMarket market, IOrderGrain order, string number)
    {
        List<WorkOrder> work;
        await using (var db = market.Read()) work = [.. (await OrderAsync(db, number)).LiveWorkOrders];
        foreach (var item in work)
        {
            var artisan = await ArtisanOfAsync(market, item);
            Assert.True((await order.AcceptWork(artisan, item.Id)).IsDone);
            Assert.False((await order.ReportWork(artisan, item.Id, item.Quantity + 1, 0, null)).IsDone);
            Assert.True((await order.ReportWork(artisan, item.Id, item.Quantity, 0, "RAS")).IsDone);
            Assert.True((await order.FinishWork(artisan, item.Id)).IsDone);
        }
    }

    private static async Task CheckMoneyAsync(RunningMarket market, string number)
    {
        await using var db = market.Read();
        var order = await OrderAsync(db, number);
        var payments = await db.Set<Payment>().Where(p => p.SubjectId == order.Id).ToListAsync();
        Assert.Equal(order.InclTax.Cents, payments.Sum(p => p.Amount.Cents)); // Charged what the order says, no more, no less.
        var invoices = await db.Set<Invoice>().Where(i => i.OrderId == order.Id).ToListAsync();
        Assert.Single(invoices, i => i.Kind == DocumentKind.Deposit);
        Assert.Single(invoices, i => i.Kind == DocumentKind.Invoice && i.InclTax == order.InclTax);
        var selfBilled = invoices.Where(i => i.Kind == DocumentKind.SelfBilled).ToList();
        Assert.Equal(order.LiveWorkOrders.Count(), selfBilled.Count);
        var transfers = await db.Set<WorkshopTransfer>().Where(t => t.OrderId == order.Id).ToListAsync();
        Assert.All(transfers, t => Assert.Equal(TransferState.Paid, t.State));
        Assert.Equal(selfBilled.Sum(i => i.InclTax.Cents), transfers.Sum(t => t.Amount.Cents));

        var lines = (await db.Set<JournalEntry>().Where(e => e.Posted).ToListAsync()).SelectMany(e => e.Lines).ToList();
        Assert.Equal(lines.Sum(l => l.Debit.Cents), lines.Sum(l => l.Credit.Cents));
        long Balance(string account) => lines.Where(l => l.Account == account).Sum(l => l.Balance.Cents);
        Assert.Equal(0, Balance("411"));
        Assert.Equal(0, Balance("401"));
        Assert.Equal(0, Balance("4191"));
        Assert.Equal(0, Balance("5171")); // All that was left at the provider is in the payout…
        Assert.Equal((await db.Set<Payout>().SingleAsync()).Amount.Cents, Balance("58")); // …and on its way to the bank.
    }

    private static Task<Order> OrderAsync(MarketDbContext db, string number) => db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Number == number);

    private static async Task<Offer> OfferAsync(RunningMarket market, string code)
    {
        await using var db = market.Read();
        return await db.Set<Offer>().AsNoTracking().FirstAsync(o => o.Code == code);
    }

    private static async Task<Guid> ArtisanOfAsync(RunningMarket market, WorkOrder work)
    {
        await using var db = market.Read();
        return await db.Set<Person>().Where(p => p.OrganisationId == work.WorkshopOrganisationId && db.Set<RoleGrant>().Any(r => r.PersonId == p.Id && r.Role == Role.Artisan)).Select(p => p.Id).FirstAsync();
    }

    private static string Done(Outcome<string> outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.English);
        return outcome.Value!;
    }
}
