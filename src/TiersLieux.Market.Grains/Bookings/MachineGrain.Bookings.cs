using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Model;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>Making and moving bookings.</summary>
public sealed partial class MachineGrain
{
    /// <summary>Kind of the outbox message about a booking; its payload is <c>{bookingId, what}</c>, what = booked, moved, cancelled or lost.</summary>
    public const string BookingNotice = "booking-notice";

    /// <summary>Kind of the outbox message that has what was paid for a booking given back; its payload is the booking's id.</summary>
    public const string BookingRefund = "booking-refund";

    /// <summary>
    /// How long hours, tariff and closures are kept: no longer than a page takes to show them, but a busy machine need not read them each time.
    /// </summary>
    private static readonly TimeSpan FactsAge = TimeSpan.FromSeconds(1);

    /// <summary>Tries for a seat when another program on the same database takes the one we chose.</summary>
    private const int SeatAttempts = 5;

    private Bookable? _facts;
    private long _factsReadAt;

    public async Task<BookingOutcome> Book(BookTime command)
    {
        var now = clock.UtcNow();
        var time = Utc(command.Start, command.End);
        var (what, who) = (await FactsAsync(), await desk.PersonAsync(command.PersonId, command.OrganisationId));
        if (who is null) return Refused(Reasons.SignIn);
        if (what is null) return Refused(Reasons.Unknown);
        if (command.OrganisationId is { } chosen && !(await desk.ActorAsync(who.Id)).ActsFor(chosen)) return Refused(Reasons.NotYours);

        var wish = new BookingWish(time, command.Seats);
        if (await EarlyAnswerAsync(command, who, wish, what, now) is { } early) return early;

        var day = ParisTime.DateOf(time.Start);
        var (price, refusal) = BookingPrice.Of(what.Resource.Tariff!, who.Booker.AudienceOn(day), time.Length, wish.Seats, what.Seller!.Value, day);
        if (price is null) return Refused(refusal!);
        var reference = await desk.ReferenceAsync(now);
        var heldUntil = command.Settlement == BookingSettlement.Card && !price.ExclTax.IsZero ? now + desk.Policy.PaymentTime : (DateTime?)null;

        var (booking, refused, isNew) = await ClaimAsync<(Booking?, Reason?, bool)>(what.Resource.Seats, async (db, c) =>
        {
            await OneAtATimeAsync(db, who.Id, what, c);
            var others = await BookingsAroundAsync(db, command.BookingId, who.Id, time, c);
            if (others.Find(b => b.Id == command.BookingId) is { } done) return (done, null, false);
            if (others.Exists(b => !b.IsExpired(now))) return (null, BookingReasons.OwnOverlap, false);
            var seats = await FreeSeatsAsync(db, what, time, Guid.Empty, now, c);
            if (seats.Count < wish.Seats) return (null, BookingReasons.Taken, false);

            var made = new Booking(
                command.BookingId, reference, ResourceId, what.Place.Id, seats[0], wish.Seats, time, who.Id, who.OrganisationId!.Value,
                command.Settlement, price.Lines, price.VatRate, price.ExclTax, price.Tax, now, heldUntil);
            db.Add(made);
            Occupy(db, made, seats.Take(wish.Seats));
            Audit(db, now, who.Id, who.Name, made, "booked", null, Say(made));
            if (heldUntil is null) Notify(db, made, "booked", "booked", now);
            Changed(db);
            return (made, null, true);
        }, () => (null, BookingReasons.Taken, false));

        if (refused is not null) return await RefusedAsync(refused, wish, what, now);
        if (isNew) KillPoints.Pass(KillPoints.BookingRecorded);
        return booking!.PersonId == who.Id ? Done(booking) : Refused(Reasons.NotYours);
    }

    public async Task<BookingOutcome> MoveBooking(MoveTime command)
    {
        var now = clock.UtcNow();
        var time = Utc(command.Start, command.End);
        var actor = await desk.ActorAsync(command.ActorId);
        var what = await FactsAsync();
        if (what is null || await FindBookingAsync(command.BookingId) is not { } before) return Refused(Reasons.Unknown);
        if (Forbidden(actor, before) is { } forbidden) return Refused(forbidden);
        var who = await desk.PersonAsync(before.PersonId, before.OrganisationId);
        if (who is null) return Refused(Reasons.Unknown);

        var wish = new BookingWish(time, before.Seats);
        var (moved, refused) = await ClaimAsync<(Booking?, Reason?)>(what.Resource.Seats, async (db, c) =>
        {
            await OneAtATimeAsync(db, who.Id, what, c);
            var others = await BookingsAroundAsync(db, command.BookingId, who.Id, time, c);
            if (others.Find(b => b.Id == command.BookingId) is not { } booking) return (null, Reasons.Unknown);
            if (booking.Time == time) return (booking, null);
            var own = others.Where(b => b.Id != booking.Id && !b.IsExpired(now)).Select(b => b.Time).ToList();
            var refusal = (booking.IsExpired(now) ? BookingReasons.HoldExpired : booking.CheckMovable())
                ?? TooLate(actor, booking, now)
                ?? BookingRules.Check(wish, what, who.Booker with { Own = own }, now, desk.Policy);
            if (refusal is not null) return (null, refusal);
            var (price, priceRefusal) = PriceOfMove(booking, time, what, who.Booker);
            if (price is null) return (null, priceRefusal);
            var seats = await FreeSeatsAsync(db, what, time, booking.Id, now, c);
            if (seats.Count < wish.Seats) return (null, BookingReasons.Taken);

            // Out of the way of the new time, which may overlap the old; a refusal by the database brings it back.
            await db.Set<Occupation>().Where(o => o.OwnerId == booking.Id && o.ResourceId == ResourceId).ExecuteDeleteAsync(c);
            var from = Say(booking);
            booking.Move(time, seats[0], price.Lines, price.ExclTax, price.Tax);
            Occupy(db, booking, seats.Take(wish.Seats));
            Audit(db, now, actor.PersonId, actor.Name, booking, "moved", from, Say(booking));
            Notify(db, booking, "moved", FormattableString.Invariant($"moved:{booking.Version}"), now);
            Changed(db);
            return (booking, null);
        }, () => (null, BookingReasons.Taken));
        return refused is null ? Done(moved!) : await RefusedAsync(refused, wish, what, now);
    }

    private async Task<Bookable?> FactsAsync()
    {
        if (_facts is not null && clock.GetElapsedTime(_factsReadAt) < FactsAge) return _facts;
        _factsReadAt = clock.GetTimestamp();
        return _facts = await desk.BookableAsync(ResourceId);
    }

    /// <summary>What needs no transaction: a retry that finds its booking, and what would be refused whatever the table of occupation says.</summary>
    private async Task<BookingOutcome?> EarlyAnswerAsync(BookTime command, BookingPerson who, BookingWish wish, Bookable what, DateTime now)
    {
        var refusal = BookingRules.Check(wish, what, who.Booker, now, desk.Policy)
            ?? (who.OrganisationId is null ? BookingReasons.OrganisationNeeded : null)
            ?? (command.Settlement == BookingSettlement.Account && !who.Booker.HasAccountOn(ParisTime.DateOf(now)) ? BookingReasons.NoAccount : null);
        if (refusal is null) return null;
        // A retry that comes late still finds what the first call made.
        return await FindBookingAsync(command.BookingId) is { } made && made.PersonId == who.Id ? Done(made) : await RefusedAsync(refusal, wish, what, now);
    }

    /// <summary>
    /// The tariff is frozen: as long as before costs what it did. Another length is priced anew; paid by card, it must come to the same,
    /// for a move takes no second payment.
    /// </summary>
    private static (BookingPrice? Price, Reason? Refusal) PriceOfMove(Booking booking, Interval time, Bookable what, Booker who)
    {
        if (time.Length == booking.Time.Length) return (new BookingPrice(booking.Price, booking.VatRate, booking.ExclTax, booking.Tax), null);
        var day = ParisTime.DateOf(time.Start);
        var (price, refusal) = BookingPrice.Of(what.Resource.Tariff!, who.AudienceOn(day), time.Length, booking.Seats, what.Seller!.Value, day);
        if (price is null) return (null, refusal);
        if (price.VatRate != booking.VatRate || (booking.Settlement == BookingSettlement.Card && price.InclTax != booking.InclTax))
            return (null, BookingReasons.MoveChangesPrice);
        return (price, null);
    }

    /// <summary>
    /// Runs a unit of work that takes time. The database has the last word: where another program took the time or changed the booking
    /// since we looked, it is tried again as long as there may be another seat, then refused.
    /// </summary>
    private async Task<T> ClaimAsync<T>(int seats, Func<MarketDbContext, CancellationToken, Task<T>> work, Func<T> taken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await writer.WriteAsync(work);
            }
            catch (Exception exception) when (StorageErrors.IsOverlap(exception))
            {
                board.Refresh(ResourceId);
                if (seats == 1 || attempt == SeatAttempts) return taken();
            }
            catch (Exception exception) when (attempt < SeatAttempts && (StorageErrors.IsConflict(exception) || StorageErrors.IsDuplicate(exception)))
            {
                // The same operation ran in another program: what it wrote is found on the next try.
            }
        }
    }

    /// <summary>
    /// On PostgreSQL two machines may decide about one person, about a space and what stands in it, or two programs about one machine's buffers: they
    /// queue, or neither would see the other's booking. The person first, so that nobody waits in a circle. On SQLite all writes queue anyway.
    /// </summary>
    private static async Task OneAtATimeAsync(MarketDbContext db, Guid personId, Bookable what, CancellationToken cancellation)
    {
        if (!db.Database.IsNpgsql()) return;
        var (person, resource) = (LockKey(personId), LockKey(what.Resource.ParentId ?? what.Resource.Id));
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({person}), pg_advisory_xact_lock({resource})", cancellation);
    }

    private static long LockKey(Guid id) => BitConverter.ToInt64(id.ToByteArray(), 8);

    private static Task<List<Booking>> BookingsAroundAsync(MarketDbContext db, Guid bookingId, Guid personId, Interval time, CancellationToken cancellation) =>
        db.Set<Booking>()
            .Where(b => b.Id == bookingId
                || (b.PersonId == personId && b.Start < time.End && b.End > time.Start && b.State != BookingState.Cancelled && b.State != BookingState.NoShow))
            .ToListAsync(cancellation);

    /// <summary>Seats free all along, after deleting the holds in the way that have run out.</summary>
    /// <param name="ownerId">Whose time does not count as taken: the booking that moves or comes back.</param>
    private static async Task<IReadOnlyList<int>> FreeSeatsAsync(MarketDbContext db, Bookable what, Interval time, Guid ownerId, DateTime now, CancellationToken cancellation)
    {
        var uses = what.Uses;
        var (from, to) = (time.Start - what.Buffer, time.End + what.Buffer);
        var taken = await db.Set<Occupation>().AsNoTracking()
            .Where(o => uses.Contains(o.ResourceId) && o.Start < to && o.End > from && o.OwnerId != ownerId)
            .ToListAsync(cancellation);
        var expired = taken.Where(o => o.IsExpired(now)).Select(o => o.Id).ToList();
        if (expired.Count > 0)
            await db.Set<Occupation>().Where(o => expired.Contains(o.Id) && o.Kind == OccupationKind.Hold && o.Deadline <= now).ExecuteDeleteAsync(cancellation);
        return BookingSlots.FreeSeats(what, taken.Where(o => !o.IsExpired(now)), time);
    }

    private void Occupy(MarketDbContext db, Booking booking, IEnumerable<int> seats)
    {
        var kind = booking.State == BookingState.Held ? OccupationKind.Hold : OccupationKind.Booking;
        foreach (var seat in seats) db.Add(new Occupation(Guid.CreateVersion7(), ResourceId, seat, booking.Time, kind, booking.Id, booking.HeldUntil));
    }

    private static void Audit(MarketDbContext db, DateTime now, Guid actorId, string actor, Booking booking, string what, string? from, string? to) =>
        db.Add(new AuditEntry(now, actorId, actor, "booking", booking.Id, what, from, to));

    private static void Notify(MarketDbContext db, Booking booking, string what, string key, DateTime now) =>
        db.Add(new OutboxMessage(BookingNotice, $"{booking.Id:N}:{key}", JsonSerializer.Serialize(new { bookingId = booking.Id, what }, JsonColumn.Options), now));

    /// <summary>Whatever was paid, now or by a payment that is still on its way, goes back.</summary>
    private static void GiveBack(MarketDbContext db, Booking booking, DateTime now)
    {
        if (booking.Settlement == BookingSettlement.Card) db.Add(new OutboxMessage(BookingRefund, booking.Id.ToString("N"), booking.Id.ToString(), now));
    }

    private static string Say(Booking booking) => FormattableString.Invariant(
        $"{booking.State} {booking.Start:yyyy-MM-dd'T'HH:mm}Z/{booking.End:yyyy-MM-dd'T'HH:mm}Z seat {booking.Seat}+{booking.Seats - 1}, {booking.InclTax}");

    private static Interval Utc(DateTime start, DateTime end) => new(DateTime.SpecifyKind(start, DateTimeKind.Utc), DateTime.SpecifyKind(end, DateTimeKind.Utc));

    private static BookingOutcome Done(Booking booking) => new(BookingView.Of(booking), null, []);

    private static BookingOutcome Refused(Reason reason) => new(null, Refusal.Of(reason), []);

    private async Task<BookingOutcome> RefusedAsync(Reason reason, BookingWish wish, Bookable what, DateTime now) => BookingReasons.HasAlternatives(reason.Code)
        ? new BookingOutcome(null, Refusal.Of(reason), await desk.AlternativesAsync(wish, what, now))
        : Refused(reason);
}
