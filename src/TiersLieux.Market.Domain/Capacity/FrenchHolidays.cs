using System.Collections.Concurrent;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>A public holiday and its name.</summary>
public sealed record Holiday(DateOnly Date, Text Name);

/// <summary>
/// The eleven public holidays of metropolitan France (Code du travail, L3133-1), computed.
/// Those of Alsace-Moselle and overseas are not included.
/// </summary>
public static class FrenchHolidays
{
    private static readonly ConcurrentDictionary<int, IReadOnlyList<Holiday>> Years = new();

    /// <summary>The holidays of a year, in order of date.</summary>
    public static IReadOnlyList<Holiday> Of(int year) => Years.GetOrAdd(year, Compute);

    public static bool IsHoliday(DateOnly date)
    {
        foreach (var holiday in Of(date.Year))
        {
            if (holiday.Date == date) return true;
        }

        return false;
    }

    /// <summary>Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var (month, day) = Math.DivRem(h + l - 7 * m + 114, 31);
        return new DateOnly(year, month, day + 1);
    }

    private static IReadOnlyList<Holiday> Compute(int year)
    {
        var easter = EasterSunday(year);
        Holiday[] holidays =
        [
            new(new DateOnly(year, 1, 1), new Text("Jour de l'An", "New Year's Day")),
            new(easter.AddDays(1), new Text("Lundi de Pâques", "Easter Monday")),
            new(new DateOnly(year, 5, 1), new Text("Fête du Travail", "Labour Day")),
            new(new DateOnly(year, 5, 8), new Text("Victoire 1945", "Victory in Europe Day")),
            new(easter.AddDays(39), new Text("Ascension", "Ascension Day")),
            new(easter.AddDays(50), new Text("Lundi de Pentecôte", "Whit Monday")),
            new(new DateOnly(year, 7, 14), new Text("Fête nationale", "Bastille Day")),
            new(new DateOnly(year, 8, 15), new Text("Assomption", "Assumption Day")),
            new(new DateOnly(year, 11, 1), new Text("Toussaint", "All Saints' Day")),
            new(new DateOnly(year, 11, 11), new Text("Armistice 1918", "Armistice Day")),
            new(new DateOnly(year, 12, 25), new Text("Noël", "Christmas Day")),
        ];
        return [.. holidays.OrderBy(holiday => holiday.Date)];
    }
}
