using TiersLieux.Market.Domain.Capacity;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Capacity;

public sealed class FrenchHolidaysTests
{
    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2285, "2285-03-22")]
    public void Easter_falls_where_the_tables_say(int year, string date) =>
        Assert.Equal(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), FrenchHolidays.EasterSunday(year));

    [Fact]
    public void The_year_2026_has_its_eleven_holidays() => Assert.Equal(
        ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"],
        FrenchHolidays.Of(2026).Select(holiday => holiday.Date.ToString("yyyy-MM-dd")));

    [Fact]
    public void A_working_day_is_no_holiday()
    {
        Assert.True(FrenchHolidays.IsHoliday(new DateOnly(2026, 5, 25)));
        Assert.False(FrenchHolidays.IsHoliday(new DateOnly(2026, 5, 26)));
    }
}
