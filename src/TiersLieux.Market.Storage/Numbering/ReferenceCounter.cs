using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TiersLieux.Market.Storage.Numbering;

/// <summary>
/// The short references that people read (CMD-2026-000123). They are unique, not gapless: the gapless numbers of invoices are the business of Billing.
/// </summary>
public sealed class ReferenceCounter
{
    private ReferenceCounter() { }

    private ReferenceCounter(string prefix, int year)
    {
        Prefix = prefix;
        Year = year;
    }

    public string Prefix { get; private set; } = "";

    public int Year { get; private set; }

    public int Last { get; private set; }

    public int Version { get; private set; }

    /// <summary>Draws the next reference within the caller's unit of work.</summary>
    public static async Task<string> NextAsync(MarketDbContext db, string prefix, int year, CancellationToken cancellation) =>
        Format(prefix, year, await DrawAsync(db, prefix, year, 1, cancellation));

    /// <summary>Draws several at once, for who would otherwise queue on the counter; those left unused are skipped.</summary>
    public static async Task<IReadOnlyList<string>> NextAsync(MarketDbContext db, string prefix, int year, int count, CancellationToken cancellation)
    {
        var last = await DrawAsync(db, prefix, year, count, cancellation);
        return [.. Enumerable.Range(last - count + 1, count).Select(number => Format(prefix, year, number))];
    }

    private static async Task<int> DrawAsync(MarketDbContext db, string prefix, int year, int count, CancellationToken cancellation)
    {
        if (db.Database.IsNpgsql())
        {
            // One statement, so that two programs queue on the row instead of colliding on its version.
            var drawn = await db.Database.SqlQuery<int>(
                $"""INSERT INTO reference_counter (prefix, year, last, version) VALUES ({prefix}, {year}, {count}, 0) ON CONFLICT (prefix, year) DO UPDATE SET last = reference_counter.last + {count} RETURNING last AS "Value" """)
                .ToListAsync(cancellation);
            return drawn[0];
        }

        var counter = await db.Set<ReferenceCounter>().FirstOrDefaultAsync(c => c.Prefix == prefix && c.Year == year, cancellation);
        if (counter is null) db.Add(counter = new ReferenceCounter(prefix, year));
        counter.Last += count;
        return counter.Last;
    }

    private static string Format(string prefix, int year, int number) => FormattableString.Invariant($"{prefix}-{year}-{number:000000}");
}

internal sealed class ReferenceCounterConfiguration : IEntityTypeConfiguration<ReferenceCounter>
{
    public void Configure(EntityTypeBuilder<ReferenceCounter> entity)
    {
        entity.ToTable("reference_counter");
        entity.HasKey(c => new { c.Prefix, c.Year });
    }
}
