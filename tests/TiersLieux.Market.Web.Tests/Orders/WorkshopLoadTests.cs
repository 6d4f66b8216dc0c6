using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Web.Orders;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

public sealed class WorkshopLoadTests(OrdersHost host) : IClassFixture<OrdersHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Wednesday 9 December 2026: that week has three working days left; 25 December and 1 January are holidays.</summary>
    [Fact]
    public async Task Weeks_begin_today_and_then_on_Mondays_and_count_what_is_promised_and_what_is_open()
    {
        var person = await host.Market.PersonAsync("artisan@demo.invalid");
        Workshop workshop;
        await using (var db = host.Market.Read()) workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(w => w.OrganisationId == person.OrganisationId, Token);
        var busy = new DateOnly(2026, 12, 15);
        Assert.True(workshop.PeopleMinutesPerDay > 90);
        await host.Market.Services.GetRequiredService<IMarketWriter>().WriteAsync(db =>
        {
            var day = new WorkshopDay(workshop.Id, busy, workshop.PeopleMinutesPerDay);
            Assert.True(day.TryPromise(90));
            db.Add(day);
        }, Token);

        var actor = await host.Market.Services.GetRequiredService<ActorDirectory>().FindAsync(person.Id, Token);
        var loads = await host.Market.Services.GetRequiredService<WorkshopLoads>().OfAsync(actor, new DateOnly(2026, 12, 9), Token);

        Assert.Equal(
            [new(2026, 12, 9), new(2026, 12, 14), new(2026, 12, 21), new(2026, 12, 28), new(2027, 1, 4), new(2027, 1, 11)],
            loads.Where(l => l.Workshop == workshop.Name).Select(l => l.From));
        Assert.Equal([0, 90, 0, 0, 0, 0], loads.Where(l => l.Workshop == workshop.Name).Select(l => l.PromisedMinutes));
        var open = workshop.Hours.Open(new DateOnly(2026, 12, 14), new DateOnly(2026, 12, 21)).Select(i => DateOnly.FromDateTime(i.Start)).Distinct().Count();
        Assert.Equal(open * workshop.PeopleMinutesPerDay, loads[1].CapacityMinutes);
        Assert.Equal((open - 1) * workshop.PeopleMinutesPerDay, loads[2].CapacityMinutes); // Christmas Day.
    }
}
