using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;
using static TiersLieux.Market.Grains.Tests.Bookings.BookingMarket;

namespace TiersLieux.Market.Grains.Tests.Bookings;

public sealed class BookingGrainTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_booking_on_account_is_kept_with_its_price_and_tells_its_person(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var booked = await market.BookAsync(market.Members[0], 10, 12);

        var booking = booked.Booking!;
        Assert.Null(booked.Refusal);
        Assert.Equal((BookingState.Booked, 2400L, 480L, 1), (booking.State, booking.ExclTaxCents, booking.TaxCents, booking.Seat));
        Assert.Equal("RES-2026-000001", booking.Reference);
        Assert.Equal("2 h à 12,00 € l'heure, tarif membre", booking.Price.Single().French);
        var occupation = Assert.Single(await market.OccupationsAsync());
        Assert.Equal((OccupationKind.Booking, booking.Id, At(10), At(12)), (occupation.Kind, occupation.OwnerId, occupation.Start, occupation.End));
        Assert.Equal($$"""{"bookingId":"{{booking.Id}}","what":"booked"}""", Assert.Single(await market.RowsAsync<OutboxMessage>(), m => m.Kind == MachineGrain.BookingNotice).Payload);
        Assert.Single(await market.RowsAsync<AuditEntry>(), a => a.Subject == "booking" && a.SubjectId == booking.Id && a.ActorId == market.Members[0]);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Of_32_who_race_for_one_slot_exactly_one_gets_it_and_the_others_get_alternatives(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider, members: 32);
        var outcomes = await Task.WhenAll(market.Members.Select(person => market.BookAsync(person, 10, 11)));

        Assert.Single(outcomes, o => o.IsDone);
        Assert.Single(await market.OccupationsAsync());
        Assert.Single(await market.RowsAsync<Booking>());
        Assert.All(outcomes.Where(o => !o.IsDone), o =>
        {
            Assert.Equal("slot-taken", o.Refusal!.Code);
            Assert.Equal([(market.Laser, At(9)), (market.Laser, At(11)), (market.Laser, At(8)), (market.OtherLaser, At(10))], o.Alternatives.Select(a => (a.ResourceId, a.Start)));
        });
    }

    [Fact]
    public async Task Two_programs_on_one_database_sell_no_slot_twice()
    {
        if (OnEachDatabaseAttribute.QuickOnly) Assert.Skip("Needs PostgreSQL.");
        await using var market = await CreateAsync(MarketProvider.PostgreSql, members: 32, silos: 2);
        var outcomes = await Task.WhenAll(market.Members.Select((person, i) => market.BookAsync(person, 10 + i % 2, 12 + i % 2, silo: i % 4 / 2)));
        Assert.Single(outcomes, o => o.IsDone);
        Assert.All(outcomes.Where(o => !o.IsDone), o => Assert.Equal("slot-taken", o.Refusal!.Code));

        // Three seats, thirty-two wishes: three are granted whichever program was asked.
        var seated = await Task.WhenAll(market.Members.Select((person, i) => market.BookAsync(person, 15, 16, market.Room, silo: i % 2)));
        Assert.Equal(3, seated.Count(o => o.IsDone));
        Assert.Equal([1, 2, 3], (await market.OccupationsAsync(market.Room)).Select(o => o.Seat));

        // One person, two machines, two programs: one of the two.
        var both = await Task.WhenAll(
            market.BookAsync(market.Members[0], 18, 19, market.Laser, silo: 0), market.BookAsync(market.Members[0], 18, 19, market.OtherLaser, silo: 1));
        Assert.Equal("own-overlap", Assert.Single(both, o => !o.IsDone).Refusal!.Code);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_retry_finds_its_booking_and_nobody_else_does(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var id = Guid.CreateVersion7();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => market.BookAsync(market.Members[0], 10, 11, id: id)));
        Assert.All(outcomes, o => Assert.Equal((id, outcomes[0].Booking!.Reference), (o.Booking!.Id, o.Booking.Reference)));
        Assert.Single(await market.RowsAsync<Booking>());

        // Even when the answer was lost for so long that the slot could not be booked any more.
        market.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(id, (await market.BookAsync(market.Members[0], 10, 11, id: id)).Booking!.Id);
        market.Clock.Advance(TimeSpan.FromDays(-2));
        Assert.Equal("not-allowed", (await market.BookAsync(market.Members[1], 14, 15, id: id)).Refusal!.Code);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_hold_becomes_a_booking_when_paid_and_anybodys_when_it_runs_out(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var paid = (await market.BookAsync(market.Members[0], 10, 11, by: BookingSettlement.Card)).Booking!;
        Assert.Equal((BookingState.Held, market.Clock.UtcNow().AddMinutes(5)), (paid.State, paid.HeldUntil));
        Assert.Equal("slot-taken", (await market.BookAsync(market.Members[1], 10, 11)).Refusal!.Code);
        Assert.DoesNotContain(await market.RowsAsync<OutboxMessage>(), m => m.Kind == MachineGrain.BookingNotice);

        // Kept while the payment page is open; once paid, asking again changes nothing.
        Assert.True((await market.Machine(market.Laser).KeepBooking(paid.Id, market.Clock.UtcNow().AddMinutes(40))).IsDone);
        market.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, await market.Sweep.SweepAsync(Stop));
        Assert.Equal("slot-taken", (await market.BookAsync(market.Members[1], 10, 11)).Refusal!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal(BookingState.Booked, (await market.Machine(market.Laser).BookingPaid(paid.Id)).Booking!.State);
        Assert.Equal(OccupationKind.Booking, Assert.Single(await market.OccupationsAsync()).Kind);
        Assert.Single(await market.RowsAsync<OutboxMessage>(), m => m.Kind == MachineGrain.BookingNotice);

        // Nobody pays this one: the next who asks gets the time, and the late payer is told so.
        var late = (await market.BookAsync(market.Members[0], 14, 15, by: BookingSettlement.Card)).Booking!;
        market.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await market.BookAsync(market.Members[1], 14, 15)).IsDone);
        Assert.Equal("hold-expired", (await market.Machine(market.Laser).KeepBooking(late.Id, market.Clock.UtcNow().AddMinutes(40))).Refusal!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal("hold-expired", (await market.Machine(market.Laser).BookingPaid(late.Id)).Refusal!.Code);
        Assert.Equal(BookingState.Cancelled, (await market.RowsAsync<Booking>()).Single(b => b.Id == late.Id).State);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_late_payment_gets_its_time_back_while_it_is_free(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var held = (await market.BookAsync(market.Members[0], 10, 12, by: BookingSettlement.Card)).Booking!;
        market.Clock.Advance(TimeSpan.FromMinutes(6));
        // Somebody claims it, clearing the dead hold away, and gives it back.
        var other = (await market.BookAsync(market.Members[1], 11, 12, by: BookingSettlement.Card)).Booking!;
        Assert.True((await market.Machine(market.Laser).CancelBooking(other.Id, market.Members[1])).IsDone);
        Assert.Empty(await market.OccupationsAsync());

        Assert.Equal(BookingState.Booked, (await market.Machine(market.Laser).BookingPaid(held.Id)).Booking!.State);
        Assert.Equal(held.Id, Assert.Single(await market.OccupationsAsync()).OwnerId);
    }

    [Theory]
    [OnEachDatabase]
    public async Task The_sweep_cancels_what_nobody_paid(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var held = (await market.BookAsync(market.Members[0], 10, 12, by: BookingSettlement.Card)).Booking!;
        await market.BookAsync(market.Members[1], 14, 15);
        market.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(1, await market.Sweep.SweepAsync(Stop));
        Assert.Equal(0, await market.Sweep.SweepAsync(Stop));
        Assert.Equal(BookingState.Cancelled, (await market.RowsAsync<Booking>()).Single(b => b.Id == held.Id).State);
        Assert.Equal(At(14), Assert.Single(await market.OccupationsAsync()).Start);
        Assert.Equal("hold-expired", (await market.Machine(market.Laser).BookingPaid(held.Id)).Refusal!.Code);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Production_and_bookings_exclude_each_other(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        var (machine, order) = (market.Machine(market.Laser), Guid.CreateVersion7());
        Slot[] production = [new(At(10), At(10, 7))]; // Planned to the minute.
        Assert.True((await machine.Hold(order, production, market.Clock.UtcNow().AddMinutes(15))).IsDone);
        Assert.Equal("slot-taken", (await market.BookAsync(market.Members[0], 10, 11)).Refusal!.Code);
        Assert.True((await machine.Confirm(order, production)).IsDone);
        market.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("slot-taken", (await market.BookAsync(market.Members[0], 10, 11)).Refusal!.Code);

        Assert.True((await market.BookAsync(market.Members[0], 14, 15)).IsDone);
        Assert.False((await machine.Hold(Guid.CreateVersion7(), new[] { new Slot(At(13, 59), At(14, 1)) }, market.Clock.UtcNow().AddMinutes(15))).IsDone);
        await machine.Release(order);
        Assert.True((await market.BookAsync(market.Members[0], 10, 11)).IsDone);

        // A hold of production that ran out is in nobody's way.
        Assert.True((await machine.Hold(order, new[] { new Slot(At(16), At(17)) }, market.Clock.UtcNow().AddMinutes(15))).IsDone);
        market.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await market.BookAsync(market.Members[0], 16, 17)).IsDone);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Every_rule_is_decided_by_the_grain(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider);
        Assert.Equal("sign-in-first", (await market.BookAsync(Guid.NewGuid(), 10, 11)).Refusal!.Code);
        Assert.Equal("not-found", (await market.BookAsync(market.Members[0], 10, 11, Guid.NewGuid())).Refusal!.Code);
        Assert.Equal("membership-needed", (await market.BookAsync(market.Visitor, 10, 11)).Refusal!.Code);
        Assert.Equal("account-not-open", (await market.BookAsync(market.Visitor, 10, 11, market.Room)).Refusal!.Code);
        Assert.Equal("seats-unavailable", (await market.BookAsync(market.Members[0], 10, 11, market.Room, seats: 4)).Refusal!.Code);
        var closed = await market.BookAsync(market.Members[0], 7, 8);
        Assert.Equal(("place-closed", At(8)), (closed.Refusal!.Code, closed.Alternatives[0].Start));
        var forOthers = await market.Machine(market.Laser).Book(new BookTime(Guid.CreateVersion7(), market.Members[0], At(10), At(11), 1, BookingSettlement.Account, Guid.NewGuid()));
        Assert.Equal("not-allowed", forOthers.Refusal!.Code);
        Assert.Empty(await market.RowsAsync<Booking>());
        Assert.Empty(await market.OccupationsAsync());

        // A visitor rents a seat at the public rate; a person is in one place at a time.
        var visit = (await market.BookAsync(market.Visitor, 10, 11, market.Room, BookingSettlement.Card)).Booking!;
        Assert.Equal((1800L, "1 h à 18,00 € l'heure, tarif public"), (visit.ExclTaxCents, visit.Price[0].French));
        await market.BookAsync(market.Members[0], 10, 12);
        Assert.Equal("own-overlap", (await market.BookAsync(market.Members[0], 11, 13, market.Room)).Refusal!.Code);

        // A credential that ends counts at once.
        await market.Writer.WriteAsync(db => db.RemoveRange(db.Set<Credential>().Where(c => c.PersonId == market.Members[1])), Stop);
        Assert.Equal("credential-needed", (await market.BookAsync(market.Members[1], 14, 15)).Refusal!.Code);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Seats_are_given_from_the_lowest(MarketProvider provider)
    {
        await using var market = await CreateAsync(provider, members: 4);
        var two = (await market.BookAsync(market.Members[0], 10, 12, market.Room, seats: 2)).Booking!;
        Assert.Equal((1, 2, 4800L), (two.Seat, two.Seats, two.ExclTaxCents));
        Assert.Equal(3, (await market.BookAsync(market.Members[1], 11, 12, market.Room)).Booking!.Seat);
        Assert.Equal("slot-taken", (await market.BookAsync(market.Members[2], 11, 12, market.Room)).Refusal!.Code);
        Assert.Equal(3, (await market.BookAsync(market.Members[2], 10, 11, market.Room)).Booking!.Seat);
        Assert.True((await market.Machine(market.Room).CancelBooking(two.Id, market.Manager)).IsDone);
        Assert.Equal(1, (await market.BookAsync(market.Members[3], 10, 12, market.Room)).Booking!.Seat);
    }
}
