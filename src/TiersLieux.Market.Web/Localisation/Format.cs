using System.Globalization;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Localisation;

/// <summary>
/// How numbers, money, dates and durations are written for people, in one language. Instants are UTC and shown in
/// Europe/Paris. Month and day names are written here, not taken from the machine, so every machine shows the same.
/// </summary>
public sealed class Format
{
    private const string NoBreak = "\u00A0";
    private const string Minus = "\u2212";

    private static readonly string[] FrenchDays = ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."];
    private static readonly string[] FrenchLongDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
    private static readonly string[] FrenchMonths = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    private static readonly string[] FrenchLongMonths = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private readonly bool _english;
    private readonly NumberFormatInfo _numbers;

    public Format(string language)
    {
        _english = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        _numbers = new NumberFormatInfo
        {
            NumberGroupSeparator = _english ? "," : "\u202F",
            NumberDecimalSeparator = _english ? "." : ",",
            NegativeSign = Minus,
        };
    }

    /// <summary><c>1 234,56 €</c>; English <c>€1,234.56</c>. Other currencies show their ISO code.</summary>
    public string Money(Money amount)
    {
        var number = Math.Abs(amount.Amount).ToString("N2", _numbers);
        var sign = amount.Cents < 0 ? Minus : "";
        return (string.Equals(amount.Currency, "EUR", StringComparison.Ordinal), _english) switch
        {
            (true, true) => $"{sign}€{number}",
            (true, false) => $"{sign}{number}{NoBreak}€",
            (false, true) => $"{sign}{amount.Currency}{NoBreak}{number}",
            (false, false) => $"{sign}{number}{NoBreak}{amount.Currency}",
        };
    }

    /// <summary>A number without trailing zeros, at most <paramref name="decimals"/> of them: <c>1 234,5</c>.</summary>
    public string Number(decimal value, int decimals = 2) =>
        value.ToString("#,0." + new string('#', decimals), _numbers);

    /// <summary>A quantity with its unit, never parted at the line's end: <c>12 pièces</c>, <c>0,5 m²</c>.</summary>
    public string Quantity(decimal value, string unit, int decimals = 2) => Number(value, decimals) + NoBreak + unit;

    /// <summary>A count with its noun in the right number; French takes the singular below two: <c>0 atelier</c>, <c>3 ateliers</c>.</summary>
    public string Count(long count, string one, string many) =>
        Number(count, 0) + NoBreak + ((_english ? count == 1 : count is > -2 and < 2) ? one : many);

    /// <summary>A share of one: 0.2 is <c>20 %</c>.</summary>
    public string Percent(decimal share, int decimals = 1) => Number(share * 100m, decimals) + (_english ? "%" : NoBreak + "%");

    /// <summary>Kilometres: a decimal below ten, none above.</summary>
    public string Kilometres(decimal km) => Number(Math.Round(km, km < 10m ? 1 : 0, MidpointRounding.AwayFromZero), 1) + NoBreak + "km";

    /// <summary>Mass: grams below one kilogram, tonnes from a thousand.</summary>
    public string Mass(decimal kilograms) => Math.Abs(kilograms) switch
    {
        0m => "0" + NoBreak + "kg",
        < 1m => Number(kilograms * 1000m, 0) + NoBreak + "g",
        < 1000m => Number(kilograms, kilograms < 10m ? 2 : 1) + NoBreak + "kg",
        _ => Number(kilograms / 1000m, 2) + NoBreak + "t",
    };

    /// <summary>Length in words: <c>45 min</c>, <c>2 h 30</c>, <c>3 j 4 h</c>; seconds round up to a minute.</summary>
    public string Duration(TimeSpan length)
    {
        var minutes = (long)Math.Ceiling(Math.Abs(length.TotalMinutes));
        var sign = length < TimeSpan.Zero ? Minus : "";
        var (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        var text = (days, hours, rest) switch
        {
            (0, 0, _) => $"{rest}{NoBreak}min",
            (0, _, 0) => $"{hours}{NoBreak}h",
            (0, _, _) => $"{hours}{NoBreak}h{NoBreak}{rest:00}",
            (_, 0, _) => $"{days}{NoBreak}{Days(days)}",
            _ => $"{days}{NoBreak}{Days(days)} {hours}{NoBreak}h",
        };
        return sign + text;

        string Days(long count) => _english ? count == 1 ? "day" : "days" : "j";
    }

    /// <summary><c>mar. 24 nov. 2026</c>.</summary>
    public string Date(DateOnly date) => _english
        ? date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
        : $"{FrenchDays[(int)date.DayOfWeek]} {DayOfMonth(date)} {FrenchMonths[date.Month - 1]} {date.Year}";

    /// <summary>For axes and tight places: <c>24 nov.</c>.</summary>
    public string ShortDate(DateOnly date) => _english
        ? date.ToString("d MMM", CultureInfo.InvariantCulture)
        : $"{DayOfMonth(date)} {FrenchMonths[date.Month - 1]}";

    /// <summary>With full names, for titles and documents: <c>mardi 24 novembre 2026</c>.</summary>
    public string LongDate(DateOnly date) => _english
        ? date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)
        : $"{FrenchLongDays[(int)date.DayOfWeek]} {DayOfMonth(date)} {FrenchLongMonths[date.Month - 1]} {date.Year}";

    /// <summary><c>novembre 2026</c>.</summary>
    public string Month(DateOnly date) => _english
        ? date.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : $"{FrenchLongMonths[date.Month - 1]} {date.Year}";

    /// <summary>Name of the day of the week, short: <c>mar.</c>.</summary>
    public string Weekday(DateOnly date) => _english
        ? date.ToString("ddd", CultureInfo.InvariantCulture)
        : FrenchDays[(int)date.DayOfWeek];

    /// <summary>Wall time: <c>14 h 30</c>, <c>9 h</c>; English <c>14:30</c>.</summary>
    public string Time(TimeOnly time) => _english
        ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
        : time.Minute == 0 ? $"{time.Hour}{NoBreak}h" : $"{time.Hour}{NoBreak}h{NoBreak}{time.Minute:00}";

    /// <summary>Wall time in Paris of a UTC instant.</summary>
    public string Time(DateTime utc) => Time(TimeOnly.FromDateTime(ParisTime.ToLocal(utc)));

    /// <summary>Date in Paris of a UTC instant.</summary>
    public string Date(DateTime utc) => Date(ParisTime.DateOf(utc));

    /// <summary><c>mar. 24 nov. 2026, 14 h 30</c>.</summary>
    public string DateTime(DateTime utc) => $"{Date(utc)}, {Time(utc)}";

    /// <summary><c>mar. 24 nov. 2026, 9 h – 11 h 30</c>; both dates when they differ.</summary>
    public string Interval(Interval interval) =>
        ParisTime.DateOf(interval.Start) == ParisTime.DateOf(interval.End)
            ? $"{DateTime(interval.Start)} – {Time(interval.End)}"
            : $"{DateTime(interval.Start)} – {DateTime(interval.End)}";

    /// <summary>A day seen from today: <c>aujourd'hui</c>, <c>demain</c>, <c>dans 3 jours</c>, <c>il y a 2 jours</c>; further than six days, the date.</summary>
    public string RelativeDay(DateOnly date, DateOnly today) => (date.DayNumber - today.DayNumber, _english) switch
    {
        (0, false) => "aujourd\u2019hui",
        (1, false) => "demain",
        (-1, false) => "hier",
        ( > 1 and < 7 and var n, false) => $"dans {n}{NoBreak}jours",
        ( < -1 and > -7 and var n, false) => $"il y a {-n}{NoBreak}jours",
        (0, true) => "today",
        (1, true) => "tomorrow",
        (-1, true) => "yesterday",
        ( > 1 and < 7 and var n, true) => $"in {n}{NoBreak}days",
        ( < -1 and > -7 and var n, true) => $"{-n}{NoBreak}days ago",
        _ => Date(date),
    };

    private static string DayOfMonth(DateOnly date) => date.Day == 1 ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
}
