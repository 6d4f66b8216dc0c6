using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Storage;

public static class StorageRegistration
{
    /// <summary>The market's database, its writer and the relay. The schema is brought up to date by <see cref="Migrations.Migrator"/>.</summary>
    public static IServiceCollection AddMarketStorage(this IServiceCollection services, MarketDatabase database)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(database);
        services.AddSingleton<IDbContextFactory<MarketDbContext>>(database);
        services.AddSingleton<IMarketWriter>(provider => database.Provider == MarketProvider.Sqlite
            ? new SqliteWriter(database, provider.GetRequiredService<ILogger<SqliteWriter>>())
            : new PostgresWriter(database, provider.GetRequiredService<ILogger<PostgresWriter>>()));
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        return services;
    }
}
