using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Bookings.BookingSamples;

namespace TiersLieux.Market.Domain.Tests.Bookings;

public sealed class BookingAlternativesTests
{
    private static readonly BookingWish Wish = new(Slot("2026-06-02 10:00", "2026-06-02 11:00"));

    [Fact]
    public void Other_times_come_nearest_first_then_equal_resources_by_distance()
    {
        var near = Of(ResourceKind.Machine, 1, at: new GeoPoint(50.72, 3.16), code: "laser-2");
        var far = Of(ResourceKind.Machine, 1, at: new GeoPoint(49.89, 2.30), code: "laser-3");
        var taken = Taken((Laser, 1, Wish.Time), (near, 1, Slot("2026-06-02 09:00", "2026-06-02 12:30")));

        var proposed = BookingAlternatives.Of(Wish, Laser, [far, near, Laser], taken, Now, BookingPolicy.Default);

        Assert.Equal([Laser, Laser, Laser, near, far], proposed.Select(a => a.What));
        Assert.Equal(
            [Slot("2026-06-02 09:00", "2026-06-02 10:00"), Slot("2026-06-02 11:00", "2026-06-02 12:00"), Slot("2026-06-02 13:30", "2026-06-02 14:30")],
            proposed.Take(3).Select(a => a.Time));
        Assert.Equal(Slot("2026-06-02 13:30", "2026-06-02 14:30"), proposed[3].Time);
        Assert.Equal(Wish.Time, proposed[4].Time);
        Assert.True(proposed[3].Km < proposed[4].Km);
        Assert.All(proposed, a => Assert.True(BookingSlots.Fits(Wish with { Time = a.Time }, a.What, taken[a.What.Resource.Id], Now, BookingPolicy.Default)));
    }

    [Fact]
    public void Nothing_past_or_beyond_the_horizon_is_proposed()
    {
        var today = new BookingWish(Slot("2026-06-01 09:00", "2026-06-01 10:00"));
        var now = Paris("2026-06-01 09:40");
        var first = BookingAlternatives.Of(today, Laser, [], Taken(), now, BookingPolicy.Default)[0];
        Assert.Equal(Slot("2026-06-01 09:45", "2026-06-01 10:45"), first.Time);

        var last = Paris("2026-06-03 12:00");
        var policy = new BookingPolicy { HorizonDays = 1 };
        Assert.All(BookingAlternatives.Of(Wish, Laser, [], Taken((Laser, 1, Wish.Time)), Now, policy), a => Assert.True(a.Time.Start < last));
    }

    [Fact]
    public void Several_seats_must_be_free_all_along()
    {
        var room = Of(ResourceKind.Space, 3);
        var taken = Taken(
            (room, 1, Slot("2026-06-02 10:00", "2026-06-02 10:30")),
            (room, 2, Slot("2026-06-02 10:30", "2026-06-02 11:00")));
        var occupations = taken[room.Resource.Id];
        // Two are free at every moment, but only seat 3 for the whole hour.
        Assert.Equal([3], BookingSlots.FreeSeats(room, occupations, Wish.Time));
        Assert.True(BookingSlots.Fits(Wish, room, occupations, Now, BookingPolicy.Default));
        Assert.False(BookingSlots.Fits(Wish with { Seats = 2 }, room, occupations, Now, BookingPolicy.Default));
        Assert.Equal(Slot("2026-06-02 09:00", "2026-06-02 10:00"), BookingAlternatives.Of(Wish with { Seats = 3 }, room, [], taken, Now, BookingPolicy.Default)[0].Time);
    }

    [Fact]
    public void A_buffer_is_kept_around_every_use_and_a_room_inside_another_blocks_it()
    {
        var oven = Of(ResourceKind.Machine, 1, buffer: 15);
        var taken = Taken((oven, 1, Slot("2026-06-02 10:00", "2026-06-02 11:00")))[oven.Resource.Id].ToList();
        Assert.Empty(BookingSlots.FreeSeats(oven, taken, Slot("2026-06-02 11:00", "2026-06-02 12:00")));
        Assert.Equal([1], BookingSlots.FreeSeats(oven, taken, Slot("2026-06-02 11:15", "2026-06-02 12:00")));
        Assert.Equal(Slot("2026-06-02 09:00", "2026-06-02 09:45").End, BookingSlots.Free(oven, taken, Paris("2026-06-02 09:00"), Paris("2026-06-02 12:00"))[0].End);

        var bay = Of(ResourceKind.Space, 4);
        var floor = Of(ResourceKind.Space, 3) with { Related = [bay.Resource.Id] };
        var inBay = Taken((bay, 1, Wish.Time))[bay.Resource.Id].ToList();
        Assert.Empty(BookingSlots.FreeSeats(floor, inBay, Wish.Time));
        Assert.Equal([2, 3, 4], BookingSlots.FreeSeats(bay, inBay, Wish.Time));
    }

    private static ILookup<Guid, Occupation> Taken(params (Bookable What, int Seat, Interval Time)[] uses) => uses
        .Select(use => new Occupation(Guid.CreateVersion7(), use.What.Resource.Id, use.Seat, use.Time, OccupationKind.Booking, Guid.CreateVersion7(), null))
        .ToLookup(o => o.ResourceId);
}
