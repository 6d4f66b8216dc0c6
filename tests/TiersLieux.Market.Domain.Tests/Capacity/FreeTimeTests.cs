using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Capacity;

public sealed class FreeTimeTests
{
    private static readonly AvailabilityCalendar Calendar =
        new(WeeklyHours.Parse("mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00"), WeeklyHours.Always);

    [Fact]
    public void Hours_of_place_and_resource_minus_what_is_taken()
    {
        var calendar = Calendar with { Resource = WeeklyHours.Parse("mo-fr 10:00-20:00") };
        var free = FreeTime.Of(calendar, [At(6, 14, 15), At(6, 10, 11)], Utc(6, 0), Utc(7, 0));
        Assert.Equal(
            [new FreeInterval(Utc(6, 11), Utc(6, 12).AddMinutes(30), true), new(Utc(6, 13).AddMinutes(30), Utc(6, 14)), new(Utc(6, 15), Utc(6, 18))],
            free);
    }

    [Fact]
    public void Work_continues_over_lunch_night_and_weekend_but_not_over_a_use()
    {
        var free = FreeTime.Of(Calendar, [At(6, 9, 10)], Utc(2, 0), Utc(7, 0));
        Assert.Equal([true, true, true, true, false, true, false], free.Select(stretch => stretch.ContinuesAfterClosing));
        var night = FreeTime.Of(Calendar, [At(5, 20, 22)], Utc(5, 0), Utc(7, 0));
        Assert.Equal([true, false, true, false], night.Select(stretch => stretch.ContinuesAfterClosing));
    }

    [Fact]
    public void A_holiday_is_closed_unless_the_place_says_otherwise()
    {
        var (from, to) = (new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 5, 2, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(FreeTime.Of(Calendar, [], from, to));
        Assert.Equal(2, FreeTime.Of(Calendar with { OpenOnHolidays = true }, [], from, to).Count);
    }

    [Fact]
    public void Closures_and_buffers_are_taken_out()
    {
        var calendar = Calendar with { Closures = [At(6, 16, 24), At(6, 8, 10)], Buffer = TimeSpan.FromMinutes(15) };
        var free = FreeTime.Of(calendar, [At(6, 11, 12)], Utc(6, 0), Utc(7, 0));
        Assert.Equal(
            [(Utc(6, 10), Utc(6, 10).AddMinutes(45)), (Utc(6, 12).AddMinutes(15), Utc(6, 12).AddMinutes(30)), (Utc(6, 13).AddMinutes(30), Utc(6, 16))],
            free.Select(stretch => (stretch.Start, stretch.End)));
    }

    [Fact]
    public void The_window_cuts_and_an_empty_window_is_empty()
    {
        var stretch = Assert.Single(FreeTime.Of(Calendar, [], Utc(6, 10), Utc(6, 11)));
        Assert.Equal(new FreeInterval(Utc(6, 10), Utc(6, 11)), stretch);
        Assert.Empty(FreeTime.Of(Calendar, [], Utc(6, 11), Utc(6, 11)));
    }

    [Fact]
    public void Free_time_never_meets_a_use_and_nothing_free_is_left_out()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var start = Utc(1, 0).AddMinutes(random.Next(0, 500_000));
            var end = start.AddMinutes(random.Next(1, 40_000));
            var uses = Enumerable.Range(0, random.Next(0, 30)).Select(_ =>
            {
                var from = start.AddMinutes(random.Next(-3000, 40_000));
                return new Interval(from, from.AddMinutes(random.Next(1, 900)));
            }).ToList();
            var calendar = Calendar with { OpenOnHolidays = true };
            var free = FreeTime.Of(calendar, uses, start, end);
            Assert.All(free, stretch => Assert.True(stretch.Start < stretch.End && stretch.Start >= start && stretch.End <= end));
            Assert.All(free.Zip(free.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));

            var open = calendar.Place.Open(ParisTime.DateOf(start), ParisTime.DateOf(end).AddDays(1)).ToList();
            for (var probe = 0; probe < 20; probe++)
            {
                var instant = start.AddMinutes(random.NextDouble() * (end - start).TotalMinutes);
                var expected = open.Exists(o => o.Start <= instant && instant < o.End) && !uses.Exists(u => u.Start <= instant && instant < u.End);
                Assert.Equal(expected, free.Any(f => f.Start <= instant && instant < f.End));
            }
        }
    }

    [Fact]
    public void Taken_in_two_goes_is_taken_in_one()
    {
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            List<Interval> Some() => [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => Utc(1, 0).AddMinutes(random.Next(0, 20_000))).Select(from => new Interval(from, from.AddMinutes(random.Next(1, 3000))))];
            var (first, second) = (Some(), Some());
            var once = FreeTime.Of(Calendar, first.Concat(second), Utc(1, 0), Utc(15, 0));
            var twice = FreeTime.Without(FreeTime.Of(Calendar, first, Utc(1, 0), Utc(15, 0)), second);
            Assert.Equal(once.Select(f => f.Time), twice.Select(f => f.Time));
            // Of the last nobody knows what follows.
            Assert.Equal(once.SkipLast(1), twice.SkipLast(1));
        }
    }

    [Fact]
    public void A_week_offers_no_more_than_it_has_left()
    {
        var free = FreeTime.Of(Calendar, [], Utc(5, 0), Utc(19, 0));
        var limited = FreeTime.LimitPerWeek(free, week => week.Day == 5 ? TimeSpan.FromHours(10) : TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromHours(10), TimeSpan.FromTicks(limited.Sum(stretch => stretch.Time.Length.Ticks)));
        Assert.Equal(new FreeInterval(Utc(6, 9), Utc(6, 11)), limited[^1]);
        Assert.Equal(free, FreeTime.LimitPerWeek(free, _ => TimeSpan.FromDays(7)));
    }

    private static DateTime Utc(int day, int parisHour) => new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc).AddHours(parisHour - 1);

    private static Interval At(int day, int from, int to) => new(Utc(day, from), Utc(day, to));
}
