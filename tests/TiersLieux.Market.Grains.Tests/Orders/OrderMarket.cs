using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Orders;

/// <summary>
/// A silo (or two) on a database with two workshops in two places: one saws, the other assembles; one customer on terms and one artisan of both.
/// It is Monday 23 November 2026, 10:00 in Paris.
/// </summary>
internal sealed class OrderMarket : IAsyncDisposable
{
    private static readonly string[] Steps = ["sciage", "montage"];

    private readonly TestDatabase _test;
    private readonly List<MarketDatabase> _others = [];
    private readonly List<IHost> _hosts = [];

    private OrderMarket(TestDatabase test) => _test = test;

    public ManualClock Clock { get; } = new();

    public DateTime Now => Clock.UtcNow();

    public Guid Saw { get; private set; }

    public Guid Buyer { get; private set; }

    public Guid Artisan { get; private set; }

    public Guid Offer { get; private set; }

    public Improvement Improvement => _hosts[0].Services.GetRequiredService<Improvement>();

    public IMarketWriter Writer => _hosts[0].Services.GetRequiredService<IMarketWriter>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OrderMarket> CreateAsync(MarketProvider provider, int silos = 1)
    {
        var market = new OrderMarket(await TestDatabase.CreateAsync(provider));
        for (var i = 0; i < silos; i++) await market.StartAsync();
        await market.FillAsync();
        return market;
    }

    public IOrderGrain Order(Guid id, int silo = 0) => _hosts[silo].Services.GetRequiredService<IGrainFactory>().GetGrain<IOrderGrain>(id);

    public IMachineGrain Machine(Guid id) => _hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IMachineGrain>(id);

    /// <summary>Quoted, accepted, confirmed on terms and proposed to the workshops.</summary>
    public async Task<Order> OrderAsync(decimal quantity)
    {
        var services = _hosts[0].Services;
        var actor = await services.GetRequiredService<ActorDirectory>().FindAsync(Buyer, Token);
        var given = Assert.IsType<QuoteAnswer.Given>(await services.GetRequiredService<QuoteDesk>().CreateAsync(new QuoteWish([new(Offer, quantity)], "59350", null, null, null), actor, Token));
        Assert.NotEmpty(given.Quote.Plans);
        var id = Guid.CreateVersion7();
        var accepted = await Order(id).Accept(new AcceptPlan(Buyer, given.Quote.Id, given.Quote.Plans[0].Kind, "3 rue de l'Exemple"));
        Assert.True(accepted.IsDone, accepted.Refusal?.English);
        return await ReadAsync(id);
    }

    public async Task<Order> ReadAsync(Guid id)
    {
        await using var db = _test.Database.CreateDbContext();
        return await db.Set<Order>().AsNoTracking().Include(o => o.WorkOrders).FirstAsync(o => o.Id == id, Token);
    }

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = _test.Database.CreateDbContext();
        return await db.Set<T>().AsNoTracking().ToListAsync(Token);
    }

    /// <summary>A repair that takes the saw.</summary>
    public async Task<Guid> RepairAsync(DateTime from, DateTime to)
    {
        var row = new Occupation(Guid.CreateVersion7(), Saw, 1, new Interval(from, to), OccupationKind.Maintenance, Guid.CreateVersion7(), null);
        await Writer.WriteAsync(db => db.Add(row), Token);
        _hosts[0].Services.GetRequiredService<CapacityBoard>().Refresh(Saw);
        return row.Id;
    }

    /// <summary>It was over sooner, or was not needed.</summary>
    public async Task RepairedAsync(Guid repair)
    {
        await Writer.WriteAsync((db, c) => db.Set<Occupation>().Where(o => o.Id == repair).ExecuteDeleteAsync(c), Token);
        _hosts[0].Services.GetRequiredService<CapacityBoard>().Refresh(Saw);
    }

    public DateOnly? ExpectedOn(Order order)
    {
        var positions = Positions;
        return RunningOrders.ExpectedOn(order, id => positions[id], new GeoPoint(50.63, 3.06), Now);
    }

    /// <param name="silo">Whose board to look at: another's learns of it only when it needs that time.</param>
    public async Task CheckAsync(int silo = 0)
    {
        Assert.Empty(await _hosts[0].Services.GetRequiredService<MarketChecks>().RunAsync(CheckArea.Bookings, Token));
        var live = await _hosts[silo].Services.GetRequiredService<CapacityBoard>().SnapshotAsync(Token);
        var anew = await new CapacityBoard(_test.Database, Clock).SnapshotAsync(Token);
        foreach (var (expected, actual) in anew.Machines.Zip(live.Machines)) Assert.Equal(expected.Free.ToList(), actual.Free.ToList());
        foreach (var (expected, actual) in anew.Workshops.Zip(live.Workshops)) Assert.Equal(expected.People.Minutes, actual.People.Minutes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }

        foreach (var database in _others) await database.DisposeAsync();
        await _test.DisposeAsync();
    }

    private Dictionary<Guid, GeoPoint> Positions { get; } = [];

    private async Task StartAsync()
    {
        var database = _test.Database;
        if (_hosts.Count > 0) _others.Add(database = MarketDatabase.PostgreSql(_test.Database.ConnectionString));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddMarketStorage(database);
        // Neither relay nor sweep: what happens, the tests do.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<ActorDirectory>().AddSingleton<CapacityBoard>().AddSingleton<WorkShares>().AddSingleton<QuoteDesk>().AddSingleton<Improvement>().AddSingleton<MarketChecks>().AddBookings();
        builder.UseOwnSilo();
        var host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
    }

    private async Task FillAsync()
    {
        var address = new Address("1 rue de l'Exemple", "59000", "Lille", "59350");
        var (since, hours) = (new DateOnly(2026, 1, 1), WeeklyHours.Parse("mo-fr 08:00-18:00"));
        var lead = Organisation("consortium", isLead: true);
        var (customer, artisans) = (Organisation("boutique"), Organisation("atelier"));
        customer.ApproveTerms();
        var buyer = new Person(Guid.CreateVersion7(), "client@demo.invalid", "Camille Exemple", "fr", customer.Id);
        var artisan = new Person(Guid.CreateVersion7(), "artisan@demo.invalid", "Artisan (démo)", "fr", artisans.Id);
        var places = new[] { PlaceAt("ici", new GeoPoint(50.63, 3.06)), PlaceAt("la-bas", new GeoPoint(50.29, 2.78)) };
        var workshops = Steps.Select((step, i) => new Workshop(Guid.CreateVersion7(), step, $"Atelier {step} (démo)", places[i].Id, artisans.Id, hours)
        {
            PeopleMinutesPerDay = 600, LabourRate = new Money(2000), NoticeHours = 24, AnswerHours = 24,
        }).ToList();
        var tariff = new Tariff(new Money(1200), new Money(2400), new Money(1800), 15, new Money(600), Money.Zero);
        var machines = Steps.Select((step, i) => new Resource(Guid.CreateVersion7(), step, ResourceKind.Machine, step, places[i].Id, workshops[i].Id)
        {
            ProductionRate = new Money(3000), IsPooled = true, Tariff = tariff, BufferMinutes = 15, MemberHoursPerWeek = 5,
        }.WithCapabilities([new Capability(step, 1)])).ToList();
        var offer = new Offer(Guid.CreateVersion7(), "caisse", OfferKind.Good, SellerMode.Consortium, lead.Id, new Text("Caisse", "Crate"), new Text("En bois", "Of wood"), 20)
            .WithRouting(Steps.Select((step, i) => new OfferOperation(10 * (i + 1), step, 30, 20, null, 0, 0.5m, true, null, null)));
        Assert.Null(offer.Submit());
        Assert.Null(offer.Publish());
        await Writer.WriteAsync(db =>
        {
            db.AddRange(lead, customer, artisans, buyer, artisan, offer);
            db.AddRange(places);
            db.AddRange(workshops);
            db.AddRange(machines);
            db.Add(new RoleGrant(Guid.CreateVersion7(), artisan.Id, Role.Artisan, RoleScope.Organisation, artisans.Id));
            db.Add(new Membership(Guid.CreateVersion7(), buyer.Id, places[0].Id, since, new DateOnly(2028, 12, 31)));
            db.Add(new Commune("59350", "Lille", "59000", "59", new GeoPoint(50.63, 3.06), PositionPrecision.Commune));
            db.AddRange(Steps.Select(step => new Process(step, new Text(step, step), null, null, "assembly")));
            db.Add(new TransportRow(Guid.CreateVersion7(), since, 1000, "van", new Money(2000), 50, 20));
            db.AddRange(new[] { EmissionUnit.TonneKm, EmissionUnit.KilowattHour }.Select(unit =>
                new EmissionRow(Guid.CreateVersion7(), unit.ToString(), new Text("essai", "test"), unit, 0.1m, 2026, since, true, "test", "")));
        }, Token);
        (Saw, Buyer, Artisan, Offer) = (machines[0].Id, buyer.Id, artisan.Id, offer.Id);
        for (var i = 0; i < workshops.Count; i++) Positions[workshops[i].Id] = places[i].Position;

        Organisation Organisation(string code, bool isLead = false) => new(Guid.CreateVersion7(), code, $"{code} (démo)", OrganisationKind.Company, VatRegime.NormalOnDebits, address, $"{code}@demo.invalid")
        {
            IsConsortiumLead = isLead,
        };

        Place PlaceAt(string code, GeoPoint at) => new(Guid.CreateVersion7(), code, $"{code} (démo)", PlaceStatus.Active, address, at, PositionPrecision.Commune) { OrganisationId = artisans.Id, Hours = hours };
    }
}
