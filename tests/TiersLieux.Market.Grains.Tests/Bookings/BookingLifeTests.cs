using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using Xunit;
using static TiersLieux.Market.Grains.Tests.Bookings.BookingMarket;

namespace TiersLieux.Market.Grains.Tests.Bookings;

public sealed class BookingLifeTests
{
    /// <summary>Two days on, past the limit of free cancellation from any hour of today.</summary>
    private static DateTime Later(int hour) => At(hour).AddDays(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_move_is_checked_like_a_booking_and_keeps_the_old_slot_when_refused(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var machine = market.Machine(market.Laser);
        var booking = await BookLaterAsync(market, 10, 12);
        await BookLaterAsync(market, 14, 15, member: 1);

        Assert.Equal("slot-taken", await MoveAsync(13, 15));
        Assert.Equal("place-closed", await MoveAsync(19, 21));
        Assert.Equal("slot-off-grid", (await machine.MoveBooking(new MoveTime(booking.Id, market.Members[0], Later(10).AddMinutes(1), Later(11).AddMinutes(1)))).Refusal!.Code);
        Assert.Equal([Later(10), Later(14)], (await market.OccupationsAsync()).Select(o => o.Start));

        // Onto a part of its own old time, and asked twice; then shorter, at a price of its own.
        Assert.Null(await MoveAsync(11, 13));
        Assert.Null(await MoveAsync(11, 13));
        Assert.Equal([Later(11), Later(14)], (await market.OccupationsAsync()).Select(o => o.Start));
        var shorter = await machine.MoveBooking(new MoveTime(booking.Id, market.Members[0], Later(16), Later(17)));
        Assert.Equal((1200L, Later(16)), (shorter.Booking!.ExclTaxCents, shorter.Booking.Start));

        async Task<string?> MoveAsync(int from, int to) => (await machine.MoveBooking(new MoveTime(booking.Id, market.Members[0], Later(from), Later(to)))).Refusal?.Code;
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_move_of_what_the_card_has_paid_keeps_its_price(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var machine = market.Machine(market.Laser);
        var held = await BookLaterAsync(market, 10, 12, by: BookingSettlement.Card);
        Assert.True((await machine.BookingPaid(held.Id)).IsDone);
        Assert.Equal("move-changes-price", (await machine.MoveBooking(new MoveTime(held.Id, market.Members[0], Later(14), Later(17)))).Refusal!.Code);
        Assert.True((await machine.MoveBooking(new MoveTime(held.Id, market.Members[0], Later(14), Later(16)))).IsDone);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Cancelling_is_free_until_a_day_before_and_then_the_managers_business(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var machine = market.Machine(market.Laser);
        var early = await BookLaterAsync(market, 10, 12);
        var late = (await market.BookAsync(market.Members[0], 9, 10)).Booking!; // In 23 hours.

        Assert.Equal("cancel-too-late", (await machine.CancelBooking(late.Id, market.Members[0])).Refusal!.Code);
        Assert.Equal("cancel-too-late", (await machine.MoveBooking(new MoveTime(late.Id, market.Members[0], Later(14), Later(15)))).Refusal!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal(BookingState.Cancelled, (await machine.CancelBooking(early.Id, market.Members[0])).Booking!.State);
        Assert.Equal(BookingState.Cancelled, (await machine.CancelBooking(late.Id, market.Manager)).Booking!.State);
        Assert.Empty(await market.OccupationsAsync());
        Assert.Equal("booking-moved-on", (await machine.MoveBooking(new MoveTime(early.Id, market.Members[0], Later(14), Later(16)))).Refusal!.Code);
        Assert.True((await market.BookAsync(market.Members[1], 9, 10)).IsDone);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Only_its_people_and_the_manager_touch_a_booking(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var machine = market.Machine(market.Laser);
        var booking = await BookLaterAsync(market, 10, 12);
        foreach (var (stranger, code) in new[] { (market.Visitor, "not-allowed"), (Guid.Empty, "sign-in-first") })
        {
            Assert.Equal(code, (await machine.CancelBooking(booking.Id, stranger)).Refusal!.Code);
            Assert.Equal(code, (await machine.MoveBooking(new MoveTime(booking.Id, stranger, Later(14), Later(16)))).Refusal!.Code);
            Assert.Equal(code, (await machine.CheckIn(booking.Id, stranger)).Refusal!.Code);
            Assert.Equal(code, (await machine.CheckOut(booking.Id, stranger)).Refusal!.Code);
        }

        Assert.Equal("not-found", (await market.Machine(market.Room).CancelBooking(booking.Id, market.Members[0])).Refusal!.Code);
        // A colleague of the same organisation may.
        Assert.True((await machine.CancelBooking(booking.Id, market.Members[1])).IsDone);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Checking_in_opens_a_quarter_of_an_hour_before(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var machine = market.Machine(market.Laser);
        var booking = (await market.BookAsync(market.Members[0], 10, 12)).Booking!;
        var held = (await market.BookAsync(market.Members[1], 12, 13, by: BookingSettlement.Card)).Booking!;
        Assert.Equal("not-checked-in", (await machine.CheckOut(booking.Id, market.Members[0])).Refusal!.Code);
        Assert.Equal("not-paid", (await machine.CheckIn(held.Id, market.Manager)).Refusal!.Code);

        market.Clock.Advance(At(9, 44) - market.Clock.UtcNow());
        Assert.Equal("check-in-too-early", (await machine.CheckIn(booking.Id, market.Members[0])).Refusal!.Code);
        market.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 2; i++) Assert.Equal(BookingState.CheckedIn, (await machine.CheckIn(booking.Id, market.Members[0])).Booking!.State);
        Assert.Equal("booking-moved-on", (await machine.CancelBooking(booking.Id, market.Manager)).Refusal!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal(BookingState.CheckedOut, (await machine.CheckOut(booking.Id, market.Members[0])).Booking!.State);

        var missed = (await market.BookAsync(market.Members[0], 14, 15)).Booking!;
        market.Clock.Advance(At(15) - market.Clock.UtcNow());
        Assert.Equal("check-in-too-late", (await machine.CheckIn(missed.Id, market.Manager)).Refusal!.Code);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Calendars_show_what_is_free_and_no_other_name(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var mine = (await market.BookAsync(market.Members[0], 10, 12)).Booking!;
        await market.BookAsync(market.Members[1], 14, 20);

        var (free, refusal) = await market.Queries.FreeAsync(market.Laser, At(0), At(24), 120, market.Members[0], Stop);
        Assert.Null(refusal);
        Assert.Equal([new Interval(At(8), At(10)), new Interval(At(12), At(14))], free!.Free);
        Assert.Equal([At(8), At(12)], free.Starts);
        Assert.Equal([2400L, 4800L, 3600L], free.Prices.Select(p => p.Price.ExclTax.Cents));
        Assert.Equal(Audience.Member, free.Yours);
        Assert.Equal("minutes-not-bookable", (await market.Queries.FreeAsync(market.Laser, At(0), At(24), 20, null, Stop)).Refusal!.Code);
        Assert.Equal("range-not-understood", (await market.Queries.FreeAsync(market.Laser, At(24), At(0), 60, null, Stop)).Refusal!.Code);
        Assert.Equal("not-found", (await market.Queries.FreeAsync(Guid.NewGuid(), At(0), At(24), 60, null, Stop)).Refusal!.Code);

        var (rows, _) = await market.Queries.TimelineAsync([market.OtherLaser, market.Laser], At(0), At(24), market.Members[0], Stop);
        Assert.Equal([market.OtherLaser, market.Laser], rows.Select(r => r.ResourceId));
        Assert.Equal([new Interval(At(8), At(20))], rows[0].Open);
        Assert.Empty(rows[0].Busy);
        Assert.Equal(
            [new BusyBlock(At(10), At(12), BusyKind.Yours, 1, mine.Id, mine.Reference), new BusyBlock(At(14), At(20), BusyKind.Booked, 1, null, null)], rows[1].Busy);

        Assert.Equal(mine.Id, Assert.Single(await market.Queries.OfPersonAsync(market.Members[0], past: false, 0, 20, Stop)).Booking.Id);
        Assert.Empty(await market.Queries.OfPersonAsync(market.Members[0], past: true, 0, 20, Stop));
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_places_day_is_for_its_manager(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        await market.BookAsync(market.Members[0], 10, 12);
        var day = new DateOnly(2026, 11, 24);
        var place = (await market.RowsAsync<Booking>())[0].PlaceId;
        var manager = new Actor(market.Manager, "", null, [new ActorRole(Role.PlaceManager, RoleScope.Place, place)]);
        Assert.Equal("Membre 0 (démo)", Assert.Single((await market.Queries.PlaceDayAsync(manager, place, day, Stop)).Bookings).Person);
        Assert.Empty((await market.Queries.PlaceDayAsync(manager, place, day.AddDays(1), Stop)).Bookings);
        Assert.Equal("not-allowed", (await market.Queries.PlaceDayAsync(new Actor(market.Members[0], "", null, []), place, day, Stop)).Refusal!.Code);
        Assert.Equal("sign-in-first", (await market.Queries.PlaceDayAsync(Actor.Anonymous, place, day, Stop)).Refusal!.Code);
    }

    private static async Task<BookingView> BookLaterAsync(BookingMarket market, int from, int to, int member = 0, BookingSettlement by = BookingSettlement.Account) =>
        (await market.Machine(market.Laser).Book(new BookTime(Guid.CreateVersion7(), market.Members[member], Later(from), Later(to), 1, by))).Booking!;
}
