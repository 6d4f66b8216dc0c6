using System.Globalization;

namespace TiersLieux.Market.Bench.Quotes;

/// <summary>Processor time of the calling thread, which other programs on the machine do not lengthen. Linux.</summary>
internal static class ThreadTime
{
    /// <summary>Milliseconds.</summary>
    public static double Now() =>
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6;
}
