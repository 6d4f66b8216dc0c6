using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Ledger;

namespace TiersLieux.Market.Storage.Ledger;

/// <summary>The chart of accounts and the posting table, kept as rows so that an accountant can edit them.</summary>
public static class PostingTableStore
{
    private const string Table = "posting_rule";

    /// <exception cref="InvalidOperationException">The table in the database cannot post (unknown account, unbalanced event) or is empty.</exception>
    public static async Task<PostingTable> LoadAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var accounts = await db.Set<Account>().AsNoTracking().ToListAsync(cancellation);
        var rows = await db.Set<PostingRow>().AsNoTracking().ToListAsync(cancellation);
        return Parse(rows, accounts) switch
        {
            TableResult<PostingTable>.Loaded { Value.Events.Count: > 0 } loaded => loaded.Value,
            TableResult<PostingTable>.Refused(_, var line, var reason) => throw new InvalidOperationException($"The posting table cannot post, row {line}: {reason.English}"),
            _ => throw new InvalidOperationException("The posting table is empty: load the seed tables."),
        };
    }

    /// <summary>The table as it stands, unsaved changes of the context included, or why it could not post: asked before an edit is kept.</summary>
    public static async Task<TableResult<PostingTable>> CheckAsync(MarketDbContext db, CancellationToken cancellation)
    {
        await db.Set<Account>().LoadAsync(cancellation);
        await db.Set<PostingRow>().LoadAsync(cancellation);
        return Parse(db.Set<PostingRow>().Local, db.Set<Account>().Local);
    }

    private static TableResult<PostingTable> Parse(IEnumerable<PostingRow> rows, IEnumerable<Account> accounts) => PostingTable.Parse(
        rows.OrderBy(r => r.Event, StringComparer.Ordinal).ThenBy(r => r.Order.Length).ThenBy(r => r.Order, StringComparer.Ordinal)
            .Select((row, index) => row.ToTableRow(Table, index + 1)),
        new ChartOfAccounts(accounts));
}

internal sealed class PostingRowConfiguration : IEntityTypeConfiguration<PostingRow>
{
    public void Configure(EntityTypeBuilder<PostingRow> entity)
    {
        entity.ToTable("posting_rule");
        entity.HasKey(r => r.Id);
        entity.HasIndex(r => new { r.Event, r.Order }).IsUnique();
    }
}
