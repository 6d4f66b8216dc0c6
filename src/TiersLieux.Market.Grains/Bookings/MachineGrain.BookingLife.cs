using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>What becomes of a booking once made.</summary>
public sealed partial class MachineGrain
{
    public Task<Outcome> KeepBooking(Guid bookingId, DateTime until) => ClaimAsync(seats: 1, async (db, c) =>
    {
        if (await db.Set<Booking>().FirstOrDefaultAsync(b => b.Id == bookingId && b.ResourceId == ResourceId, c) is not { } booking) return Outcome.Refused(Reasons.Unknown);
        if (booking.State == BookingState.Cancelled) return Outcome.Refused(BookingReasons.HoldExpired);
        if (booking.State != BookingState.Held) return Outcome.Done;
        var own = await OwnAsync(db, bookingId, c);
        if (own.Count < booking.Seats) return Outcome.Refused(BookingReasons.HoldExpired);
        booking.Keep(until);
        foreach (var held in own) held.Extend(booking.HeldUntil!.Value);
        Changed(db);
        return Outcome.Done;
    }, () => Outcome.Refused(BookingReasons.HoldExpired));

    public async Task<BookingOutcome> BookingPaid(Guid bookingId)
    {
        var now = clock.UtcNow();
        var what = await FactsAsync();
        if (what is null) return Refused(Reasons.Unknown);
        var outcome = await ClaimAsync(what.Resource.Seats, async (db, c) =>
        {
            if (await db.Set<Booking>().FirstOrDefaultAsync(b => b.Id == bookingId && b.ResourceId == ResourceId, c) is not { } booking) return Refused(Reasons.Unknown);
            if (booking.State == BookingState.Cancelled) return Refused(BookingReasons.HoldExpired);
            if (booking.State != BookingState.Held) return Done(booking);

            var own = await OwnAsync(db, bookingId, c);
            if (own.Count < booking.Seats)
            {
                // The hold ran out and somebody cleared it away: claim the time anew if it is still free.
                await OneAtATimeAsync(db, booking.PersonId, what, c);
                var free = await FreeSeatsAsync(db, what, booking.Time, bookingId, now, c);
                if (free.Count < booking.Seats) return Refused(BookingReasons.HoldExpired);
                await db.Set<Occupation>().Where(o => o.OwnerId == bookingId && o.ResourceId == ResourceId).ExecuteDeleteAsync(c);
                booking.Paid(free[0]);
                Occupy(db, booking, free.Take(booking.Seats));
            }
            else
            {
                booking.Paid(own.Min(o => o.Seat));
                foreach (var held in own) held.Confirm(OccupationKind.Booking);
            }

            Audit(db, now, Actor.System.PersonId, Actor.System.Name, booking, "paid", nameof(BookingState.Held), Say(booking));
            Notify(db, booking, "booked", "booked", now);
            Changed(db);
            return Done(booking);
        }, () => Refused(BookingReasons.HoldExpired));

        if (outcome.IsDone) KillPoints.Pass(KillPoints.BookingPaid);
        else if (outcome.Refusal!.Code == BookingReasons.HoldExpired.Code) await GiveUpAsync(bookingId, "lost", now);
        return outcome;
    }

    public async Task<BookingOutcome> CancelBooking(Guid bookingId, Guid actorId)
    {
        var outcome = await ChangeAsync(bookingId, actorId, async (db, booking, actor, now, c) =>
        {
            if (booking.State == BookingState.Cancelled) return null;
            if (TooLate(actor, booking, now) is { } late) return late;
            var from = Say(booking);
            if (booking.Cancel() is { } refusal) return refusal;
            db.RemoveRange(await OwnAsync(db, bookingId, c));
            Audit(db, now, actor.PersonId, actor.Name, booking, "cancelled", from, Say(booking));
            Notify(db, booking, "cancelled", "cancelled", now);
            GiveBack(db, booking, now);
            Changed(db);
            return null;
        });
        if (outcome.IsDone) KillPoints.Pass(KillPoints.BookingCancelled);
        return outcome;
    }

    public Task<BookingOutcome> CheckIn(Guid bookingId, Guid actorId) => ChangeAsync(bookingId, actorId, (db, booking, actor, now, _) =>
    {
        if (booking.State is BookingState.CheckedIn) return Task.FromResult<Reason?>(null);
        if (booking.State is BookingState.Held or BookingState.Booked)
        {
            if (now >= booking.End) return Task.FromResult<Reason?>(BookingReasons.CheckInTooLate);
            if (now < booking.Start - desk.Policy.EarlyCheckIn && !Manages(actor, booking))
                return Task.FromResult<Reason?>(BookingReasons.CheckInTooEarly(desk.Policy.EarlyCheckIn));
        }

        var refusal = booking.CheckIn(now);
        if (refusal is null) Audit(db, now, actor.PersonId, actor.Name, booking, "checked-in", nameof(BookingState.Booked), nameof(BookingState.CheckedIn));
        return Task.FromResult(refusal);
    });

    public Task<BookingOutcome> CheckOut(Guid bookingId, Guid actorId) => ChangeAsync(bookingId, actorId, (db, booking, actor, now, _) =>
    {
        if (booking.State is BookingState.CheckedOut or BookingState.Billed) return Task.FromResult<Reason?>(null);
        var refusal = booking.CheckOut(now);
        if (refusal is null) Audit(db, now, actor.PersonId, actor.Name, booking, "checked-out", nameof(BookingState.CheckedIn), nameof(BookingState.CheckedOut));
        return Task.FromResult(refusal);
    });

    public async Task<int> ExpireBookings()
    {
        var now = clock.UtcNow();
        return await ClaimAsync(seats: 1, async (db, c) =>
        {
            var expired = await db.Set<Booking>().Where(b => b.ResourceId == ResourceId && b.HeldUntil <= now && b.State == BookingState.Held).ToListAsync(c);
            foreach (var booking in expired)
            {
                var from = Say(booking);
                booking.Cancel();
                db.RemoveRange(await OwnAsync(db, booking.Id, c));
                Audit(db, now, Actor.System.PersonId, Actor.System.Name, booking, "expired", from, Say(booking));
            }

            if (expired.Count > 0) Changed(db);
            return expired.Count;
        }, () => 0);
    }

    /// <summary>A paid booking whose time has gone ends here, so that nobody takes it for one still to come.</summary>
    private Task<bool> GiveUpAsync(Guid bookingId, string what, DateTime now) => ClaimAsync(seats: 1, async (db, c) =>
    {
        var booking = await db.Set<Booking>().FirstAsync(b => b.Id == bookingId, c);
        if (booking.State != BookingState.Held) return false;
        var from = Say(booking);
        booking.Cancel();
        db.RemoveRange(await OwnAsync(db, bookingId, c));
        Audit(db, now, Actor.System.PersonId, Actor.System.Name, booking, what, from, Say(booking));
        Notify(db, booking, what, what, now);
        Changed(db);
        return true;
    }, () => false);

    /// <summary>A change of one booking by somebody who may make it; nothing is written when it is refused.</summary>
    private async Task<BookingOutcome> ChangeAsync(
        Guid bookingId, Guid actorId, Func<MarketDbContext, Booking, Actor, DateTime, CancellationToken, Task<Reason?>> change)
    {
        var now = clock.UtcNow();
        var actor = await desk.ActorAsync(actorId);
        return await ClaimAsync(seats: 1, async (db, c) =>
        {
            if (await db.Set<Booking>().FirstOrDefaultAsync(b => b.Id == bookingId && b.ResourceId == ResourceId, c) is not { } booking) return Refused(Reasons.Unknown);
            var refusal = Forbidden(actor, booking) ?? await change(db, booking, actor, now, c);
            return refusal is null ? Done(booking) : Refused(refusal);
        }, () => Refused(BookingReasons.Taken));
    }

    private async Task<Booking?> FindBookingAsync(Guid bookingId)
    {
        await using var db = await desk.ReadAsync();
        return await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == bookingId && b.ResourceId == ResourceId);
    }

    private static bool Manages(Actor actor, Booking booking) => actor.Has(Role.PlaceManager, RoleScope.Place, booking.PlaceId);

    private static Reason? Forbidden(Actor actor, Booking booking)
    {
        if (actor.IsAnonymous) return Reasons.SignIn;
        return actor.PersonId == booking.PersonId || actor.ActsFor(booking.OrganisationId) || Manages(actor, booking) ? null : Reasons.NotYours;
    }

    /// <summary>Held time costs nobody anything yet; what is booked is given back in time for others to use it, or by the manager.</summary>
    private Reason? TooLate(Actor actor, Booking booking, DateTime now) =>
        booking.State == BookingState.Booked && now > booking.Start - desk.Policy.FreeCancellation && !Manages(actor, booking)
            ? BookingReasons.CancelTooLate(desk.Policy.FreeCancellation)
            : null;
}
