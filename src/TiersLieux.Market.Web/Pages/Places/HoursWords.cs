using System.Globalization;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Pages.Places;

/// <summary>Weekly hours in words: « lun.-ven. 9 h – 12 h 30, 13 h 30 – 18 h ».</summary>
internal static class HoursWords
{
    private static readonly string[] Codes = ["mo", "tu", "we", "th", "fr", "sa", "su"];
    private static readonly string[] French = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
    private static readonly string[] English = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static IEnumerable<string> Of(WeeklyHours hours, Lang lang)
    {
        if (hours.IsNever) return [lang.T("fermé", "closed")];
        return hours.ToString().Split(';', StringSplitOptions.TrimEntries).Select(rule =>
        {
            var words = rule.Split(' ');
            return $"{Days(words[0], lang)} {string.Join(", ", words.Skip(1).Select(range => Range(range, lang)))}";
        });
    }

    private static string Days(string text, Lang lang)
    {
        if (text == "mo-su") return lang.T("tous les jours", "every day");
        var names = lang.English ? English : French;
        for (var i = 0; i < Codes.Length; i++) text = text.Replace(Codes[i], names[i], StringComparison.Ordinal);
        return text.Replace(",", ", ", StringComparison.Ordinal).Replace("-", " – ", StringComparison.Ordinal);
    }

    private static string Range(string range, Lang lang)
    {
        if (range == "00:00-24:00") return lang.T("24 h sur 24", "around the clock");
        var ends = range.Split('-');
        return $"{Time(ends[0], lang)} – {Time(ends[1], lang)}";
    }

    private static string Time(string text, Lang lang) => text == "24:00"
        ? lang.T("minuit", "midnight")
        : lang.Format.Time(TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture));
}
