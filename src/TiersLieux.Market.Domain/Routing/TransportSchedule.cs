using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>
/// When goods arrive. A round leaves every working day (Monday to Friday, no holiday) at <paramref name="Departure"/> Paris time;
/// what is ready later leaves on the next one. It arrives on a later working day at <paramref name="Arrival"/>:
/// the next one for each started <paramref name="KmPerDay"/>. Within one place goods are there at once.
/// </summary>
public sealed record TransportSchedule(TimeOnly Departure, TimeOnly Arrival, decimal KmPerDay)
{
    public static TransportSchedule Default { get; } = new(new TimeOnly(16, 0), new TimeOnly(8, 0), 300m);

    /// <summary>When goods that are ready at an instant leave and arrive, UTC.</summary>
    public (DateTime Departs, DateTime Arrives) Carry(DateTime ready, decimal km)
    {
        var date = ParisTime.DateOf(ready);
        if (!IsWorkingDay(date) || ParisTime.ToUtc(date, Departure) < ready) date = NextWorkingDay(date);
        var departs = ParisTime.ToUtc(date, Departure);
        for (var days = Math.Max(1, (int)Math.Ceiling(km / KmPerDay)); days > 0; days--) date = NextWorkingDay(date);
        return (departs, ParisTime.ToUtc(date, Arrival));
    }

    public static bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !FrenchHolidays.IsHoliday(date);

    private static DateOnly NextWorkingDay(DateOnly date)
    {
        do date = date.AddDays(1);
        while (!IsWorkingDay(date));
        return date;
    }
}
