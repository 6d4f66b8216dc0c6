using TiersLieux.Market.Domain.Capacity;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Capacity;

public sealed class FreeCalendarTests
{
    private static readonly DateTime Monday = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void It_gives_back_the_whole_minutes_it_was_made_of()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var stretches = Stretches(random);
            var calendar = FreeCalendar.Of(stretches);
            Assert.Equal(stretches.Count, calendar.Count);
            Assert.Equal(stretches, calendar);
            Assert.Equal(stretches[^1], calendar[stretches.Count - 1]);
        }
    }

    [Fact]
    public void Seconds_at_either_end_are_left_out()
    {
        var calendar = FreeCalendar.Of([Free(0, 1.5), new FreeInterval(Monday.AddMinutes(10.25), Monday.AddMinutes(12.75))]);
        Assert.Equal([Free(0, 1), Free(11, 12)], calendar);
    }

    [Fact]
    public void Work_does_not_wait_across_a_stretch_that_was_too_short()
    {
        // Between the second and the third somebody uses the machine.
        var calendar = FreeCalendar.Of([Free(0, 10, goesOn: true), new FreeInterval(Monday.AddMinutes(20.2), Monday.AddMinutes(20.7)), Free(30, 40)]);
        Assert.Equal([Free(0, 10), Free(30, 40)], calendar);
    }

    [Fact]
    public void A_stretch_longer_than_a_piece_stays_one()
    {
        var calendar = FreeCalendar.Of([Free(0, 200_000, goesOn: true), Free(300_000, 300_001)]);
        Assert.Equal([Free(0, 200_000, goesOn: true), Free(300_000, 300_001)], calendar);
        Assert.Equal((200_001, 200_000), (calendar.LongestRun, calendar.LongestStretch));
    }

    [Fact]
    public void It_knows_the_most_it_offers_in_a_day_and_a_week()
    {
        // Nine hours a day from Monday to Friday, for three weeks.
        var calendar = FreeCalendar.Of(Enumerable.Range(0, 21).Where(day => day % 7 < 5).Select(day => Free(day * 1440, day * 1440 + 540, goesOn: true)));
        Assert.Equal((540, 2700), (calendar.MostInDay, calendar.MostInWeek));
    }

    [Fact]
    public void A_year_of_two_stretches_a_day_takes_four_kilobytes_at_most()
    {
        var stretches = Enumerable.Range(0, 730).Select(half => Free(half * 720, half * 720 + 240, goesOn: true)).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = Enumerable.Range(0, 100).Select(_ => FreeCalendar.Of(stretches)).ToList();
        GC.KeepAlive(kept);
        // Four bytes a stretch, and a block of twenty for each 32; building takes more and gives it back.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() > before);
        var held = GC.GetTotalMemory(forceFullCollection: true);
        kept.Clear();
        Assert.InRange((held - GC.GetTotalMemory(forceFullCollection: true)) / 100.0, 1000, 4096);
    }

    private static List<FreeInterval> Stretches(Random random)
    {
        var (at, stretches) = (0, new List<FreeInterval>());
        for (var i = random.Next(1, 400); i > 0; i--)
        {
            at += random.Next(1, random.Next(10) == 0 ? 90_000 : 900);
            var end = at + random.Next(1, random.Next(20) == 0 ? 90_000 : 600);
            stretches.Add(Free(at, end, random.Next(2) == 0));
            at = end;
        }

        return stretches;
    }

    private static FreeInterval Free(double from, double to, bool goesOn = false) => new(Monday.AddMinutes(from), Monday.AddMinutes(to), goesOn);
}
