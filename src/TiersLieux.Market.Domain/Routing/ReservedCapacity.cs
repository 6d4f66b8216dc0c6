using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>A snapshot once a plan is carried out: for what is planned after it, before anything is held.</summary>
public static class ReservedCapacity
{
    /// <param name="attendance">People at the machine while an operation is worked on.</param>
    public static CapacitySnapshot Without(this CapacitySnapshot snapshot, IReadOnlyList<PlannedOperation> taken, Func<PlannedOperation, decimal> attendance)
    {
        var machines = taken.GroupBy(o => o.Machine)
            .Select(uses => snapshot.Machine(uses.Key)! with { Free = FreeCalendar.Of(FreeTime.Without(snapshot.Machine(uses.Key)!.Free, uses.Select(o => new Interval(o.Start, o.End)))) })
            .ToList();
        var workshops = taken.GroupBy(o => o.Workshop).Select(uses =>
        {
            var workshop = snapshot.Workshop(uses.Key);
            int[] minutes = [.. workshop.People.Minutes];
            var worked = uses.SelectMany(o => o.Segments.SelectMany(ParisTime.ByDate).Select(day => (day.Date, Minutes: (decimal)day.Time.Length.TotalMinutes * attendance(o))));
            foreach (var day in worked.GroupBy(part => part.Date.DayNumber - workshop.People.From.DayNumber).Where(day => day.Key >= 0 && day.Key < minutes.Length))
                minutes[day.Key] = Math.Max(0, minutes[day.Key] - (int)Math.Ceiling(day.Sum(part => part.Minutes)));
            return workshop with { People = new PeopleTime(workshop.People.From, minutes) };
        }).ToList();
        return snapshot.With(machines, workshops);
    }
}
