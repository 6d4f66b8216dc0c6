using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Bookings.BookingSamples;

namespace TiersLieux.Market.Domain.Tests.Bookings;

public sealed class BookingRulesTests
{
    [Theory]
    [InlineData("2026-06-02 09:00", "2026-06-02 10:00", null)]
    [InlineData("2026-06-02 09:00", "2026-06-02 09:30", null)] // The shortest.
    [InlineData("2026-06-02 13:45", "2026-06-02 17:45", null)] // The longest.
    [InlineData("2026-06-02 09:00", "2026-06-02 09:15", "slot-too-short")]
    [InlineData("2026-06-02 13:30", "2026-06-02 17:45", "slot-too-long")]
    [InlineData("2026-06-02 10:00", "2026-06-02 10:00", "slot-empty")]
    [InlineData("2026-06-02 11:00", "2026-06-02 10:00", "slot-empty")]
    [InlineData("2026-06-02 09:05", "2026-06-02 10:05", "slot-off-grid")]
    [InlineData("2026-06-02 09:00", "2026-06-02 09:40", "slot-off-grid")]
    [InlineData("2026-06-01 07:45", "2026-06-01 10:00", "slot-past")]
    [InlineData("2026-06-01 09:00", "2026-06-01 10:00", null)]
    [InlineData("2026-07-31 08:00", "2026-07-31 09:00", "place-closed")] // Sixty days to the minute: within the horizon, before opening.
    [InlineData("2026-07-31 09:00", "2026-07-31 10:00", "beyond-horizon")]
    [InlineData("2026-07-30 09:00", "2026-07-30 10:00", null)]
    [InlineData("2026-06-02 08:30", "2026-06-02 09:30", "place-closed")]
    [InlineData("2026-06-02 12:00", "2026-06-02 14:00", "place-closed")] // Across the lunch break.
    [InlineData("2026-06-07 10:00", "2026-06-07 11:00", "place-closed")] // A Sunday.
    [InlineData("2026-07-14 10:00", "2026-07-14 11:00", "place-closed")] // A public holiday.
    public void A_slot_is_allowed_or_refused_with_its_rule(string start, string end, string? code) =>
        Assert.Equal(code, BookingRules.Check(new BookingWish(Slot(start, end)), Laser, Member(), Now, BookingPolicy.Default)?.Code);

    [Theory]
    [InlineData("2026-06-01 09:45", "notice-too-short")]
    [InlineData("2026-06-01 10:00", null)]
    public void A_notice_is_kept(string start, string? code)
    {
        var policy = new BookingPolicy { Notice = TimeSpan.FromHours(2) };
        Assert.Equal(code, BookingRules.Check(new BookingWish(new Interval(Paris(start), Paris(start).AddHours(1))), Laser, Member(), Now, policy)?.Code);
    }

    [Fact]
    public void A_closure_shuts_the_slots_it_touches()
    {
        var closed = Of(ResourceKind.Machine, 1, closures: [Slot("2026-06-03 10:00", "2026-06-03 11:00")]);
        Assert.Equal("place-closed", Check(closed, "2026-06-03 09:30", "2026-06-03 10:15"));
        Assert.Null(Check(closed, "2026-06-03 11:00", "2026-06-03 12:00"));
    }

    [Theory]
    [InlineData(1, 0, "seats-unavailable")]
    [InlineData(1, 1, null)]
    [InlineData(1, 2, "seats-unavailable")]
    [InlineData(4, 4, null)]
    [InlineData(4, 5, "seats-unavailable")]
    [InlineData(4, -1, "seats-unavailable")]
    public void Seats_are_those_there_are(int seats, int wanted, string? code) => Assert.Equal(
        code,
        BookingRules.Check(new BookingWish(Slot("2026-06-02 09:00", "2026-06-02 10:00"), wanted), Of(ResourceKind.Space, seats), Member(), Now, BookingPolicy.Default)?.Code);

    [Fact]
    public void What_is_not_pooled_or_stands_in_a_referenced_place_cannot_be_booked()
    {
        Assert.Equal("not-bookable", Check(Of(ResourceKind.Machine, 1, pooled: false), "2026-06-02 09:00", "2026-06-02 10:00"));
        Assert.Equal("not-bookable", Check(Of(ResourceKind.Machine, 1, status: PlaceStatus.Referenced), "2026-06-02 09:00", "2026-06-02 10:00"));
        Assert.Equal("not-bookable", Check(Laser with { Seller = null }, "2026-06-02 09:00", "2026-06-02 10:00"));
    }

    [Fact]
    public void Machines_are_for_members_of_any_place_and_spaces_for_everybody()
    {
        var slot = Slot("2026-06-02 09:00", "2026-06-02 10:00");
        Assert.Equal("membership-needed", BookingRules.CheckPerson(slot, Of(ResourceKind.Machine, 1), Visitor)?.Code);
        Assert.Equal("membership-needed", BookingRules.CheckPerson(slot, Of(ResourceKind.Equipment, 1), Visitor)?.Code);
        Assert.Null(BookingRules.CheckPerson(slot, Of(ResourceKind.Space, 4), Visitor));
        // The membership of another place counts: the samples' places all differ.
        Assert.Null(BookingRules.CheckPerson(slot, Of(ResourceKind.Machine, 1), Member()));
    }

    [Theory]
    [InlineData("2026-06-01", "membership-not-in-force")]
    [InlineData("2026-06-02", null)] // The last day counts.
    public void A_membership_holds_on_the_day(string until, string? code) => Assert.Equal(
        code, BookingRules.CheckPerson(Slot("2026-06-02 09:00", "2026-06-02 10:00"), Laser, Member(memberUntil: Day(until)))?.Code);

    [Theory]
    [InlineData(null, null, "credential-needed")]
    [InlineData("machines-bois", null, "credential-needed")]
    [InlineData("laser", "2026-06-01", "credential-not-in-force")]
    [InlineData("laser", "2026-06-02", null)]
    public void A_credential_of_the_kind_is_in_force(string? kind, string? until, string? code) => Assert.Equal(
        code,
        BookingRules.CheckPerson(Slot("2026-06-02 09:00", "2026-06-02 10:00"), Laser, Member(kind, credentialUntil: until is null ? null : Day(until)))?.Code);

    [Theory]
    [InlineData("2026-06-02 09:30", "2026-06-02 10:30", "own-overlap")]
    [InlineData("2026-06-02 10:00", "2026-06-02 11:00", null)] // Half-open: one begins when the other ends.
    public void Nobody_is_in_two_places_at_once(string start, string end, string? code) => Assert.Equal(
        code, BookingRules.CheckPerson(Slot("2026-06-02 09:00", "2026-06-02 10:00"), Laser, Member(own: Slot(start, end)))?.Code);

    [Fact]
    public void Lent_equipment_stays_out_overnight_but_changes_hands_while_the_place_is_open()
    {
        var kit = Of(ResourceKind.Equipment, 1, hours: WeeklyHours.Always);
        Assert.Null(Check(kit, "2026-06-02 17:00", "2026-06-03 10:00"));
        Assert.Null(Check(kit, "2026-07-13 17:00", "2026-07-15 10:00")); // Over the holiday of the 14th.
        Assert.Equal("place-closed", Check(kit, "2026-06-02 18:00", "2026-06-03 10:00"));
        Assert.Equal("place-closed", Check(kit, "2026-06-02 17:00", "2026-06-03 09:00")); // Nobody there yet to take it back.
    }

    [Fact]
    public void A_booking_across_the_change_of_clocks_lasts_what_it_lasts()
    {
        var night = Of(ResourceKind.Machine, 1, placeHours: WeeklyHours.Always);
        var policy = new BookingPolicy { HorizonDays = 400 };
        // 25 October 2026: three o'clock comes twice, so 1:00 to 5:00 is five hours, more than the four allowed.
        var longNight = Slot("2026-10-25 01:00", "2026-10-25 05:00");
        Assert.Equal(TimeSpan.FromHours(5), longNight.Length);
        Assert.Equal("slot-too-long", BookingRules.Check(new BookingWish(longNight), night, Member(), Now, policy)?.Code);
        Assert.Null(BookingRules.Check(new BookingWish(Slot("2026-10-25 01:00", "2026-10-25 04:00")), night, Member(), Now, policy));
        // 28 March 2027: two o'clock is skipped, so 1:00 to 6:00 is four hours.
        var member = Member(memberUntil: new DateOnly(2027, 12, 31));
        var shortNight = Slot("2027-03-28 01:00", "2027-03-28 06:00");
        Assert.Equal(TimeSpan.FromHours(4), shortNight.Length);
        Assert.Null(BookingRules.Check(new BookingWish(shortNight), night, member, Now, policy));
    }

    [Fact]
    public void Every_refusal_says_why_in_both_languages()
    {
        var day = new DateOnly(2026, 6, 1);
        Reason[] reasons =
        [
            BookingReasons.NotBookable, BookingReasons.Past, BookingReasons.TooSoon(TimeSpan.FromHours(2)), BookingReasons.TooFar(60), BookingReasons.Closed,
            BookingReasons.Taken, BookingReasons.Seats(1), BookingReasons.MembershipNeeded, BookingReasons.MembershipEnds(day), BookingReasons.CredentialNeeded("laser"),
            BookingReasons.CredentialEnds("laser", day), BookingReasons.OwnOverlap, BookingReasons.OrganisationNeeded, BookingReasons.NoAccount, BookingReasons.HoldExpired,
            BookingReasons.CancelTooLate(TimeSpan.FromHours(24)), BookingReasons.MoveChangesPrice, BookingReasons.CheckInTooEarly(TimeSpan.FromMinutes(15)), BookingReasons.CheckInTooLate,
        ];
        Assert.Distinct(reasons.Select(r => r.Code));
        Assert.All(reasons, r =>
        {
            Assert.Matches("^[a-z-]+$", r.Code);
            Assert.True(r.French.Length > 30 && r.English.Length > 20 && r.French != r.English);
        });
    }

    private static string? Check(Bookable what, string start, string end) =>
        BookingRules.Check(new BookingWish(Slot(start, end)), what, Member(), Now, BookingPolicy.Default)?.Code;

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
