using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing;

public sealed class TransportScheduleTests
{
    /// <summary>Month and day in 2026, hours and minutes in Paris.</summary>
    [Theory]
    [InlineData(3, 2, 9, 0, 50, 3, 2, 3, 3)] // Monday morning: today's round.
    [InlineData(3, 2, 16, 0, 50, 3, 2, 3, 3)] // Just in time.
    [InlineData(3, 2, 16, 1, 50, 3, 3, 3, 4)] // Missed it.
    [InlineData(3, 6, 9, 0, 50, 3, 6, 3, 9)] // Friday: over the weekend.
    [InlineData(3, 7, 9, 0, 50, 3, 9, 3, 10)] // Saturday: leaves on Monday.
    [InlineData(3, 2, 9, 0, 300, 3, 2, 3, 3)]
    [InlineData(3, 2, 9, 0, 300.1, 3, 2, 3, 4)] // A second day on the road.
    [InlineData(4, 30, 17, 0, 50, 5, 4, 5, 5)] // 1 May is a Friday.
    [InlineData(5, 7, 9, 0, 50, 5, 7, 5, 11)] // 8 May too.
    [InlineData(3, 27, 9, 0, 50, 3, 27, 3, 30)] // The clocks change on Sunday 29 March.
    public void Rounds_leave_at_16_and_arrive_at_8_on_working_days(
        int month, int day, int hour, int minute, double km, int leavesMonth, int leavesDay, int arrivesMonth, int arrivesDay)
    {
        var (departs, arrives) = TransportSchedule.Default.Carry(At(month, day, hour, minute), (decimal)km);
        Assert.Equal((At(leavesMonth, leavesDay, 16), At(arrivesMonth, arrivesDay, 8)), (departs, arrives));
    }

    private static DateTime At(int month, int day, int hour, int minute = 0) => ParisTime.ToUtc(new DateOnly(2026, month, day), new TimeOnly(hour, minute));
}
