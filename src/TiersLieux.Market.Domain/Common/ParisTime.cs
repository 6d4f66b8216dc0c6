namespace TiersLieux.Market.Domain.Common;

/// <summary>Instants are UTC; business dates and opening hours are those of Europe/Paris.</summary>
public static class ParisTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Wall time in Paris of a UTC instant (kind Unspecified).</summary>
    public static DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    public static DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>
    /// The UTC instant of a wall time in Paris. A time skipped in spring means the instant the clock jumped to;
    /// a time that happens twice in autumn means the first.
    /// </summary>
    public static DateTime ToUtc(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (Zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>A stretch of time cut at Paris midnights.</summary>
    public static IEnumerable<(DateOnly Date, Interval Time)> ByDate(Interval time)
    {
        for (var start = time.Start; start < time.End;)
        {
            var date = DateOf(start);
            var midnight = ToUtc(date.AddDays(1), TimeOnly.MinValue);
            var end = midnight < time.End ? midnight : time.End;
            yield return (date, new Interval(start, end));
            start = end;
        }
    }

    /// <summary>Cuts to whole microseconds, what both databases keep; everything hashed or stored passes here.</summary>
    public static DateTime ToMicroseconds(DateTime utc) => new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    public static DateTime UtcNow(this TimeProvider clock) => ToMicroseconds(clock.GetUtcNow().UtcDateTime);
}
