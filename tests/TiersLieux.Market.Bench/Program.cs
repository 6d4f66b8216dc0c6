using System.Globalization;
using System.Text.Json;
using TiersLieux.Market.Bench;
using TiersLieux.Market.Bench.Bookings;
using TiersLieux.Market.Bench.Quotes;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;

// ops/bench [quotes|bookings|pages] [--out FILE]: prints figures, writes them as JSON.
var output = Array.IndexOf(args, "--out") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
string[] known = ["quotes", "bookings", "pages"];
var wanted = args.Where(known.Contains).ToHashSet(StringComparer.Ordinal);
if (args.Any(a => !known.Contains(a) && a != "--out" && a != output))
{
    await Console.Error.WriteLineAsync("ops/bench [quotes|bookings|pages] [--out FICHIER.json]");
    return 2;
}

if (wanted.Count == 0) wanted = [.. known];
var results = new Dictionary<string, object>(StringComparer.Ordinal);
string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

if (wanted.Contains("quotes"))
{
    var figures = ScaleBench.Run(int.Parse(Environment.GetEnvironmentVariable("N") ?? "3500"), 300, int.Parse(Environment.GetEnvironmentVariable("C") ?? "40"));
    Console.WriteLine(figures);
}

if (wanted.Contains("bookings"))
{
    var measured = new List<BookingsFigures>();
    foreach (var provider in (MarketProvider[])[MarketProvider.Sqlite, MarketProvider.PostgreSql])
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        measured.Add(await BookingsBench.RunAsync(test.Database, 16, TimeSpan.FromSeconds(5)));
        var last = measured[^1];
        Console.WriteLine(Say($"bookings  {last.Provider}, {last.Clients} clients: {last.BookingsPerSecond:0} a second, bare inserts {last.BareInsertsPerSecond:0} a second, ratio {last.Ratio:0.00}"));
    }

    results["bookings"] = measured;
}

if (wanted.Contains("pages"))
{
    var pages = await PagesBench.RunAsync(30);
    results["pages"] = pages;
    foreach (var page in pages)
        Console.WriteLine(Say($"pages     {page.Path,-12} {page.HtmlBytes / 1024.0:0} KB, with what it loads {page.WithAssetsBytes / 1024.0:0} KB; median {page.MedianMs:0.0} ms, p95 {page.P95Ms:0.0} ms"));
}

if (output is not null) await File.WriteAllTextAsync(output, JsonSerializer.Serialize(results, new JsonSerializerOptions { WriteIndented = true }));
return 0;
