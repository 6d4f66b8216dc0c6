using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;

namespace TiersLieux.Market.Grains.Tests.Bookings;

/// <summary>
/// A silo (or two) on a database with two places: a laser and a room in one, an equal laser in the other; members who may use them and one
/// manager. It is Monday 23 November 2026, 10:00 in Paris.
/// </summary>
internal sealed class BookingMarket : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly List<MarketDatabase> _others = [];
    private readonly List<IHost> _hosts = [];

    private BookingMarket(TestDatabase test) => _test = test;

    public ManualClock Clock { get; } = new();

    public Guid Laser { get; private set; }

    public Guid OtherLaser { get; private set; }

    public Guid Room { get; private set; }

    public Guid Manager { get; private set; }

    public Guid Visitor { get; private set; }

    public IReadOnlyList<Guid> Members { get; private set; } = [];

    public BookingQueries Queries => _hosts[0].Services.GetRequiredService<BookingQueries>();

    public BookingSweep Sweep => _hosts[0].Services.GetRequiredService<BookingSweep>();

    public IMarketWriter Writer => _hosts[0].Services.GetRequiredService<IMarketWriter>();

    /// <summary>Tomorrow at this Paris hour.</summary>
    public static DateTime At(int hour, int minute = 0) => new DateTime(2026, 11, 23, 23, minute, 0, DateTimeKind.Utc).AddHours(hour);

    public static async Task<BookingMarket> CreateAsync(MarketProvider provider, int members = 3, int silos = 1)
    {
        var market = new BookingMarket(await TestDatabase.CreateAsync(provider));
        for (var i = 0; i < silos; i++) await market.StartAsync();
        await market.FillAsync(members);
        return market;
    }

    public IMachineGrain Machine(Guid resource, int silo = 0) => _hosts[silo].Services.GetRequiredService<IGrainFactory>().GetGrain<IMachineGrain>(resource);

    public Task<BookingOutcome> BookAsync(
        Guid person, int from, int to, Guid? resource = null, BookingSettlement by = BookingSettlement.Account, int seats = 1, Guid? id = null, int silo = 0) =>
        Machine(resource ?? Laser, silo).Book(new BookTime(id ?? Guid.CreateVersion7(), person, At(from), At(to), seats, by));

    public async Task<List<Occupation>> OccupationsAsync(Guid? resource = null)
    {
        await using var db = _test.Database.CreateDbContext();
        return await db.Set<Occupation>().AsNoTracking().Where(o => resource == null || o.ResourceId == resource).OrderBy(o => o.Start).ThenBy(o => o.Seat).ToListAsync();
    }

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = _test.Database.CreateDbContext();
        return await db.Set<T>().AsNoTracking().ToListAsync();
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

    private async Task StartAsync()
    {
        var database = _test.Database;
        if (_hosts.Count > 0) _others.Add(database = MarketDatabase.PostgreSql(_test.Database.ConnectionString));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddMarketStorage(database);
        // Messages stay in the outbox, where the tests look for them.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<ActorDirectory>().AddSingleton<CapacityBoard>().AddBookings();
        builder.UseOwnSilo();
        var host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
    }

    private async Task FillAsync(int members)
    {
        var address = new Address("1 rue de l'Exemple", "59000", "Lille", "59350");
        var owner = Organisation("lieu", OrganisationKind.Association, VatRegime.NormalOnDebits);
        var artisans = Organisation("artisans", OrganisationKind.Company, VatRegime.Franchise);
        var privately = Organisation("particulier", OrganisationKind.Person, VatRegime.Franchise);
        var here = PlaceAt("ici", new GeoPoint(50.63, 3.06));
        var there = PlaceAt("la-bas", new GeoPoint(50.72, 3.16));
        var tariff = new Tariff(new Money(1200), new Money(2400), new Money(1800), 15, new Money(600), Money.Zero);
        var laser = Resource("laser-1", ResourceKind.Machine, here, 1, "laser");
        var other = Resource("laser-2", ResourceKind.Machine, there, 1, "laser");
        var room = Resource("salle", ResourceKind.Space, here, 3, null);
        var people = Enumerable.Range(0, members).Select(i => new Person(Guid.CreateVersion7(), $"membre{i}@demo.invalid", $"Membre {i} (démo)", "fr", artisans.Id)).ToList();
        var manager = new Person(Guid.CreateVersion7(), "gestion@demo.invalid", "Gestion (démo)", "fr", owner.Id);
        var visitor = new Person(Guid.CreateVersion7(), "visite@demo.invalid", "Visite (démo)", "fr", privately.Id);

        await Writer.WriteAsync(db =>
        {
            db.AddRange(owner, artisans, privately, here, there, laser, other, room, manager, visitor);
            db.AddRange(people);
            db.Add(new RoleGrant(Guid.CreateVersion7(), manager.Id, Role.PlaceManager, RoleScope.Place, here.Id));
            // Members of the other place, trained there: the passport is what lets them in here.
            db.AddRange(people.Select(p => new Membership(Guid.CreateVersion7(), p.Id, there.Id, new DateOnly(2026, 1, 1), new DateOnly(2028, 12, 31))));
            db.AddRange(people.Select(p => new Credential(Guid.CreateVersion7(), p.Id, "laser", there.Id, new DateOnly(2026, 1, 1), new DateOnly(2028, 12, 31))));
        });
        (Laser, OtherLaser, Room, Manager, Visitor, Members) = (laser.Id, other.Id, room.Id, manager.Id, visitor.Id, [.. people.Select(p => p.Id)]);

        Organisation Organisation(string code, OrganisationKind kind, VatRegime regime) =>
            new(Guid.CreateVersion7(), code, $"{code} (démo)", kind, regime, address, $"{code}@demo.invalid");

        Place PlaceAt(string code, GeoPoint at) => new(Guid.CreateVersion7(), code, $"{code} (démo)", PlaceStatus.Active, address, at, PositionPrecision.Commune)
        {
            OrganisationId = owner.Id, Hours = WeeklyHours.Parse("mo-fr 08:00-20:00"),
        };

        Resource Resource(string code, ResourceKind kind, Place place, int seats, string? credential) => new(Guid.CreateVersion7(), code, kind, $"{code} (démo)", place.Id, null)
        {
            Type = kind.ToString(), IsPooled = true, Tariff = tariff, Seats = seats, Credential = credential, MinMinutes = 30, MaxMinutes = 480,
        };
    }
}
