using Microsoft.EntityFrameworkCore;

using TiersLieux.Market.Storage.Migrations;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Storage.Tests.Migrations;

public class SchemaTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Migrations_give_the_tables_that_the_model_asks_for(MarketProvider provider)
    {
        await using var migrated = await TestDatabase.CreateAsync(provider);
        await using var created = await TestDatabase.CreateAsync(provider, migrate: false);
        await using var db = created.Database.CreateDbContext();
        var script = db.Database.GenerateCreateScript();
        await db.Database.ExecuteSqlRawAsync(script.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        // Where a migration is to be written, this is what it must arrive at.
        if (Environment.GetEnvironmentVariable("TLM_SCHEMA_OUT") is { Length: > 0 } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{provider}.sql"), script.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);

        Assert.Equal(await ColumnsAsync(created.Database), await ColumnsAsync(migrated.Database));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Two_programs_starting_together_apply_each_file_once(MarketProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider, migrate: false);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator.MigrateAsync(test.Database, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));
        Assert.Equal(Migrator.Files(provider).Count, applied.Sum());
        Assert.Equal(0, await Migrator.MigrateAsync(test.Database, TestContext.Current.CancellationToken));
    }

    [Theory]
    [OnEachDatabase]
    public async Task An_applied_file_that_changed_stops_the_start(MarketProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using (var db = test.Database.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync("UPDATE schema_migration SET checksum = 'x' WHERE number = 1", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.MigrateAsync(test.Database, TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> ColumnsAsync(MarketDatabase database)
    {
        const string Sqlite = """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
            FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migration'
            UNION SELECT 'index ' || name || ' ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1
            """;
        const string Postgres = """
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(numeric_precision, 0) || ' ' || is_nullable
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migration'
            UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migration' AND indexname NOT LIKE 'ex_%' ORDER BY 1
            """;
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = database.Provider == MarketProvider.Sqlite ? Sqlite : Postgres;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return columns;
    }
}
