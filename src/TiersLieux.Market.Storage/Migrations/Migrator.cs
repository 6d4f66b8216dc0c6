using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TiersLieux.Market.Storage.Migrations;

/// <summary>
/// Numbered SQL files per provider, each applied once, in order, in a transaction of its own. SQLite is locked by BEGIN IMMEDIATE, PostgreSQL by an
/// advisory lock, so that two programs starting together apply each file once and a kill leaves nothing locked.
/// </summary>
public static class Migrator
{
    private const long AdvisoryLock = 0x544C4D41524B4554;

    /// <summary>Brings the schema up to date; returns how many files were applied.</summary>
    /// <exception cref="InvalidOperationException">An applied file has changed since, or the database is newer than the program.</exception>
    public static async Task<int> MigrateAsync(MarketDatabase database, CancellationToken cancellation = default)
    {
        await using var connection = database.Provider == MarketProvider.Sqlite
            ? (DbConnection)await database.OpenSqliteAsync()
            : await database.Postgres.OpenConnectionAsync(cancellation);

        var applied = 0;
        foreach (var migration in Files(database.Provider))
        {
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false)
                : await connection.BeginTransactionAsync(cancellation);
            if (database.Provider == MarketProvider.PostgreSql)
                await ExecuteAsync(connection, transaction, $"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellation);
            await ExecuteAsync(connection, transaction, "CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL)", cancellation);

            var known = await ChecksumAsync(connection, transaction, migration.Number, cancellation);
            if (known is null)
            {
                await ExecuteAsync(connection, transaction, migration.Sql, cancellation);
                await RecordAsync(connection, transaction, migration, cancellation);
                applied++;
            }
            else if (known != migration.Checksum)
            {
                throw new InvalidOperationException($"Migration {migration.Name} was applied in another wording (checksum {known}); applied files must not change.");
            }

            await transaction.CommitAsync(cancellation);
        }

        await RefuseNewerAsync(connection, Files(database.Provider).Count, cancellation);
        return applied;
    }

    /// <summary>The files of a provider, in order.</summary>
    public static IReadOnlyList<Migration> Files(MarketProvider provider)
    {
        var assembly = typeof(Migrator).Assembly;
        var prefix = $"{assembly.GetName().Name}.Migrations.{provider}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[prefix.Length..]))];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new Migration(
            int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture),
            name,
            sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string?> ChecksumAsync(DbConnection connection, DbTransaction transaction, int number, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = FormattableString.Invariant($"SELECT checksum FROM schema_migration WHERE number = {number}");
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private static async Task RecordAsync(DbConnection connection, DbTransaction transaction, Migration migration, CancellationToken cancellation)
    {
        await ExecuteAsync(
            connection,
            transaction,
            FormattableString.Invariant($"INSERT INTO schema_migration (number, name, checksum) VALUES ({migration.Number}, '{migration.Name}', '{migration.Checksum}')"),
            cancellation);
    }

    private static async Task RefuseNewerAsync(DbConnection connection, int count, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(number) FROM schema_migration";
        var newest = Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        if (newest > count)
            throw new InvalidOperationException($"The database is at migration {newest}, this program knows {count}: start the newer program.");
    }
}

/// <param name="Number">From 1, without gaps.</param>
/// <param name="Checksum">SHA-256 of the text, hex.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum);
