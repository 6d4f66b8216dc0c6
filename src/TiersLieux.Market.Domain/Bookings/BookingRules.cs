using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>What somebody wants to book.</summary>
/// <param name="Seats">Seats side by side of a space or a session; 1 for a machine.</param>
public sealed record BookingWish(Interval Time, int Seats = 1);

/// <summary>Every rule of a booking but whether the time is still free: that only the table of occupation knows.</summary>
public static class BookingRules
{
    /// <summary>The first rule that refuses, or null when the booking may be made.</summary>
    public static Reason? Check(BookingWish wish, Bookable what, Booker who, DateTime now, BookingPolicy policy) =>
        CheckSlot(wish, what, now, policy) ?? CheckPerson(wish.Time, what, who);

    /// <summary>The rules that hold whoever asks.</summary>
    public static Reason? CheckSlot(BookingWish wish, Bookable what, DateTime now, BookingPolicy policy)
    {
        if (!what.IsOffered) return BookingReasons.NotBookable;
        var time = wish.Time;
        // Free all along: the grid and the length are looked at here, the hours below.
        if (BookingGrid.Check(time, what.Length, [new FreeInterval(time.Start, time.End)]) is { } misshapen) return misshapen;
        if (time.Start < now) return BookingReasons.Past;
        if (time.Start < now + policy.Notice) return BookingReasons.TooSoon(policy.Notice);
        if (time.Start > now.AddDays(policy.HorizonDays)) return BookingReasons.TooFar(policy.HorizonDays);
        if (wish.Seats < 1 || wish.Seats > what.Resource.Seats) return BookingReasons.Seats(what.Resource.Seats);
        return what.IsOpen(time) ? null : BookingReasons.Closed;
    }

    /// <summary>The rules about the person. Membership and credential must hold from the first day of the slot to its last.</summary>
    public static Reason? CheckPerson(Interval time, Bookable what, Booker who)
    {
        var (first, last) = (ParisTime.DateOf(time.Start), ParisTime.DateOf(time.End.AddTicks(-1)));
        // Spaces are let to everybody, at their own tariff; machines and equipment are shared among members.
        if (what.Resource.Kind is ResourceKind.Machine or ResourceKind.Equipment && !(who.IsMemberOn(first) && who.IsMemberOn(last)))
        {
            return who.Memberships.Count == 0
                ? BookingReasons.MembershipNeeded
                : BookingReasons.MembershipEnds(who.Memberships.Max(m => m.Until));
        }

        if (what.Resource.Credential is { } kind)
        {
            var held = who.Credentials.Where(c => c.Kind == kind).ToList();
            if (held.Count == 0) return BookingReasons.CredentialNeeded(kind);
            if (!held.Exists(c => c.InForce(first) && c.InForce(last))) return BookingReasons.CredentialEnds(kind, held.Max(c => c.Until));
        }

        return who.Own.Any(time.Overlaps) ? BookingReasons.OwnOverlap : null;
    }
}
