using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Capacity;

public sealed class WeeklyHoursTests
{
    [Theory]
    [InlineData("mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00", "mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00")]
    [InlineData("  SA 10:00-17:00;TU,MO 9:00-12:00  ", "mo-tu 09:00-12:00; sa 10:00-17:00")]
    [InlineData("mo 09:00-12:00; mo 12:00-14:00", "mo 09:00-14:00")]
    [InlineData("sa-mo 08:00-24:00", "mo,sa-su 08:00-24:00")]
    [InlineData("mo-su 00:00-24:00", "mo-su 00:00-24:00")]
    [InlineData("mo,we,fr 09:00-12:00", "mo,we,fr 09:00-12:00")]
    [InlineData("closed", "closed")]
    [InlineData("", "closed")]
    public void Hours_are_read_and_written_in_one_way(string text, string canonical)
    {
        var hours = WeeklyHours.Parse(text);
        Assert.Equal(canonical, hours.ToString());
        Assert.Equal(hours, WeeklyHours.Parse(canonical));
        Assert.Equal(hours.GetHashCode(), WeeklyHours.Parse(canonical).GetHashCode());
    }

    [Theory]
    [InlineData("mo-fr", "mo-fr")]
    [InlineData("lu 09:00-12:00", "lu")]
    [InlineData("mo-tu-we 09:00-12:00", "mo-tu-we")]
    [InlineData("mo 12:00-09:00", "12:00-09:00")]
    [InlineData("mo 22:00-02:00", "22:00-02:00")]
    [InlineData("mo 09:00-25:00", "09:00-25:00")]
    [InlineData("mo 09:00-12:60", "09:00-12:60")]
    [InlineData("mo 24:00-24:00", "24:00-24:00")]
    [InlineData("mo 09:00-12:00 11:00-14:00", "11:00-14:00")]
    [InlineData("mo-fr 09:00-12:00; we 11:30-14:00", "we")]
    [InlineData("mo 09:00-12:00;", "\"\"")]
    public void What_is_no_hours_is_refused_and_named(string text, string named)
    {
        Assert.False(WeeklyHours.TryParse(text, out var hours, out var reason));
        Assert.Null(hours);
        Assert.Equal("hours-not-understood", reason.Code);
        Assert.Contains(named, reason.English);
        Assert.NotEqual(reason.French, reason.English);
        Assert.Throws<FormatException>(() => WeeklyHours.Parse(text));
    }

    [Fact]
    public void Opening_times_are_UTC_in_winter_and_in_summer()
    {
        var hours = WeeklyHours.Parse("mo-fr 09:00-12:30 13:30-18:00");
        Assert.Equal([Between("2026-01-05 08:00", "2026-01-05 11:30"), Between("2026-01-05 12:30", "2026-01-05 17:00")],
            hours.Open(new DateOnly(2026, 1, 3), new DateOnly(2026, 1, 6)));
        Assert.Equal([Between("2026-07-06 07:00", "2026-07-06 10:30"), Between("2026-07-06 11:30", "2026-07-06 16:00")],
            hours.Open(new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7)));
    }

    [Theory]
    [InlineData("2026-03-29", "su 00:00-24:00", "2026-03-28 23:00", "2026-03-29 22:00")]
    [InlineData("2026-10-25", "su 00:00-24:00", "2026-10-24 22:00", "2026-10-25 23:00")]
    [InlineData("2026-03-29", "su 01:00-04:00", "2026-03-29 00:00", "2026-03-29 02:00")]
    [InlineData("2026-10-25", "su 01:00-04:00", "2026-10-24 23:00", "2026-10-25 03:00")]
    [InlineData("2026-03-29", "su 01:30-02:30", "2026-03-29 00:30", "2026-03-29 01:00")]
    [InlineData("2026-03-29", "su 02:00-02:45 03:00-05:00", "2026-03-29 01:00", "2026-03-29 03:00")]
    [InlineData("2026-10-25", "su 02:00-03:00", "2026-10-25 00:00", "2026-10-25 02:00")]
    public void When_the_clocks_change_wall_times_hold(string date, string text, string start, string end)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal([Between(start, end)], WeeklyHours.Parse(text).Open(day, day.AddDays(1)));
    }

    [Fact]
    public void Days_that_meet_at_midnight_are_one_interval()
    {
        var all = Assert.Single(WeeklyHours.Always.Open(new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1)));
        Assert.Equal(TimeSpan.FromDays(365), all.Length);
        Assert.Equal(2, WeeklyHours.Parse("fr 20:00-24:00; sa 00:00-02:00").Open(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 11)).Count());
    }

    [Fact]
    public void Two_hours_intersect_range_by_range()
    {
        var place = WeeklyHours.Parse("mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00");
        var machine = WeeklyHours.Parse("mo-th 10:00-16:00; sa 08:00-10:00");
        Assert.Equal("mo-th 10:00-12:30 13:30-16:00", place.Intersect(machine).ToString());
        Assert.Equal(place.Intersect(machine), machine.Intersect(place));
        Assert.Equal(place, place.Intersect(WeeklyHours.Always));
        Assert.True(place.Intersect(WeeklyHours.Never).IsNever);
        Assert.Equal(TimeSpan.FromHours(20), place.Intersect(machine).PerWeek);
    }

    private static Interval Between(string start, string end) => new(Utc(start), Utc(end));

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
