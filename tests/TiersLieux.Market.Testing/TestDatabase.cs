using Npgsql;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Migrations;

namespace TiersLieux.Market.Testing;

/// <summary>An empty, migrated market database of its own, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly string? _name;

    private TestDatabase(MarketDatabase database, string? folder, string? name)
    {
        Database = database;
        _folder = folder;
        _name = name;
    }

    public MarketDatabase Database { get; }

    public static async Task<TestDatabase> CreateAsync(MarketProvider provider, bool migrate = true)
    {
        TestDatabase created;
        if (provider == MarketProvider.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("tlm-test-").FullName;
            created = new TestDatabase(MarketDatabase.Sqlite(Path.Combine(folder, "market.db")), folder, null);
        }
        else
        {
            var server = await PostgresServer.ConnectionStringAsync();
            var name = "t" + Guid.NewGuid().ToString("N");
            await ExecuteAsync(server, $"CREATE DATABASE {name}");
            created = new TestDatabase(MarketDatabase.PostgreSql(new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ToString()), null, name);
        }

        if (migrate) await Migrator.MigrateAsync(created.Database);
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        if (_name is not null) await ExecuteAsync(await PostgresServer.ConnectionStringAsync(), $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
