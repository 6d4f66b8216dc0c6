using TiersLieux.Market.Domain.Capacity;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>Attended work that a workshop can promise on a date.</summary>
internal static class PeopleCalendar
{
    public static int MinutesOn(Workshop workshop, DateOnly date) =>
        FrenchHolidays.IsHoliday(date) || !workshop.Hours.Open(date, date.AddDays(1)).Any() ? 0 : workshop.PeopleMinutesPerDay;
}
