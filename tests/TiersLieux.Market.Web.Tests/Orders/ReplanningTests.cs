using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>What is left of an order when machines break down: planned again around what stays, and asked about when it gets later.</summary>
public sealed class ReplanningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_later_date_is_held_asked_and_agreed(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        var placed = await PlacedOrder.AcceptedBenchesAsync(market, 4);
        var promised = (await placed.ReadAsync()).PromiseDate;
        await BreakAllAsync(market, "assemblage", TimeSpan.FromDays(20));
        var order = await AskedAsync(market, placed);

        Assert.Equal(promised, order.PromiseDate);
        Assert.True(order.LaterDate!.PromiseDate > promised);
        var tentative = order.WorkOrders.Where(w => w.State == WorkOrderState.Tentative).ToList();
        await using (var db = market.Read())
        {
            foreach (var operation in tentative.SelectMany(w => w.Operations))
                Assert.True(await db.Set<Occupation>().AnyAsync(o => o.ResourceId == operation.MachineId && o.Start == operation.Start && o.Kind == OccupationKind.Hold && o.Deadline == order.LaterDate.AnswerBy, Token));
            Assert.True(await db.Set<OutboxMessage>().AnyAsync(m => m.Kind == "mail" && m.Key.StartsWith("later-date:"), Token));
        }

        // Not by anybody, not to another date.
        Assert.Equal("not-allowed", (await placed.Grain.AnswerLaterDate((await market.PersonAsync("animator@demo.invalid")).Id, order.LaterDate.PromiseDate, agrees: true)).Refusal?.Code);
        Assert.Equal("order-moved-on", (await placed.Grain.AnswerLaterDate(placed.Buyer, promised.AddDays(1), agrees: true)).Refusal?.Code);

        Assert.True((await placed.Grain.AnswerLaterDate(placed.Buyer, order.LaterDate.PromiseDate, agrees: true)).IsDone);
        Assert.True((await placed.Grain.AnswerLaterDate(placed.Buyer, order.LaterDate.PromiseDate, agrees: true)).IsDone); // Clicked twice.
        var agreed = await placed.ReadAsync();
        Assert.Equal((order.LaterDate.PromiseDate, null), (agreed.PromiseDate, agreed.LaterDate));
        Assert.All(agreed.WorkOrders.Where(w => tentative.Exists(t => t.Id == w.Id)), w => Assert.Equal(WorkOrderState.Proposed, w.State));
        Assert.DoesNotContain(agreed.WorkOrders, w => w.NeedsReplacement);
        await IsSoundAsync(market);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_later_date_that_does_not_suit_gives_everything_back(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        // The provider keeps its fee: other money must be there for the whole deposit to be paid back.
        await PlacedOrder.AcceptedBenchesAsync(market, 1);
        var placed = await PlacedOrder.AcceptedBenchesAsync(market, 2);
        await BreakAllAsync(market, "peinture-finition", TimeSpan.FromDays(20));
        var order = await AskedAsync(market, placed);
        Assert.True((await placed.Grain.AnswerLaterDate(placed.Buyer, order.LaterDate!.PromiseDate, agrees: false)).IsDone);
        await market.UntilAsync("the deposit is given back", db => db.Set<Invoice>().AnyAsync(i => i.OrderId == placed.Id && i.Kind == DocumentKind.DepositCreditNote, Token));

        var cancelled = await placed.ReadAsync();
        Assert.Equal((OrderState.Cancelled, Order.LaterDateRefused), (cancelled.State, cancelled.CancelReason));
        await using var db = market.Read();
        Assert.Equal(PaymentState.Refunded, (await db.Set<Payment>().SingleAsync(p => p.SubjectId == placed.Id, Token)).State);
        var works = cancelled.WorkOrders.Select(w => w.Id).ToArray();
        Assert.False(await db.Set<Occupation>().AnyAsync(o => works.Contains(o.OwnerId), Token));
        Assert.False(await db.Set<PeopleHold>().AnyAsync(h => works.Contains(h.OwnerId), Token));
        // Whoever had said yes is told.
        Assert.Equal(order.WorkOrders.Count(w => w.State == WorkOrderState.Accepted), await db.Set<OutboxMessage>().CountAsync(m => m.Kind == "mail" && m.Key.StartsWith("work-withdrawn:") && works.Any(w => m.Payload.Contains(w.ToString())), Token));
        await IsSoundAsync(market);
    }

    /// <summary>A machine breaks under work that has begun: what is made is kept and paid, the rest goes on elsewhere or later.</summary>
    [Fact]
    public async Task Work_that_has_begun_keeps_what_is_made()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        var placed = await PlacedOrder.AcceptedBenchesAsync(market, 8);
        var admin = (await market.PersonAsync("admin@demo.invalid")).Id;
        var begun = (await placed.ReadAsync()).LiveWorkOrders.OrderBy(w => w.Start).First();
        Assert.True((await placed.Grain.ReportWork(admin, begun.Id, Math.Floor(begun.Quantity / 2), 0, null)).IsDone);
        Assert.True((await market.Grains.GetGrain<IMachineGrain>(begun.Operations[0].MachineId).ReportBreakdown(admin, DateTime.UtcNow.AddDays(6), "Courroie cassée")).IsDone);
        await market.UntilAsync("the order knows", db => db.Set<OrderEvent>().AnyAsync(e => e.OrderId == placed.Id && e.Kind == "machine-broken", Token));
        await market.UntilAsync("the rest is planned", async db => await placed.ReadAsync(db) is var o && (o.LaterDate is { IsAsked: true } || !o.WorkOrders.Any(w => w.NeedsReplacement || w.State == WorkOrderState.Planned)));

        var order = await placed.ReadAsync();
        if (order.LaterDate is { } later)
        {
            // Something is made: it can only go on.
            Assert.Equal("work-begun", (await placed.Grain.AnswerLaterDate(placed.Buyer, later.PromiseDate, agrees: false)).Refusal?.Code);
            Assert.True((await placed.Grain.AnswerLaterDate(placed.Buyer, later.PromiseDate, agrees: true)).IsDone);
            order = await placed.ReadAsync();
        }

        var kept = order.WorkOrders.First(w => w.Id == begun.Id);
        Assert.Equal((WorkOrderState.InProgress, Math.Floor(begun.Quantity / 2)), (kept.State, kept.QuantityDone));
        Assert.InRange(kept.Share.Cents, 1, begun.Share.Cents - 1);
        await placed.AcceptAllAsync();
        foreach (var work in (await placed.ReadAsync()).LiveWorkOrders.OrderBy(w => w.Start))
        {
            Assert.True((await placed.Grain.ReportWork(admin, work.Id, work.Quantity, 0, null)).IsDone);
            Assert.True((await placed.Grain.FinishWork(admin, work.Id)).IsDone);
        }

        Assert.Equal(OrderState.Delivered, (await placed.ReadAsync()).State);
        await IsSoundAsync(market);
    }

    /// <summary>Nobody answers: the time is given back and asked for anew; three times, then people take over.</summary>
    [Fact]
    public async Task A_later_date_without_an_answer_is_given_back()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        var placed = await PlacedOrder.AcceptedBenchesAsync(market, 2);
        await BreakAllAsync(market, "peinture-finition", TimeSpan.FromDays(20));
        var first = await AskedAsync(market, placed);
        await using (var db = market.Read())
        {
            // A working day has passed.
            var late = first.LaterDate! with { AnswerBy = ParisTime.ToMicroseconds(DateTime.UtcNow.AddSeconds(-1)) };
            var json = System.Text.Json.JsonSerializer.Serialize(late, Storage.Model.JsonColumn.Options);
            await db.Database.ExecuteSqlAsync($"UPDATE \"order\" SET later_date = {json}, due_at = {late.AnswerBy:yyyy-MM-dd HH:mm:ss} WHERE number = {first.Number}", Token);
        }

        await placed.Grain.Continue();
        var second = await AskedAsync(market, placed);
        Assert.All(first.WorkOrders.Where(w => w.State == WorkOrderState.Tentative), before => Assert.Equal(WorkOrderState.Replaced, second.WorkOrders.First(w => w.Id == before.Id).State));
        await using var read = market.Read();
        Assert.Equal(1, await read.Set<OrderEvent>().CountAsync(e => e.OrderId == placed.Id && e.Kind == "later-date-unanswered", Token));
        await IsSoundAsync(market);
    }

    [Fact]
    public async Task Only_who_looks_after_a_machine_may_say_that_it_is_down()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        await using var db = market.Read();
        var machine = await db.Set<Resource>().FirstAsync(r => r.Kind == ResourceKind.Machine && r.WorkshopId != null, Token);
        var grain = market.Grains.GetGrain<IMachineGrain>(machine.Id);
        var (buyer, admin) = ((await market.PersonAsync("buyer@demo.invalid")).Id, (await market.PersonAsync("admin@demo.invalid")).Id);
        Assert.Equal("not-allowed", (await grain.ReportBreakdown(buyer, DateTime.UtcNow.AddDays(1), "panne")).Refusal?.Code);
        Assert.Equal("not-allowed", (await grain.ReportRepair(buyer)).Refusal?.Code);
        Assert.Equal("until-out-of-range", (await grain.ReportBreakdown(admin, DateTime.UtcNow.AddDays(-1), "panne")).Refusal?.Code);
        Assert.Equal("reason-missing", (await grain.ReportBreakdown(admin, DateTime.UtcNow.AddDays(1), " ")).Refusal?.Code);
        Assert.True((await grain.ReportBreakdown(admin, DateTime.UtcNow.AddDays(2), "panne")).IsDone);
        // A plan made before does not get the time of a broken machine.
        var slot = new Slot(ParisTime.ToMicroseconds(DateTime.UtcNow.AddHours(5)), ParisTime.ToMicroseconds(DateTime.UtcNow.AddHours(6)));
        Assert.Equal("slot-taken", (await grain.Hold(Guid.CreateVersion7(), [slot], DateTime.UtcNow.AddHours(1))).Refusal?.Code);
        Assert.True((await grain.ReportRepair(admin)).IsDone);
        Assert.True((await grain.Hold(Guid.CreateVersion7(), [slot], DateTime.UtcNow.AddHours(1))).IsDone);
    }

    /// <summary>People held too long ago, and then needed for another time of the day: what was promised is counted once.</summary>
    [Fact]
    public async Task People_are_promised_exactly_what_is_confirmed()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        Workshop workshop;
        await using (var db = market.Read()) workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(Token);
        var day = Enumerable.Range(10, 14).Select(i => ParisTime.DateOf(DateTime.UtcNow).AddDays(i)).First(d => workshop.PeopleMinutesOn(d) > 200);
        var (mine, others) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var grain = market.Grains.GetGrain<IWorkshopGrain>(workshop.Id);
        Assert.True((await grain.ConfirmPeople(others, [new DayLoad(day, 50)])).IsDone);
        Assert.True((await grain.HoldPeople(mine, [new DayLoad(day, 100)], ParisTime.ToMicroseconds(DateTime.UtcNow.AddMinutes(-1)))).IsDone);
        Assert.True((await grain.ConfirmPeople(mine, [new DayLoad(day, 60)])).IsDone);
        await using var read = market.Read();
        Assert.Equal(110, (await read.Set<WorkshopDay>().SingleAsync(d => d.WorkshopId == workshop.Id && d.Day == day, Token)).PromisedMinutes);
    }

    private static async Task BreakAllAsync(RunningMarket market, string process, TimeSpan length)
    {
        var admin = (await market.PersonAsync("admin@demo.invalid")).Id;
        await using var db = market.Read();
        var machines = (await db.Set<Resource>().Where(r => r.Kind == ResourceKind.Machine && r.WorkshopId != null).ToListAsync(Token)).Where(r => r.Capabilities.Any(c => c.Process == process)).ToList();
        Assert.NotEmpty(machines);
        foreach (var machine in machines) Assert.True((await market.Grains.GetGrain<IMachineGrain>(machine.Id).ReportBreakdown(admin, DateTime.UtcNow + length, "Coupure d'électricité")).IsDone);
        await market.UntilAsync("the orders know", async read => !await read.Set<OutboxMessage>().AnyAsync(m => m.Kind == MachineBrokenHandler.MessageKind && m.DoneAt == null, Token));
    }

    private static async Task<Order> AskedAsync(RunningMarket market, PlacedOrder placed)
    {
        await market.UntilAsync("the customer is asked about a later date", async db => (await placed.ReadAsync(db)).LaterDate is { IsAsked: true });
        return await placed.ReadAsync();
    }

    private static async Task IsSoundAsync(RunningMarket market) => Assert.Empty(await market.Services.GetRequiredService<MarketChecks>().RunAllAsync(Token));
}
