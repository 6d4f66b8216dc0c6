using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace TiersLieux.Market.Storage;

public enum MarketProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Which database the market lives in, and how its connections are opened.</summary>
public sealed class MarketDatabase : IDbContextFactory<MarketDbContext>, IAsyncDisposable
{
    private readonly DbContextOptions<MarketDbContext> _options;
    private readonly NpgsqlDataSource? _postgres;

    private MarketDatabase(MarketProvider provider, string connectionString)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _postgres = provider == MarketProvider.PostgreSql ? NpgsqlDataSource.Create(connectionString) : null;
        _options = Options(null);
    }

    public MarketProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The data source of PostgreSQL, for LISTEN, locks and reports.</summary>
    public NpgsqlDataSource Postgres => _postgres ?? throw new InvalidOperationException("The market is on SQLite.");

    /// <param name="file">The database file; its folder must exist.</param>
    public static MarketDatabase Sqlite(string file) => new(
        MarketProvider.Sqlite,
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, ForeignKeys = true, DefaultTimeout = 30, Pooling = true }.ToString());

    public static MarketDatabase PostgreSql(string connectionString) => new(MarketProvider.PostgreSql, connectionString);

    /// <summary>A context for reading; short-lived, one per query.</summary>
    public MarketDbContext CreateDbContext() => new(_options);

    internal MarketDbContext CreateContext() => new(_options);

    internal MarketDbContext CreateContext(SqliteConnection connection) => new(Options(connection));

    /// <summary>
    /// Opens a connection with the settings that make a commit durable: WAL (kept in the file) and a full fsync (of this connection, the only one that
    /// writes by itself; sign-in, which writes through a context of its own, has SQLite's default, which is full as well).
    /// </summary>
    internal async Task<SqliteConnection> OpenSqliteAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
        await pragma.ExecuteNonQueryAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
    }

    private DbContextOptions<MarketDbContext> Options(SqliteConnection? connection)
    {
        var builder = new DbContextOptionsBuilder<MarketDbContext>();
        if (_postgres is not null) builder.UseNpgsql(_postgres);
        else if (connection is not null) builder.UseSqlite(connection);
        else builder.UseSqlite(ConnectionString);
        return builder
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning))
            .Options;
    }
}
