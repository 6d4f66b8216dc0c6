using System.Globalization;
using System.Text;

namespace TiersLieux.Market.Bench.Routing;

/// <summary>
/// Random flexible job shops in the text format <c>.fjs</c>, the same for the same seed: what the bench runs on when no folder of public instances is
/// given to it, and where the instances under Instances/ come from.
/// </summary>
internal static class InstanceGenerator
{
    /// <param name="flexibility">Machines of an operation at most; durations on them lie within a fifth of each other.</param>
    public static string Create(int jobs, int machines, int operations, int flexibility, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{jobs} {machines}\n"));
        for (var j = 0; j < jobs; j++)
        {
            var count = random.Next(Math.Max(1, operations - 2), operations + 3);
            text.Append(CultureInfo.InvariantCulture, $"{count}");
            for (var i = 0; i < count; i++)
            {
                var on = Enumerable.Range(1, machines).OrderBy(_ => random.Next()).Take(random.Next(1, flexibility + 1)).Order().ToList();
                var usual = random.Next(10, 90);
                text.Append(CultureInfo.InvariantCulture, $" {on.Count}");
                foreach (var machine in on) text.Append(CultureInfo.InvariantCulture, $" {machine} {usual * random.Next(90, 111) / 100}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
