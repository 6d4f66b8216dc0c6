using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>A person who wants to book, and for whom.</summary>
public sealed record BookingPerson(Guid Id, string Name, Guid? OrganisationId, Booker Booker);

/// <summary>What a machine must know to decide about a booking, read from the database each time, so that a change counts at once.</summary>
public sealed class BookingDesk(IDbContextFactory<MarketDbContext> databases, ActorDirectory actors, BookingReferences references, BookingPolicy policy)
{
    /// <summary>Equal resources looked at for alternatives, the nearest first.</summary>
    private const int Nearest = 8;

    internal BookingPolicy Policy => policy;

    internal ValueTask<string> ReferenceAsync(DateTime now) => references.NextAsync(ParisTime.DateOf(now).Year);

    internal Task<MarketDbContext> ReadAsync() => databases.CreateDbContextAsync();

    internal Task<Actor> ActorAsync(Guid personId) => actors.FindAsync(personId);

    public async Task<Bookable?> BookableAsync(Guid resourceId)
    {
        await using var db = await databases.CreateDbContextAsync();
        return (await BookablesAsync(db, r => r.Id == resourceId)).SingleOrDefault();
    }

    /// <param name="organisationId">The one chosen; null, the person's own.</param>
    public async Task<BookingPerson?> PersonAsync(Guid personId, Guid? organisationId)
    {
        await using var db = await databases.CreateDbContextAsync();
        // One round trip; a person has few memberships and credentials, so their product is small.
        var rows = await (
            from person in db.Set<Person>()
            where person.Id == personId
            join chosen in db.Set<Organisation>() on organisationId ?? person.OrganisationId equals (Guid?)chosen.Id into chosenOnes
            from organisation in chosenOnes.DefaultIfEmpty()
            from membership in db.Set<Membership>()
                .Where(m => m.PersonId == person.Id && db.Set<Place>().Any(p => p.Id == m.PlaceId && p.Status == PlaceStatus.Active))
                .DefaultIfEmpty()
            from credential in db.Set<Credential>().Where(c => c.PersonId == person.Id).DefaultIfEmpty()
            select new
            {
                person.DisplayName,
                OrganisationId = (Guid?)organisation.Id,
                Kind = (OrganisationKind?)organisation.Kind,
                HasApprovedTerms = (bool?)organisation.HasApprovedTerms,
                membership,
                credential,
            }).AsNoTracking().ToListAsync();
        if (rows.Count == 0) return null;
        var found = rows[0];
        var booker = new Booker(
            found.Kind is not (null or OrganisationKind.Person),
            found.HasApprovedTerms == true,
            [.. rows.Where(row => row.membership is not null).Select(row => row.membership!).DistinctBy(m => m.Id)],
            [.. rows.Where(row => row.credential is not null).Select(row => row.credential!).DistinctBy(c => c.Id)],
            []);
        return new BookingPerson(personId, found.DisplayName, found.OrganisationId, booker);
    }

    /// <summary>Other times of the resource and the nearest equal ones, as the database has them now.</summary>
    internal async Task<IReadOnlyList<AlternativeView>> AlternativesAsync(BookingWish wish, Bookable wanted, DateTime now)
    {
        await using var db = await databases.CreateDbContextAsync();
        var (type, kind) = (wanted.Resource.Type, wanted.Resource.Kind);
        var equals = type.Length == 0
            ? []
            : (await BookablesAsync(db, r => r.Type == type && r.Kind == kind && r.IsPooled))
                .Where(other => other.IsOffered && other.Resource.Id != wanted.Resource.Id)
                .OrderBy(other => wanted.Place.Position.GreatCircleKm(other.Place.Position))
                .Take(Nearest)
                .ToList();
        List<Guid> ids = [.. wanted.Uses, .. equals.SelectMany(other => other.Uses)];
        var (from, to) = (wish.Time.Start - BookingAlternatives.Around, wish.Time.End + BookingAlternatives.Around);
        var taken = await db.Set<Occupation>().AsNoTracking().Where(o => ids.Contains(o.ResourceId) && o.End > from && o.Start < to).ToListAsync();
        return BookingAlternatives.Of(wish, wanted, equals, taken.Where(o => !o.IsExpired(now)).ToLookup(o => o.ResourceId), now, policy)
            .Select(a => new AlternativeView(a.What.Resource.Id, a.What.Resource.Name, a.What.Place.Id, a.What.Place.Name, a.Km, a.Time.Start, a.Time.End)).ToList();
    }

    public static async Task<List<Bookable>> BookablesAsync(MarketDbContext db, System.Linq.Expressions.Expression<Func<Resource, bool>> which)
    {
        // The lead sells what members book in the network's places, so its regime taxes it; a place without a lead sells itself.
        var seller = await db.Set<Organisation>().Where(o => o.IsConsortiumLead).Select(o => (VatRegime?)o.VatRegime).FirstOrDefaultAsync();
        var rows = await (
            from resource in db.Set<Resource>().Where(which)
            join place in db.Set<Place>() on resource.PlaceId equals place.Id
            join owner in db.Set<Organisation>() on place.OrganisationId equals (Guid?)owner.Id into owners
            from organisation in owners.DefaultIfEmpty()
            select new { resource, place, regime = (VatRegime?)organisation.VatRegime }).AsNoTracking().ToListAsync();
        var (ids, places) = (rows.Select(row => row.resource.Id).ToList(), rows.Select(row => row.place.Id).Distinct().ToList());
        var closures = (await db.Set<Closure>().AsNoTracking().Where(c => places.Contains(c.PlaceId)).ToListAsync()).ToLookup(c => c.PlaceId);
        var inside = (await db.Set<Resource>()
                .Where(r => r.ParentId != null && ids.Contains(r.ParentId.Value))
                .Select(r => new { r.Id, r.ParentId })
                .ToListAsync())
            .ToLookup(r => r.ParentId!.Value, r => r.Id);
        return [.. rows.Select(row => new Bookable(
            row.resource,
            row.place,
            seller ?? row.regime,
            [.. closures[row.place.Id].Where(c => c.ResourceId is null || c.ResourceId == row.resource.Id).Select(c => new Interval(c.Start, c.End))])
        {
            Related = row.resource.ParentId is { } parent ? [parent, .. inside[row.resource.Id]] : [.. inside[row.resource.Id]],
        })];
    }
}
