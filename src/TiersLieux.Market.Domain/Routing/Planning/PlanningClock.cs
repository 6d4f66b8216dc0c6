using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Time as the planner counts it: whole minutes after midnight (Paris) of the day of the request.</summary>
internal sealed class PlanningClock
{
    /// <summary>Rounds are known this long after the last production, enough to cross the country.</summary>
    private const int DaysOfTransport = 60;

    private readonly DateTime _origin;
    private readonly DateOnly _firstDate;
    private readonly int[] _dayStarts;
    private readonly (int Departs, int Arrives)[] _rounds;
    private readonly decimal _kmPerDay;

    public PlanningClock(DateTime now, TransportSchedule schedule)
    {
        _firstDate = ParisTime.DateOf(now);
        _origin = ParisTime.ToUtc(_firstDate, TimeOnly.MinValue);
        _kmPerDay = schedule.KmPerDay;
        Now = Ceiling(now);
        End = Floor(now + RoutingLimits.Horizon);

        var days = (int)RoutingLimits.Horizon.TotalDays + 3;
        _dayStarts = [.. Enumerable.Range(0, days).Select(day => Ceiling(ParisTime.ToUtc(_firstDate.AddDays(day), TimeOnly.MinValue)))];
        _rounds = [.. Enumerable.Range(0, days + DaysOfTransport)
            .Select(_firstDate.AddDays)
            .Where(TransportSchedule.IsWorkingDay)
            .Select(date => (Ceiling(ParisTime.ToUtc(date, schedule.Departure)), Ceiling(ParisTime.ToUtc(date, schedule.Arrival))))];
    }

    public int Now { get; }

    /// <summary>Nothing is planned to end later.</summary>
    public int End { get; }

    public int Days => _dayStarts.Length - 1;

    public DateTime At(int minute) => _origin.AddMinutes(minute);

    public DateOnly DateOf(int minute) => ParisTime.DateOf(At(minute));

    public DateOnly Date(int day) => _firstDate.AddDays(day);

    public int DayStart(int day) => _dayStarts[day];

    /// <summary>The day a minute lies in; days of 23 and 25 hours included.</summary>
    public int DayOf(int minute)
    {
        var day = Math.Min(minute / (24 * 60), Days - 1);
        while (day > 0 && _dayStarts[day] > minute) day--;
        while (day < Days - 1 && _dayStarts[day + 1] <= minute) day++;
        return day;
    }

    public int Ceiling(DateTime instant) => Clamp((instant - _origin).Ticks + TimeSpan.TicksPerMinute - 1);

    public int Floor(DateTime instant) => Clamp((instant - _origin).Ticks);

    /// <summary>When goods ready at a minute arrive; <see cref="int.MaxValue"/> when that is past every known round.</summary>
    public int Arrival(int ready, int daysOnTheRoad)
    {
        var index = Round(ready) + daysOnTheRoad;
        return index < _rounds.Length ? _rounds[index].Arrives : int.MaxValue;
    }

    public int DaysOnTheRoad(decimal km) => Math.Max(1, (int)Math.Ceiling(km / _kmPerDay));

    /// <summary>When the round leaves that takes goods ready at a minute.</summary>
    public int Departure(int ready) => _rounds[Round(ready)].Departs;

    private int Round(int ready)
    {
        var (low, high) = (0, _rounds.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rounds[middle].Departs < ready) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int Clamp(long ticks) => (int)Math.Clamp(Math.DivRem(ticks, TimeSpan.TicksPerMinute).Quotient, -1, int.MaxValue / 4);
}
