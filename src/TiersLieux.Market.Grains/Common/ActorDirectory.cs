using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Common;

/// <summary>Who a person is and may do, read from the database each time a grain decides: a role taken away counts at once.</summary>
public sealed class ActorDirectory(IDbContextFactory<MarketDbContext> databases)
{
    public async Task<Actor> FindAsync(Guid personId, CancellationToken cancellation = default)
    {
        if (personId == Guid.Empty) return Actor.Anonymous;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var person = await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId, cancellation);
        if (person is null) return Actor.Anonymous;
        var roles = await db.Set<RoleGrant>().Where(r => r.PersonId == personId).Select(r => new ActorRole(r.Role, r.Scope, r.ScopeId)).ToListAsync(cancellation);
        return new Actor(person.Id, person.DisplayName, person.OrganisationId, roles);
    }
}
