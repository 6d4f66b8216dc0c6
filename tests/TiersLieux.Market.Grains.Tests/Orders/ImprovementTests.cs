using System.Text.Json;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing.Rescheduling;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Orders;

/// <summary>Running orders are advanced into time that has become free, or nothing changes at all.</summary>
public sealed class ImprovementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_order_is_advanced_into_freed_time_and_what_is_near_or_begun_stays(MarketProvider provider)
    {
        await using var market = await OrderMarket.CreateAsync(provider);
        // Tomorrow will be free again, but is frozen by then, and so is what was planned for the day after.
        var tomorrow = await market.RepairAsync(market.Now, market.Now.AddHours(32));
        var soon = await market.OrderAsync(10);
        Assert.True(soon.WorkOrders.Min(w => w.Start) < market.Now + RunningShop.Freeze);
        var repair = await market.RepairAsync(soon.WorkOrders.SelectMany(w => w.Operations).Where(o => o.MachineId == market.Saw).Max(o => o.End), market.Now.AddDays(21));
        var (late, begun) = (await market.OrderAsync(20), await market.OrderAsync(5));
        Assert.All(new[] { late, begun }, order => Assert.True(order.WorkOrders.Min(w => w.Start) > market.Now.AddDays(20)));
        foreach (var work in begun.WorkOrders) await AcceptAsync(market, begun, work);
        foreach (var work in begun.WorkOrders) Assert.True((await market.Order(begun.Id).ReportWork(market.Artisan, work.Id, 1, 0, null)).IsDone);
        Assert.Equal(0, await market.Improvement.RunOnceAsync(Token)); // Nothing is free.

        await market.RepairedAsync(tomorrow);
        await market.RepairedAsync(repair);
        var before = await market.ReadAsync(late.Id);
        Assert.Equal(1, await market.Improvement.RunOnceAsync(Token));

        var after = await market.ReadAsync(late.Id);
        Assert.Equal(late.PromiseDate, after.PromiseDate);
        Assert.True(market.ExpectedOn(after) < late.PromiseDate.AddDays(-10));
        Assert.Equal(market.ExpectedOn(late), late.PromiseDate);
        Assert.All(after.WorkOrders.SelectMany(w => w.Operations), o => Assert.True(o.Start >= market.Now + RunningShop.Freeze && o.End < market.Now.AddDays(12)));
        Assert.Equal(before.WorkOrders.Select(w => (w.Id, w.State, w.Share, w.WorkshopId)), after.WorkOrders.Select(w => (w.Id, w.State, w.Share, w.WorkshopId)));
        foreach (var id in new[] { soon.Id, begun.Id }) await UnchangedAsync(market, id, id == soon.Id ? soon : begun);
        await RowsFitAsync(market);
        await market.CheckAsync();

        var told = Assert.Single(await market.RowsAsync<OrderEvent>(), e => e.Kind == "advanced");
        Assert.Equal((late.Id, $"Advanced: expected on {market.ExpectedOn(after):yyyy-MM-dd}"), (told.OrderId, told.Text.English));
        var audited = Assert.Single(await market.RowsAsync<AuditEntry>(), e => e.What == "advanced");
        Assert.Equal($"{late.PromiseDate:yyyy-MM-dd}", audited.From);
        Assert.Equal(after.WorkOrders.Count, (await market.RowsAsync<OutboxMessage>()).Count(m => m.Key.StartsWith("work-moved:", StringComparison.Ordinal)));
        Assert.Equal(0, await market.Improvement.RunOnceAsync(Token)); // It has what it can have.
    }

    [Theory, OnEachDatabase]
    public async Task A_booking_that_is_quicker_keeps_its_time_and_nothing_changes(MarketProvider provider)
    {
        await using var market = await OrderMarket.CreateAsync(provider);
        var order = await LateOrderAsync(market);
        var command = Assert.Single(await market.Improvement.PlanAsync(Token));
        var wanted = command.Operations.First(o => o.MachineId == market.Saw).Time;
        var booked = await market.Machine(market.Saw).Book(new BookTime(Guid.CreateVersion7(), market.Buyer, wanted.Start.AddMinutes(30), wanted.Start.AddMinutes(90), 1, BookingSettlement.Account));
        Assert.True(booked.Refusal is null, booked.Refusal?.English);
        var before = await StateAsync(market);

        var outcome = await market.Order(order.Id).Advance(command);
        Assert.Equal("slot-taken", outcome.Refusal?.Code);
        Assert.Equal(before, await StateAsync(market));
        await market.CheckAsync();
        // The next look knows of the booking.
        Assert.Equal(1, await market.Improvement.RunOnceAsync(Token));
        await RowsFitAsync(market);
        await market.CheckAsync();
    }

    [Theory, OnEachDatabase]
    public async Task An_order_that_has_changed_since_is_left_alone(MarketProvider provider)
    {
        await using var market = await OrderMarket.CreateAsync(provider);
        var order = await LateOrderAsync(market);
        var command = Assert.Single(await market.Improvement.PlanAsync(Token));
        await AcceptAsync(market, order, order.WorkOrders[0]);
        var before = await StateAsync(market);
        Assert.Equal("order-moved-on", (await market.Order(order.Id).Advance(command)).Refusal?.Code);
        Assert.Equal(before, await StateAsync(market));
    }

    [Theory, OnEachDatabase]
    public async Task People_who_were_promised_meanwhile_are_not_promised_twice(MarketProvider provider)
    {
        await using var market = await OrderMarket.CreateAsync(provider);
        var order = await LateOrderAsync(market);
        var command = Assert.Single(await market.Improvement.PlanAsync(Token));
        var saws = order.WorkOrders.First(w => w.Operations.Any(o => o.MachineId == market.Saw));
        var day = ParisTime.DateOf(command.Operations.First(o => o.MachineId == market.Saw).Time.Start);
        await market.Writer.WriteAsync(db =>
        {
            var promised = new WorkshopDay(saws.WorkshopId, day, 600);
            Assert.True(promised.TryPromise(600));
            db.Add(promised);
            db.Add(new PeopleHold(Guid.CreateVersion7(), saws.WorkshopId, day, Guid.CreateVersion7(), 600, null));
        }, Token);
        var before = await StateAsync(market);
        Assert.False((await market.Order(order.Id).Advance(command)).IsDone);
        Assert.Equal(before, await StateAsync(market));
    }

    [Fact]
    public async Task Two_programs_that_advance_an_order_at_once_do_it_once()
    {
        if (OnEachDatabaseAttribute.QuickOnly) return;
        await using var market = await OrderMarket.CreateAsync(MarketProvider.PostgreSql, silos: 2);
        var order = await LateOrderAsync(market);
        var command = Assert.Single(await market.Improvement.PlanAsync(Token));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => market.Order(order.Id, i % 2).Advance(command))));
        Assert.Single(outcomes, outcome => outcome.IsDone);
        await RowsFitAsync(market);
        await market.CheckAsync(Array.FindIndex(outcomes, outcome => outcome.IsDone) % 2);
        Assert.Single(await market.RowsAsync<OrderEvent>(), e => e.Kind == "advanced");
    }

    /// <summary>An order that was planned around a repair which then was not needed.</summary>
    private static async Task<Order> LateOrderAsync(OrderMarket market)
    {
        var repair = await market.RepairAsync(market.Now, market.Now.AddDays(21));
        var order = await market.OrderAsync(20);
        await market.RepairedAsync(repair);
        return order;
    }

    private static async Task AcceptAsync(OrderMarket market, Order order, WorkOrder work) => Assert.True((await market.Order(order.Id).AcceptWork(market.Artisan, work.Id)).IsDone);

    private static async Task UnchangedAsync(OrderMarket market, Guid id, Order was)
    {
        var now = await market.ReadAsync(id);
        Assert.Equal(JsonSerializer.Serialize(was.WorkOrders.Select(w => w.Operations)), JsonSerializer.Serialize(now.WorkOrders.Select(w => w.Operations)));
    }

    /// <summary>Machines and people are taken for exactly what the work orders say.</summary>
    private static async Task RowsFitAsync(OrderMarket market)
    {
        var (work, occupations, holds) = (await market.RowsAsync<WorkOrder>(), await market.RowsAsync<Occupation>(), await market.RowsAsync<PeopleHold>());
        foreach (var each in work)
        {
            Assert.Equal(
                each.Operations.Select(o => (o.MachineId, o.Start, o.End, OccupationKind.Reservation)).Order(),
                occupations.Where(o => o.OwnerId == each.Id).Select(o => (o.ResourceId, o.Start, o.End, o.Kind)).Order());
            Assert.Equal((each.Operations.Min(o => o.Start), each.Operations.Max(o => o.End)), (each.Start, each.End));
            // Half of the working time, as the routing says.
            Assert.Equal(each.Operations.Sum(o => o.Segments.Sum(s => s.Length.TotalMinutes)) / 2, holds.Where(h => h.OwnerId == each.Id).Sum(h => h.Minutes), 2.0);
            Assert.All(holds.Where(h => h.OwnerId == each.Id), h => Assert.Contains(each.Operations, o => o.Segments.Any(s => ParisTime.DateOf(s.Start) == h.Day)));
        }
    }

    private static async Task<string> StateAsync(OrderMarket market) => JsonSerializer.Serialize(new
    {
        Orders = (await market.RowsAsync<Order>()).Select(o => new { o.Id, o.Version, o.PromiseDate }),
        Work = (await market.RowsAsync<WorkOrder>()).OrderBy(w => w.Id),
        Time = (await market.RowsAsync<Occupation>()).OrderBy(o => o.Id),
        People = (await market.RowsAsync<PeopleHold>()).OrderBy(h => h.Id),
        Days = (await market.RowsAsync<WorkshopDay>()).OrderBy(d => (d.WorkshopId, d.Day)),
        Events = (await market.RowsAsync<OrderEvent>()).Count,
        Messages = (await market.RowsAsync<OutboxMessage>()).Count,
    });
}
