using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>
/// Hours that repeat every week, as wall time in Europe/Paris. Written <c>mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00</c>:
/// days mo tu we th fr sa su, with ranges and lists; <c>24:00</c> may end a range; <c>closed</c> means never open.
/// Two values with the same hours are equal, however they were written.
/// </summary>
public sealed class WeeklyHours : IEquatable<WeeklyHours>
{
    private const int MinutesPerDay = 24 * 60;
    private static readonly string[] DayNames = ["mo", "tu", "we", "th", "fr", "sa", "su"];

    /// <summary>Per day from Monday: open ranges in minutes after midnight, sorted, neither touching nor overlapping.</summary>
    private readonly (int Start, int End)[][] _days;
    private readonly string _text;

    private WeeklyHours((int Start, int End)[][] days)
    {
        _days = days;
        _text = Write(days);
    }

    public static WeeklyHours Always { get; } = Parse("mo-su 00:00-24:00");

    public static WeeklyHours Never { get; } = Parse("closed");

    public bool IsNever => _days.All(day => day.Length == 0);

    /// <summary>Opening time of an ordinary week.</summary>
    public TimeSpan PerWeek => TimeSpan.FromMinutes(_days.Sum(day => day.Sum(range => range.End - range.Start)));

    /// <exception cref="FormatException">The text is no weekly hours; the message says why. For text from people use <see cref="TryParse"/>.</exception>
    public static WeeklyHours Parse(string text) =>
        TryParse(text, out var hours, out var reason) ? hours : throw new FormatException(reason.English);

    public static bool TryParse(string? text, [NotNullWhen(true)] out WeeklyHours? hours, [NotNullWhen(false)] out Reason? reason)
    {
        hours = null;
        var days = new List<(int Start, int End)>[7];
        for (var day = 0; day < 7; day++) days[day] = [];

        var trimmed = (text ?? "").Trim();
        if (trimmed.Length > 0 && !trimmed.Equals("closed", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var rule in trimmed.Split(';', StringSplitOptions.TrimEntries))
            {
                if (!TryReadRule(rule, days, out reason)) return false;
            }
        }

        var sorted = new (int Start, int End)[7][];
        for (var day = 0; day < 7; day++)
        {
            days[day].Sort();
            for (var i = 1; i < days[day].Count; i++)
            {
                if (days[day][i].Start >= days[day][i - 1].End) continue;
                var (first, second) = (Range(days[day][i - 1]), Range(days[day][i]));
                reason = Refuse($"Deux plages se chevauchent le même jour ({DayNames[day]} : {first} et {second}). N'en gardez qu'une.",
                    $"Two ranges overlap on one day ({DayNames[day]}: {first} and {second}). Keep one of them.");
                return false;
            }

            sorted[day] = Merge(days[day]);
        }

        hours = new WeeklyHours(sorted);
        reason = null;
        return true;
    }

    /// <summary>
    /// When it is open from the first date up to, and without, the second: UTC, sorted, disjoint; ranges that meet at midnight are joined.
    /// Across a change of the clocks a range keeps its wall times, so it is an hour shorter or longer.
    /// </summary>
    public IEnumerable<Interval> Open(DateOnly from, DateOnly to)
    {
        Interval? pending = null;
        var midnight = ParisTime.ToUtc(from, TimeOnly.MinValue);
        for (var date = from; date < to; date = date.AddDays(1))
        {
            var next = ParisTime.ToUtc(date.AddDays(1), TimeOnly.MinValue);
            var ordinary = next - midnight == TimeSpan.FromDays(1);
            foreach (var (start, end) in _days[Index(date.DayOfWeek)])
            {
                var interval = ordinary
                    ? new Interval(midnight.AddMinutes(start), midnight.AddMinutes(end))
                    : new Interval(Instant(date, start), Instant(date, end));
                if (interval.IsEmpty) continue;
                if (pending is { } before && before.End >= interval.Start)
                {
                    pending = new Interval(before.Start, interval.End);
                    continue;
                }

                if (pending is { } done) yield return done;
                pending = interval;
            }

            midnight = next;
        }

        if (pending is { } last) yield return last;
    }

    /// <summary>Open when both are.</summary>
    public WeeklyHours Intersect(WeeklyHours other)
    {
        var days = new (int Start, int End)[7][];
        for (var day = 0; day < 7; day++)
        {
            var common = new List<(int Start, int End)>();
            foreach (var a in _days[day])
            {
                foreach (var b in other._days[day])
                {
                    var (start, end) = (Math.Max(a.Start, b.Start), Math.Min(a.End, b.End));
                    if (start < end) common.Add((start, end));
                }
            }

            days[day] = [.. common];
        }

        return new WeeklyHours(days);
    }

    /// <summary>The one way to write these hours; <see cref="TryParse"/> reads it back.</summary>
    public override string ToString() => _text;

    public bool Equals(WeeklyHours? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as WeeklyHours);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    private static int Index(DayOfWeek day) => ((int)day + 6) % 7;

    private static DateTime Instant(DateOnly date, int minutes)
    {
        if (minutes == MinutesPerDay) return ParisTime.ToUtc(date.AddDays(1), TimeOnly.MinValue);
        var time = TimeOnly.MinValue.AddMinutes(minutes);
        // A range that begins or ends in the hour skipped in spring does so when the clock jumps.
        if (ParisTime.Zone.IsInvalidTime(date.ToDateTime(time))) time = new TimeOnly(time.Hour + 1, 0);
        return ParisTime.ToUtc(date, time);
    }

    private static bool TryReadRule(string rule, List<(int Start, int End)>[] days, [NotNullWhen(false)] out Reason? reason)
    {
        var words = rule.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            reason = Refuse($"« {rule} » n'est pas complet. Écrivez des jours puis des heures, par exemple mo-fr 09:00-12:30.",
                $"\"{rule}\" is not complete. Write days, then hours, for instance mo-fr 09:00-12:30.");
            return false;
        }

        if (!TryReadDays(words[0], out var chosen))
        {
            reason = Refuse($"« {words[0]} » n'est pas une liste de jours. Les jours sont mo tu we th fr sa su, par exemple mo-fr ou tu,th.",
                $"\"{words[0]}\" is no list of days. Days are mo tu we th fr sa su, for instance mo-fr or tu,th.");
            return false;
        }

        foreach (var word in words.AsSpan(1))
        {
            if (!TryReadRange(word, out var range))
            {
                reason = Refuse($"« {word} » n'est pas une plage d'heures. Écrivez début-fin, par exemple 09:00-12:30 ; pour passer minuit, écrivez 22:00-24:00 puis 00:00-02:00 le lendemain.",
                    $"\"{word}\" is no range of hours. Write start-end, for instance 09:00-12:30; to pass midnight write 22:00-24:00 and 00:00-02:00 on the next day.");
                return false;
            }

            for (var day = 0; day < 7; day++)
            {
                if (chosen[day]) days[day].Add(range);
            }
        }

        reason = null;
        return true;
    }

    private static bool TryReadDays(string word, out bool[] chosen)
    {
        chosen = new bool[7];
        foreach (var part in word.ToLowerInvariant().Split(','))
        {
            var ends = part.Split('-');
            var first = Array.IndexOf(DayNames, ends[0]);
            var last = Array.IndexOf(DayNames, ends[^1]);
            if (ends.Length > 2 || first < 0 || last < 0) return false;
            for (var day = first; ; day = (day + 1) % 7)
            {
                chosen[day] = true;
                if (day == last) break;
            }
        }

        return true;
    }

    private static bool TryReadRange(string word, out (int Start, int End) range)
    {
        range = default;
        var ends = word.Split('-');
        if (ends.Length != 2 || !TryReadTime(ends[0], out var start) || !TryReadTime(ends[1], out var end)) return false;
        range = (start, end);
        return start < end;
    }

    private static bool TryReadTime(string word, out int minutes)
    {
        minutes = MinutesPerDay;
        if (word.Equals("24:00", StringComparison.Ordinal)) return true;
        if (!TimeOnly.TryParseExact(word, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return false;
        minutes = time.Hour * 60 + time.Minute;
        return true;
    }

    private static (int Start, int End)[] Merge(List<(int Start, int End)> sorted)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var range in sorted)
        {
            if (merged.Count > 0 && merged[^1].End == range.Start) merged[^1] = (merged[^1].Start, range.End);
            else merged.Add(range);
        }

        return [.. merged];
    }

    private static string Write((int Start, int End)[][] days)
    {
        var rules = new StringBuilder();
        var written = new bool[7];
        for (var day = 0; day < 7; day++)
        {
            if (written[day] || days[day].Length == 0) continue;
            var same = Enumerable.Range(0, 7).Where(other => days[other].AsSpan().SequenceEqual(days[day])).ToArray();
            foreach (var other in same) written[other] = true;
            if (rules.Length > 0) rules.Append("; ");
            rules.Append(WriteDays(same));
            foreach (var range in days[day]) rules.Append(' ').Append(Range(range));
        }

        return rules.Length == 0 ? "closed" : rules.ToString();
    }

    private static string WriteDays(int[] days)
    {
        var runs = new List<string>();
        for (var i = 0; i < days.Length; i++)
        {
            var first = days[i];
            while (i + 1 < days.Length && days[i + 1] == days[i] + 1) i++;
            runs.Add(first == days[i] ? DayNames[first] : $"{DayNames[first]}-{DayNames[days[i]]}");
        }

        return string.Join(',', runs);
    }

    private static string Range((int Start, int End) range) => $"{Clock(range.Start)}-{Clock(range.End)}";

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static Reason Refuse(string french, string english) => new("hours-not-understood", french, english) { Field = "hours" };
}
