using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>What pages and API show of bookings: straight from the database, without waking a machine.</summary>
public sealed class BookingQueries(IDbContextFactory<MarketDbContext> databases, BookingDesk desk, BookingPolicy policy, TimeProvider clock)
{
    /// <summary>Longest stretch looked at in one question.</summary>
    public static TimeSpan LongestRange { get; } = TimeSpan.FromDays(62);

    private static readonly Audience[] Audiences = [Audience.Member, Audience.Professional, Audience.Public];

    /// <summary>When a resource is free between two instants, and what it costs.</summary>
    /// <param name="minutes">Length wanted; null, the shortest that can be booked.</param>
    /// <param name="personId">Who asks, to say which price is theirs; null, a visitor.</param>
    /// <returns>Refused with not-found, not-bookable, range-not-understood or minutes-not-bookable.</returns>
    public async Task<(FreeTimeAnswer? Answer, Reason? Refusal)> FreeAsync(
        Guid resourceId, DateTime from, DateTime to, int? minutes, Guid? personId, CancellationToken cancellation = default)
    {
        if (RangeRefusal(from, to) is { } range) return (null, range);
        if (await desk.BookableAsync(resourceId) is not { } what) return (null, Reasons.Unknown);
        if (!what.IsOffered) return (null, BookingReasons.NotBookable);
        var (resource, now) = (what.Resource, clock.UtcNow());
        var length = minutes ?? resource.MinMinutes;
        if (length < resource.MinMinutes || length > resource.MaxMinutes || length % BookingGrid.Step.TotalMinutes != 0)
        {
            return (null, new Reason("minutes-not-bookable",
                $"Cette ressource se réserve de {resource.MinMinutes} à {resource.MaxMinutes} minutes, par quarts d'heure. Changez la durée.",
                $"This resource is booked for {resource.MinMinutes} to {resource.MaxMinutes} minutes, in quarters of an hour. Change the length.") { Field = "minutes" });
        }

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var uses = what.Uses;
        var (first, last) = (from - what.Buffer, to + what.Buffer);
        var taken = (await db.Set<Occupation>().AsNoTracking().Where(o => uses.Contains(o.ResourceId) && o.End > first && o.Start < last).ToListAsync(cancellation))
            .Where(o => !o.IsExpired(now))
            .ToList();
        var free = BookingSlots.Free(what, taken, from, to);
        var span = TimeSpan.FromMinutes(length);
        var starts = BookingGrid.Starts(free, span)
            .Distinct()
            .Order()
            .Where(start => BookingRules.CheckSlot(new BookingWish(new Interval(start, start + span)), what, now, policy) is null)
            .ToList();
        var day = ParisTime.DateOf(from);
        var prices = Audiences
            .Select(audience => (audience, BookingPrice.Of(resource.Tariff!, audience, span, 1, what.Seller!.Value, day).Price))
            .Where(priced => priced.Price is not null)
            .Select(priced => new AudiencePrice(priced.audience, priced.Price!))
            .ToList();
        var who = personId is { } id ? await desk.PersonAsync(id, null) : null;
        return (new FreeTimeAnswer(
            resource.Id, resource.Name, resource.PlaceId, length, resource.MinMinutes, resource.MaxMinutes, resource.Seats,
            FreeTime.Merge(free.Select(f => f.Time)), starts, prices, who?.Booker.AudienceOn(day)), null);
    }

    /// <summary>The calendar of several resources between two instants; other people's blocks carry no name.</summary>
    /// <param name="viewerId">Whose own bookings are marked; null, a visitor.</param>
    public async Task<(IReadOnlyList<ResourceTimeline> Rows, Reason? Refusal)> TimelineAsync(
        IReadOnlyCollection<Guid> resourceIds, DateTime from, DateTime to, Guid? viewerId, CancellationToken cancellation = default)
    {
        if (RangeRefusal(from, to) is { } refusal) return ([], refusal);
        var now = clock.UtcNow();
        var ids = resourceIds.Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var bookables = await BookingDesk.BookablesAsync(db, r => ids.Contains(r.Id));
        var occupations = (await db.Set<Occupation>().AsNoTracking()
                .Where(o => ids.Contains(o.ResourceId) && o.End > from && o.Start < to)
                .ToListAsync(cancellation))
            .Where(o => !o.IsExpired(now))
            .ToLookup(o => o.ResourceId);
        var own = viewerId is not { } viewer
            ? []
            : await db.Set<Booking>()
                .Where(b => b.PersonId == viewer && b.End > from && b.Start < to)
                .Select(b => new { b.Id, b.Reference })
                .ToDictionaryAsync(b => b.Id, b => b.Reference, cancellation);
        return ([.. bookables.OrderBy(what => ids.IndexOf(what.Resource.Id)).Select(what => new ResourceTimeline(
            what.Resource.Id,
            what.Resource.Name,
            what.Place.Id,
            what.Place.Name,
            what.Resource.Seats,
            [.. FreeTime.Of(what.Calendar, [], from, to).Select(open => open.Time)],
            [.. occupations[what.Resource.Id].OrderBy(o => o.Start).ThenBy(o => o.Seat).Select(o => own.TryGetValue(o.OwnerId, out var reference)
                ? new BusyBlock(o.Start, o.End, BusyKind.Yours, o.Seat, o.OwnerId, reference)
                : new BusyBlock(o.Start, o.End, KindOf(o), o.Seat, null, null))]))], null);
    }

    /// <summary>A person's bookings still to end, soonest first; or those past, latest first. Cancelled ones are among both.</summary>
    public async Task<IReadOnlyList<NamedBooking>> OfPersonAsync(Guid personId, bool past, int skip, int take, CancellationToken cancellation = default)
    {
        var now = clock.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var bookings = db.Set<Booking>().AsNoTracking().Where(b => b.PersonId == personId);
        bookings = past
            ? bookings.Where(b => b.End <= now).OrderByDescending(b => b.Start).ThenBy(b => b.Id)
            : bookings.Where(b => b.End > now).OrderBy(b => b.Start).ThenBy(b => b.Id);
        var rows = await bookings.Skip(skip).Take(take).ToListAsync(cancellation);
        return await NamedAsync(db, rows, cancellation);
    }

    /// <summary>One booking, for its person, its organisation or the place's manager; null for anybody else.</summary>
    public async Task<NamedBooking?> FindAsync(Actor actor, Guid bookingId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var booking = await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == bookingId, cancellation);
        if (booking is null) return null;
        var mayRead = !actor.IsAnonymous
            && (actor.PersonId == booking.PersonId || actor.ActsFor(booking.OrganisationId) || actor.Has(Role.PlaceManager, RoleScope.Place, booking.PlaceId));
        return mayRead ? (await NamedAsync(db, [booking], cancellation))[0] : null;
    }

    /// <summary>All bookings that touch a Paris day at a place, with who comes. Refused to all but its manager.</summary>
    public async Task<(IReadOnlyList<PlaceBooking> Bookings, Reason? Refusal)> PlaceDayAsync(Actor actor, Guid placeId, DateOnly day, CancellationToken cancellation = default)
    {
        if (!actor.Has(Role.PlaceManager, RoleScope.Place, placeId)) return ([], actor.IsAnonymous ? Reasons.SignIn : Reasons.NotYours);
        var (morning, night) = (ParisTime.ToUtc(day, TimeOnly.MinValue), ParisTime.ToUtc(day.AddDays(1), TimeOnly.MinValue));
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await (
            from booking in db.Set<Booking>()
            join resource in db.Set<Resource>() on booking.ResourceId equals resource.Id
            join person in db.Set<Person>() on booking.PersonId equals person.Id
            where resource.PlaceId == placeId && booking.Start < night && booking.End > morning && booking.State != BookingState.Cancelled
            orderby booking.Start, resource.Name
            select new { booking, Resource = resource.Name, Person = person.DisplayName }).AsNoTracking().ToListAsync(cancellation);
        return ([.. rows.Select(row => new PlaceBooking(BookingView.Of(row.booking), row.Resource, row.Person))], null);
    }

    private static async Task<IReadOnlyList<NamedBooking>> NamedAsync(MarketDbContext db, IReadOnlyList<Booking> bookings, CancellationToken cancellation)
    {
        var ids = bookings.Select(b => b.ResourceId).Distinct().ToList();
        var names = await (
            from resource in db.Set<Resource>()
            join place in db.Set<Place>() on resource.PlaceId equals place.Id
            where ids.Contains(resource.Id)
            select new { resource.Id, Resource = resource.Name, Place = place.Name }).ToDictionaryAsync(row => row.Id, cancellation);
        return [.. bookings.Select(b => new NamedBooking(BookingView.Of(b), names[b.ResourceId].Resource, names[b.ResourceId].Place))];
    }

    private static Reason? RangeRefusal(DateTime from, DateTime to) => from.Year < 2000 || to.Year > 2200 || to <= from || to - from > LongestRange
        ? new Reason("range-not-understood",
            $"La période doit finir après son début et durer au plus {LongestRange.Days} jours. Changez ses dates.",
            $"The period must end after it begins and last {LongestRange.Days} days at most. Change its dates.") { Field = "to" }
        : null;

    private static BusyKind KindOf(Occupation occupation) => occupation.Kind switch
    {
        OccupationKind.Hold => BusyKind.Held,
        OccupationKind.Reservation => BusyKind.Production,
        OccupationKind.Maintenance => BusyKind.Maintenance,
        _ => BusyKind.Booked,
    };
}
