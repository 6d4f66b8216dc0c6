using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
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

namespace TiersLieux.Market.Bench.Bookings;

/// <summary>Durable bookings through the grains against what the same database commits in a bare insert loop, in one run.</summary>
public sealed record BookingsFigures(string Provider, int Clients, double BookingsPerSecond, double BareInsertsPerSecond, int Refused)
{
    public double Ratio => BookingsPerSecond / BareInsertsPerSecond;
}

public static class BookingsBench
{
    private const int Machines = 50;

    /// <param name="database">Migrated and empty; the bench fills it and leaves it so. On PostgreSQL its pool must hold as many connections as clients.</param>
    public static async Task<BookingsFigures> RunAsync(MarketDatabase database, int clients, TimeSpan each)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMarketStorage(database);
        // Only the bookings are measured: their messages wait in the outbox.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<ActorDirectory>().AddSingleton<CapacityBoard>().AddBookings();
        builder.UseOwnSilo(copyMessages: false);
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            var (machines, members) = await FillAsync(host.Services.GetRequiredService<IMarketWriter>(), clients);
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            await CreateBareTableAsync(database);
            // Both are warm before either is measured.
            await BookAsync(grains, machines, members, TimeSpan.FromSeconds(1), firstDay: 2);
            await InsertAsync(database, clients, TimeSpan.FromSeconds(1));

            var (booked, refused) = await BookAsync(grains, machines, members, each, firstDay: 10);
            var inserted = await InsertAsync(database, clients, each);
            return new BookingsFigures(database.Provider.ToString(), clients, booked, inserted, refused);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    /// <summary>Each client books half-hours that nobody else wants, one after the other.</summary>
    private static async Task<(double PerSecond, int Refused)> BookAsync(
        IGrainFactory grains, List<Guid> machines, List<Guid> members, TimeSpan during, int firstDay)
    {
        var first = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(firstDay);
        var sharing = (members.Count - 1) / machines.Count + 1;
        var (done, refused) = (0, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(members.Select((member, client) => Task.Run(async () =>
        {
            var machine = grains.GetGrain<IMachineGrain>(machines[client % machines.Count]);
            for (var i = 0; watch.Elapsed < during; i++)
            {
                var start = first.AddMinutes(30 * (i * sharing + client / machines.Count));
                var outcome = await machine.Book(new BookTime(Guid.CreateVersion7(), member, start, start.AddMinutes(30), 1, BookingSettlement.Account));
                if (outcome.IsDone) Interlocked.Increment(ref done);
                else Interlocked.Increment(ref refused);
            }
        })));
        return (done / watch.Elapsed.TotalSeconds, refused);
    }

    private static async Task<double> InsertAsync(MarketDatabase database, int clients, TimeSpan during)
    {
        var done = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            await using var connection = await OpenAsync(database);
            while (watch.Elapsed < during)
            {
                await using var insert = connection.CreateCommand();
                insert.CommandText = "INSERT INTO bench_row (id, what) VALUES (@id, 'booked')";
                var id = insert.CreateParameter();
                (id.ParameterName, id.Value) = ("id", Guid.CreateVersion7());
                insert.Parameters.Add(id);
                await insert.ExecuteNonQueryAsync();
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }

    private static async Task CreateBareTableAsync(MarketDatabase database)
    {
        await using var connection = await OpenAsync(database);
        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE TABLE bench_row (id {(database.Provider == MarketProvider.Sqlite ? "TEXT" : "uuid")} PRIMARY KEY, what text NOT NULL)";
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>As durable as the market's own commits.</summary>
    private static async Task<DbConnection> OpenAsync(MarketDatabase database)
    {
        if (database.Provider == MarketProvider.PostgreSql) return await database.Postgres.OpenConnectionAsync();
        var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;";
        await pragma.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<(List<Guid> Machines, List<Guid> Members)> FillAsync(IMarketWriter writer, int clients)
    {
        var address = new Address("1 rue de l'Exemple", "59000", "Lille", "59350");
        var owner = new Organisation(Guid.CreateVersion7(), "banc", "Banc d'essai (démo)", OrganisationKind.Company, VatRegime.NormalOnDebits, address, "banc@demo.invalid");
        var place = new Place(Guid.CreateVersion7(), "banc", "Banc d'essai (démo)", PlaceStatus.Active, address, new GeoPoint(50.63, 3.06), PositionPrecision.Commune)
        {
            OrganisationId = owner.Id, Hours = WeeklyHours.Always,
        };
        var tariff = new Tariff(new Money(1200), new Money(2400), new Money(1800), 15, new Money(600), Money.Zero);
        var machines = Enumerable.Range(1, Machines)
            .Select(i => new Resource(Guid.CreateVersion7(), $"banc-{i}", ResourceKind.Machine, $"Machine {i} (démo)", place.Id, null) { Type = "banc", IsPooled = true, Tariff = tariff })
            .ToList();
        var members = Enumerable.Range(1, clients)
            .Select(i => new Person(Guid.CreateVersion7(), $"banc{i}@demo.invalid", $"Membre {i} (démo)", "fr", owner.Id))
            .ToList();
        await writer.WriteAsync(db =>
        {
            db.AddRange(owner, place);
            db.AddRange(machines);
            db.AddRange(members);
            db.AddRange(members.Select(m => new Membership(Guid.CreateVersion7(), m.Id, place.Id, new DateOnly(2020, 1, 1), new DateOnly(2099, 12, 31))));
        });
        return ([.. machines.Select(m => m.Id)], [.. members.Select(m => m.Id)]);
    }
}
