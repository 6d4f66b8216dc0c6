using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Finds who reads a mail.</summary>
internal static class MailReaders
{
    public static async Task<Recipient?> PersonAsync(MarketDbContext db, Guid personId, CancellationToken cancellation) =>
        await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId, cancellation) is { } person ? Recipient.Only(person) : null;

    /// <summary>The artisans of a workshop's organisation; its own address when it has none.</summary>
    public static async Task<IReadOnlyList<Recipient>> ArtisansAsync(MarketDbContext db, Guid organisationId, CancellationToken cancellation)
    {
        var people = await db.Set<RoleGrant>()
            .Where(r => r.Role == Role.Artisan && r.Scope == RoleScope.Organisation && r.ScopeId == organisationId)
            .Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (_, p) => p)
            .Distinct().OrderBy(p => p.Id).AsNoTracking().ToListAsync(cancellation);
        return people.Count > 0 ? [.. people.Select(Recipient.OneOf)] : await OrganisationAsync(db, organisationId, cancellation);
    }

    public static async Task<IReadOnlyList<Recipient>> OrganisationAsync(MarketDbContext db, Guid organisationId, CancellationToken cancellation) =>
        await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == organisationId, cancellation) is { } organisation ? [Recipient.Of(organisation)] : [];
}
