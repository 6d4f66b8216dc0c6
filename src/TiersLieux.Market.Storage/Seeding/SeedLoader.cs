using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>
/// Loads a folder of seed tables, all of it or nothing. It inserts what the database lacks and leaves what is there as it is, so it is safe to
/// repeat; a changed row of a table reaches only databases that do not have that row yet.
/// </summary>
public static class SeedLoader
{
    private const long AdvisoryLock = 0x544C4D5345454453;

    /// <param name="folder">Holds the files that catalog-seed/README.md describes.</param>
    /// <param name="demoPassword">Of the people marked for the demo's sign-in, all of whom are plainly fictitious.</param>
    public static async Task<SeedResult> LoadAsync(string folder, IMarketWriter writer, string demoPassword, TimeProvider clock, CancellationToken cancellation = default)
    {
        var faults = new List<SeedFault>();
        var tables = SeedColumns.Read(folder, faults);
        if (faults.Count > 0) return new SeedResult.Refused(faults);

        return await writer.WriteAsync(async (db, stop) =>
        {
            // A second attempt of the unit of work reads the rows again, and they note their faults again.
            faults.Clear();
            // Two programs that start on an empty database both find it empty: the second waits here and finds it filled.
            if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", stop);
            var now = clock.UtcNow();
            var build = new SeedBuild(tables, await SeedKnown.ReadAsync(db, stop), faults, now);
            build.Run();
            if (faults.Count > 0) return new SeedResult.Refused(faults);

            // One password that everybody may know: hashing it once, with one salt, gives nothing away and saves seconds at the first start.
            var users = build.NewUsers.ToList();
            var hash = users.Count == 0 ? null : new PasswordHasher<IdentityUser<Guid>>().HashPassword(users[0], demoPassword);
            foreach (var user in users) user.PasswordHash = hash;
            db.AddRange(build.Rows);
            db.AddRange(users);
            var loaded = new SeedResult.Loaded(build.Counts);
            if (loaded.Inserted > 0)
            {
                var what = string.Join(", ", loaded.Tables.Where(t => t.Inserted > 0).Select(t => $"{t.Table} {t.Inserted}"));
                db.Add(new AuditEntry(now, Actor.System.PersonId, Actor.System.Name, "seed", Guid.Empty, "loaded", null, what));
            }

            return (SeedResult)loaded;
        }, cancellation);
    }
}
