using TiersLieux.Market.Domain.Capacity;
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

    /// <summary>The first round that leaves on a day or later.</summary>
    private readonly int[] _roundFrom;

    public PlanningClock(DateTime now, TransportSchedule schedule)
    {
        _firstDate = ParisTime.DateOf(now);
        _origin = ParisTime.ToUtc(_firstDate, TimeOnly.MinValue);
        _kmPerDay = schedule.KmPerDay;
        Origin = FreeCalendar.Floor(_origin);
        Now = Ceiling(now);
        End = Floor(now + RoutingLimits.Horizon);

        var days = (int)RoutingLimits.Horizon.TotalDays + 3;
        _dayStarts = [.. Enumerable.Range(0, days + DaysOfTransport).Select(day => Ceiling(ParisTime.ToUtc(_firstDate.AddDays(day), TimeOnly.MinValue)))];
        Days = days - 1;
        _rounds = [.. Enumerable.Range(0, days + DaysOfTransport)
            .Where(day => TransportSchedule.IsWorkingDay(_firstDate.AddDays(day)))
            .Select(day => (Ceiling(ParisTime.ToUtc(_firstDate.AddDays(day), schedule.Departure)), Ceiling(ParisTime.ToUtc(_firstDate.AddDays(day), schedule.Arrival))))];
        _roundFrom = new int[_dayStarts.Length];
        for (var day = 0; day < _roundFrom.Length; day++)
        {
            var round = day == 0 ? 0 : _roundFrom[day - 1];
            while (round < _rounds.Length - 1 && _rounds[round].Departs < _dayStarts[day]) round++;
            _roundFrom[day] = round;
        }
    }

    /// <summary>Minute 0 in the epoch of <see cref="FreeCalendar"/>.</summary>
    public int Origin { get; }

    public int Now { get; }

    /// <summary>Nothing is planned to end later.</summary>
    public int End { get; }

    public int Days { get; }

    public DateTime At(int minute) => _origin.AddMinutes(minute);

    public DateOnly DateOf(int minute) => ParisTime.DateOf(At(minute));

    public DateOnly Date(int day) => _firstDate.AddDays(day);

    public int DayStart(int day) => _dayStarts[day];

    public int DayStart(DateOnly date) => Ceiling(ParisTime.ToUtc(date, TimeOnly.MinValue));

    /// <summary>The last minute of a date.</summary>
    public int EndOf(DateOnly date) => DayStart(date.AddDays(1)) - 1;

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

    /// <param name="km">In tenths.</param>
    public int DaysOnTheRoad(int km) => Math.Max(1, (int)Math.Ceiling(km / 10m / _kmPerDay));

    /// <summary>When the round leaves that takes goods ready at a minute.</summary>
    public int Departure(int ready) => _rounds[Round(ready)].Departs;

    private int Round(int ready)
    {
        var round = _roundFrom[Math.Clamp(ready / (24 * 60) - 1, 0, _roundFrom.Length - 1)];
        while (round < _rounds.Length - 1 && _rounds[round].Departs < ready) round++;
        return round;
    }

    private static int Clamp(long ticks) => (int)Math.Clamp(Math.DivRem(ticks, TimeSpan.TicksPerMinute).Quotient, -1, int.MaxValue / 4);
}
