using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Numbering;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Storage.Tests.Writing;

public class MarketWriterTests
{
    private static readonly DateTime Nine = new(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_failed_unit_leaves_nothing_and_its_neighbours_untouched(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var resource = await market.AddResourceAsync();

        var writes = Enumerable.Range(0, 40).Select(i => Record.ExceptionAsync(() => market.Writer.WriteAsync(
            db =>
            {
                db.Add(new Occupation(Guid.CreateVersion7(), resource, 1, new Interval(Nine.AddHours(i), Nine.AddHours(i + 1)), OccupationKind.Booking, Guid.NewGuid(), null));
                if (i % 4 == 0) throw new InvalidOperationException("broken on purpose");
            },
            Stop)).AsTask()).ToList();
        var failures = await Task.WhenAll(writes);

        Assert.Equal(10, failures.Count(f => f is InvalidOperationException));
        await using var db = market.Database.CreateDbContext();
        Assert.Equal(30, await db.Set<Occupation>().CountAsync(Stop));
    }

    [Theory]
    [OnEachDatabase]
    public async Task The_database_refuses_two_occupations_of_one_seat_whoever_writes_them(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var resource = await market.AddResourceAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Record.ExceptionAsync(() => market.Writer.WriteAsync(
            db => db.Add(new Occupation(Guid.CreateVersion7(), resource, 1, new Interval(Nine.AddMinutes(i), Nine.AddMinutes(i + 60)), OccupationKind.Hold, Guid.NewGuid(), Nine)),
            Stop)).AsTask()));

        Assert.Single(results, r => r is null);
        Assert.All(results.Where(r => r is not null), r => Assert.True(StorageErrors.IsOverlap(r!), r!.ToString()));
        // Half-open: one that starts where another ends is welcome.
        await using var db = market.Database.CreateDbContext();
        var taken = await db.Set<Occupation>().SingleAsync(Stop);
        await market.Writer.WriteAsync(w => w.Add(new Occupation(Guid.CreateVersion7(), resource, 1, new Interval(taken.End, taken.End.AddHours(1)), OccupationKind.Booking, Guid.NewGuid(), null)), Stop);
    }

    [Theory]
    [OnEachDatabase]
    public async Task References_are_drawn_once_each_by_many_at_the_same_time(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var drawn = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => market.Writer.WriteAsync((db, c) => ReferenceCounter.NextAsync(db, "CMD", 2026, c), Stop)));
        Assert.Equal(60, drawn.Distinct().Count());
        Assert.Contains("CMD-2026-000060", drawn);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_change_of_a_row_that_somebody_else_changed_is_a_conflict(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await market.AddResourceAsync();
        int before;
        await using (var db = market.Database.CreateDbContext()) before = await db.Set<Organisation>().Select(o => EF.Property<int>(o, "Version")).FirstAsync(Stop);
        await market.Writer.WriteAsync(async (db, c) => (await db.Set<Organisation>().FirstAsync(c)).ApproveTerms(), Stop);

        var attempts = 0;
        async Task ChangeAsync(MarketDbContext db, Func<bool> stale, CancellationToken cancellation)
        {
            attempts++;
            var row = db.Entry(await db.Set<Organisation>().FirstAsync(cancellation));
            row.Property(o => o.HasApprovedTerms).IsModified = true;
            if (stale()) row.Property<int>("Version").OriginalValue = before;
        }

        var conflict = await Record.ExceptionAsync(() => market.Writer.WriteAsync((db, c) => ChangeAsync(db, () => true, c), Stop));
        Assert.True(StorageErrors.IsConflict(conflict!), conflict?.ToString());
        if (provider != MarketProvider.PostgreSql) return; // SQLite has one writer: nobody comes between.

        // Somebody else's change that came between is seen when the work is done again.
        attempts = 0;
        await market.Writer.WriteAsync((db, c) => ChangeAsync(db, () => attempts == 1, c), Stop);
        Assert.Equal(2, attempts);
    }

    [Theory]
    [OnEachDatabase]
    public async Task The_audit_log_only_grows(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await market.Writer.WriteAsync(db => db.Add(new AuditEntry(Nine, Guid.Empty, "système", "role", Guid.NewGuid(), "granted", null, "Treasurer")), Stop);
        await using var db = market.Database.CreateDbContext();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Set<AuditEntry>().ExecuteDeleteAsync(Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => db.Set<AuditEntry>().ExecuteUpdateAsync(a => a.SetProperty(x => x.What, "forged"), Stop));
        Assert.Equal("granted", (await db.Set<AuditEntry>().SingleAsync(Stop)).What);
    }

    [Theory]
    [OnEachDatabase]
    public async Task What_follows_a_commit_runs_only_after_it(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var ran = new List<string>();
        await market.Writer.WriteAsync(
            db =>
            {
                db.AfterCommit(() => ran.Add("kept"));
                db.Add(new AuditEntry(Nine, Guid.Empty, "a", "b", Guid.NewGuid(), "c", null, null));
            },
            Stop);
        await Record.ExceptionAsync(() => market.Writer.WriteAsync(
            db =>
            {
                db.AfterCommit(() => ran.Add("lost"));
                throw new InvalidOperationException();
            },
            Stop));
        Assert.Equal(["kept"], ran);
    }
}
