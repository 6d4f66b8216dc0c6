using System.Globalization;

namespace TiersLieux.Market.Bench.Quotes;

internal sealed record QuotesFigures(IReadOnlyList<ScaleFigures> Scale, double GrowthOfP95, double GrowthOfP95Cpu, IReadOnlyList<Goal> Goals, DemoQuotesBench.Figures Demo);

/// <summary>
/// Quotes over networks of three sizes against the goals; then end to end over the demo network. Looking at every machine is slow, so agreement is
/// measured on fewer quotes the larger the network.
/// </summary>
internal static class QuotesBench
{
    private const int Quotes = 600;

    public static async Task<QuotesFigures> RunAsync(Action<string> say)
    {
        List<ScaleFigures> scale = [];
        foreach (var (machines, compared) in ((int, int)[])[(3_500, 300), (35_000, 100), (70_000, 30)])
        {
            var figures = ScaleBench.Run(machines, Quotes, compared);
            scale.Add(figures);
            say(Text($"quotes    {machines} machines: {figures.PerSecond:0} a second on 2 threads; median {figures.MedianMs:0.0} ms, p95 {figures.P95Ms:0.0} ms, p99 {figures.P99Ms:0.0} ms (processor time {figures.MedianCpuMs:0.0}, {figures.P95CpuMs:0.0}, {figures.P99CpuMs:0.0}); {figures.MedianCalendars} calendars looked at, p95 {figures.P95Calendars}; {figures.AllocatedKbPerQuote:0} KB allocated"));
            say(Text($"quotes      {figures.Agreement:P1} of {figures.Compared} as if every machine had been looked at; {figures.BytesPerCalendar:0} bytes a calendar of a year, {figures.BytesPerMachine:0} a machine with all the snapshot has; a change published in {figures.ChangeMs * 1000:0} µs; {figures.Refused} with a line nobody can make"));
        }

        var national = scale[1];
        var growth = scale[2].P95Ms / scale[0].P95Ms;
        List<Goal> goals =
        [
            Goal.AtMost("p95 over 35 000 machines, ms", 50, national.P95Ms),
            Goal.AtMost("p99 over 35 000 machines, ms", 100, national.P99Ms),
            Goal.AtLeast("quotes a second on 2 threads", 50, national.PerSecond),
            Goal.AtMost("p95 grows from 3 500 to 70 000 machines, times", 5, growth),
            Goal.AtLeast("same answer as looking at every machine, %", 99, 100 * scale.Sum(figures => figures.Agreement * figures.Compared) / scale.Sum(figures => figures.Compared)),
            Goal.AtMost("35 000 calendars of a year, MB", 200, 35_000 * national.BytesPerCalendar / 1e6),
        ];
        foreach (var goal in goals) say(goal.ToString());

        var demo = await DemoQuotesBench.RunAsync(TimeSpan.FromSeconds(10));
        say(Text($"quotes    demo network, end to end: {demo.PerSecond:0} a second on {demo.Workers} workers; median {demo.MedianMs:0.0} ms, p95 {demo.P95Ms:0.0} ms, p99 {demo.P99Ms:0.0} ms"));
        return new QuotesFigures(scale, growth, scale[2].P95CpuMs / scale[0].P95CpuMs, goals, demo);
    }

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
