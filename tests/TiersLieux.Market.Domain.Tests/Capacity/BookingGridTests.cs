using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Capacity;

public sealed class BookingGridTests
{
    private static readonly DateTime Day = new(2026, 6, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly BookingLength Length = new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(4));
    private static readonly FreeInterval[] Free = [new(At(7, 5), At(10)), new(At(12), At(16))];

    [Theory]
    [InlineData(8, 0, 60, null)]
    [InlineData(12, 0, 240, null)]
    [InlineData(8, 0, 0, "slot-empty")]
    [InlineData(8, 5, 60, "slot-off-grid")]
    [InlineData(8, 0, 50, "slot-off-grid")]
    [InlineData(8, 0, 15, "slot-too-short")]
    [InlineData(12, 0, 255, "slot-too-long")]
    [InlineData(7, 0, 60, "slot-taken")]
    [InlineData(9, 30, 60, "slot-taken")]
    [InlineData(10, 0, 60, "slot-taken")]
    [InlineData(20, 0, 60, "slot-taken")]
    public void A_slot_is_checked(int hour, int minute, int minutes, string? code)
    {
        var start = At(hour, minute);
        Assert.Equal(code, BookingGrid.Check(new Interval(start, start.AddMinutes(minutes)), Length, Free)?.Code);
    }

    [Fact]
    public void Starts_are_on_the_grid_inside_free_time() =>
        Assert.Equal([At(7, 15), At(7, 30), At(7, 45), At(8), At(12), At(12, 15), At(12, 30), At(12, 45), At(13)],
            BookingGrid.Starts(Free, TimeSpan.FromHours(2)).Where(start => start <= At(13)));

    [Fact]
    public void A_refused_slot_has_nearest_alternatives()
    {
        var near = BookingGrid.Nearest(new Interval(At(10), At(11)), Free, Day, 3);
        Assert.Equal([At(9), At(8), At(12)], near.Select(slot => slot.Start));
        Assert.All(near, slot => Assert.Null(BookingGrid.Check(slot, Length, Free)));
        Assert.Equal([At(12), At(13)], BookingGrid.Nearest(new Interval(At(10), At(11)), Free, At(11), 2).Select(slot => slot.Start));
        Assert.Empty(BookingGrid.Nearest(new Interval(At(10), At(18)), Free, Day, 3));
    }

    private static DateTime At(int hour, int minute = 0) => Day.AddHours(hour).AddMinutes(minute);
}
