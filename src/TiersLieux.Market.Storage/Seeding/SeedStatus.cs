using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>An account that the start page shows while the demo data are loaded.</summary>
public sealed record DemoSignIn(string Email, string Name, IReadOnlyList<Role> Roles);

/// <summary>Whether the demo is loaded, and who can sign in to look around; by role.</summary>
public sealed record SeedStatus(bool IsDemo, IReadOnlyList<DemoSignIn> SignIns)
{
    public static async Task<SeedStatus> ReadAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var people = await db.Set<Person>().AsNoTracking()
            .Where(p => p.IsFictitious && db.Set<IdentityUser<Guid>>().Any(u => u.Id == p.Id))
            .Select(p => new { p.Id, p.Email, p.DisplayName })
            .ToListAsync(cancellation);
        var ids = people.Select(p => p.Id).ToArray();
        var grants = (await db.Set<RoleGrant>().AsNoTracking().Where(r => ids.Contains(r.PersonId)).ToListAsync(cancellation)).ToLookup(r => r.PersonId, r => r.Role);
        return new SeedStatus(people.Count > 0,
        [
            .. people.Select(p => new DemoSignIn(p.Email, p.DisplayName, [.. grants[p.Id].Distinct().Order()]))
                .OrderBy(s => s.Roles.Count == 0 ? Role.Administrator : s.Roles[0]).ThenBy(s => s.Email, StringComparer.Ordinal),
        ]);
    }
}
