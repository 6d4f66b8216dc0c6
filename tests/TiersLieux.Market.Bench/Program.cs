using System.Globalization;
using System.Text.Json;
using TiersLieux.Market.Bench;
using TiersLieux.Market.Bench.Bookings;
using TiersLieux.Market.Bench.Orders;
using TiersLieux.Market.Bench.Quotes;
using TiersLieux.Market.Bench.Routing;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;

// ops/bench [quotes|orders|bookings|pages|routing] [--out FILE]: prints figures, writes them as JSON.
// Of routing: --instances DIR public instances, --seeds N, --orders N small orders against CP-SAT, --sets NAME,… only these, --no-peer without CP-SAT.
string[] known = ["quotes", "orders", "bookings", "pages", "routing"];
string[] withValue = ["--out", "--instances", "--seeds", "--orders", "--sets"];
var options = new Dictionary<string, string>(StringComparer.Ordinal);
var wanted = new HashSet<string>(StringComparer.Ordinal);
var valid = true;
for (var i = 0; i < args.Length; i++)
{
    if (known.Contains(args[i])) wanted.Add(args[i]);
    else if (args[i] == "--no-peer") options[args[i]] = "";
    else if (withValue.Contains(args[i]) && i + 1 < args.Length) options[args[i]] = args[++i];
    else valid = false;
}

var seeds = int.TryParse(options.GetValueOrDefault("--seeds", "5"), CultureInfo.InvariantCulture, out var s) && s > 0 ? s : 0;
var orders = int.TryParse(options.GetValueOrDefault("--orders", "200"), CultureInfo.InvariantCulture, out var o) && o >= 0 ? o : -1;
var instances = options.GetValueOrDefault("--instances");
if (!valid || seeds == 0 || orders < 0 || (instances is not null && !Directory.Exists(instances)))
{
    await Console.Error.WriteLineAsync("ops/bench [quotes|orders|bookings|pages|routing] [--out FICHIER.json] [--instances DOSSIER] [--seeds N] [--orders N] [--sets NOM,…] [--no-peer]");
    return 2;
}

var output = options.GetValueOrDefault("--out");

if (wanted.Count == 0) wanted = [.. known];
var results = new Dictionary<string, object>(StringComparer.Ordinal);
string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

if (wanted.Contains("quotes")) results["quotes"] = await QuotesBench.RunAsync(Console.WriteLine);

if (wanted.Contains("orders")) results["orders"] = OrdersBench.Run(Console.WriteLine);

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

if (wanted.Contains("routing"))
{
    var only = options.GetValueOrDefault("--sets", "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    results["routing"] = await RoutingBench.RunAsync(new RoutingBench.Options(instances, seeds, orders, !options.ContainsKey("--no-peer"), only), line => Console.WriteLine(Say(line)));
}

if (output is not null) await File.WriteAllTextAsync(output, JsonSerializer.Serialize(results, new JsonSerializerOptions { WriteIndented = true }));
return 0;
