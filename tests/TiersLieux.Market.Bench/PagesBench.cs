using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace TiersLieux.Market.Bench;

/// <summary>What pages weigh over the wire, with all they load, and how long the server takes for one.</summary>
internal static partial class PagesBench
{
    public sealed record Figures(string Path, long HtmlBytes, long WithAssetsBytes, double MedianMs, double P95Ms);

    public static async Task<IReadOnlyList<Figures>> RunAsync(int rounds)
    {
        await using var market = await BenchMarket.StartAsync();
        // Not decompressed: the figure is what travels.
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = market.Address };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        using var plain = new HttpClient { BaseAddress = market.Address };
        var figures = new List<Figures>();
        foreach (var path in (string[])["/", "/catalogue", "/carte", "/connexion"])
        {
            var times = new List<double>();
            long html = 0;
            for (var round = 0; round < rounds + 3; round++)
            {
                var started = Stopwatch.GetTimestamp();
                html = (await http.GetByteArrayAsync(path)).LongLength;
                if (round >= 3) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            var assets = 0L;
            foreach (var asset in Assets().Matches(await plain.GetStringAsync(path)).Select(m => m.Groups[1].Value).Where(a => !a.StartsWith("http", StringComparison.Ordinal)).Distinct())
                assets += (await http.GetByteArrayAsync(asset)).LongLength;
            times.Sort();
            figures.Add(new Figures(path, html, html + assets, times[times.Count / 2], times[(int)(times.Count * 0.95)]));
        }

        return figures;
    }

    [GeneratedRegex("(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)=\"([^\"#]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Assets();
}
