using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>What work takes of a workshop's people, day by day.</summary>
public static class PeopleLoad
{
    /// <summary>Whole minutes per Paris date, in order, days without any left out. An operation's minutes are spread over the time it is worked on.</summary>
    /// <remarks>Rounded down: the planner counts exactly, and the sum of a day must not exceed what it found.</remarks>
    public static IReadOnlyList<(DateOnly Day, int Minutes)> PerDay(IEnumerable<(IReadOnlyList<Interval> Segments, int PeopleMinutes)> work)
    {
        var minutes = new SortedDictionary<DateOnly, decimal>();
        foreach (var (segments, people) in work.Where(each => each.PeopleMinutes > 0))
        {
            var worked = segments.Sum(segment => (decimal)segment.Length.TotalMinutes);
            foreach (var (day, time) in segments.SelectMany(ParisTime.ByDate)) minutes[day] = minutes.GetValueOrDefault(day) + people * (decimal)time.Length.TotalMinutes / worked;
        }

        return [.. minutes.Select(day => (day.Key, (int)Math.Floor(day.Value))).Where(day => day.Item2 > 0)];
    }
}
