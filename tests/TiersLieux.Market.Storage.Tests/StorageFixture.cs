using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;

namespace TiersLieux.Market.Storage.Tests;

/// <summary>A migrated database with its writer, and the few rows that others refer to.</summary>
internal sealed class StorageFixture : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services;

    private StorageFixture(TestDatabase test, ServiceProvider services)
    {
        _test = test;
        _services = services;
    }

    public MarketDatabase Database => _test.Database;

    public IServiceProvider Services => _services;

    public IMarketWriter Writer => _services.GetRequiredService<IMarketWriter>();

    public ManualClock Clock { get; private init; } = null!;

    public static async Task<StorageFixture> CreateAsync(MarketProvider provider, Action<IServiceCollection>? configure = null)
    {
        var test = await TestDatabase.CreateAsync(provider);
        var clock = new ManualClock();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddMarketStorage(test.Database);
        configure?.Invoke(services);
        return new StorageFixture(test, services.BuildServiceProvider()) { Clock = clock };
    }

    public async Task<Guid> AddResourceAsync()
    {
        var organisation = new Organisation(Guid.CreateVersion7(), "demo", "Atelier (démo)", OrganisationKind.Association, VatRegime.ExemptAssociation, new Address("", "59000", "Lille", "59350"), "demo@demo.invalid");
        var place = new Place(Guid.CreateVersion7(), "lieu", "Lieu (démo)", PlaceStatus.Active, organisation.Address, new GeoPoint(50.63, 3.06), PositionPrecision.Commune);
        var resource = new Resource(Guid.CreateVersion7(), "laser", ResourceKind.Machine, "Laser", place.Id, null);
        await Writer.WriteAsync(db => db.AddRange(organisation, place, resource));
        return resource.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _test.DisposeAsync();
    }
}
