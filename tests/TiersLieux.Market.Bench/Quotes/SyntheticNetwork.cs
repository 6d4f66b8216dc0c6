using System.Collections.Frozen;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Bench.Quotes;

/// <summary>
/// Workshops of about five machines over France, around its towns and in between, the same for the same seed: what they can do, what they cost,
/// and a year of bookings, about five a week on each machine.
/// </summary>
internal sealed class SyntheticNetwork
{
    /// <summary>Towns with their weight; the rest lies anywhere.</summary>
    private static readonly (double Latitude, double Longitude, int Weight)[] Towns =
    [
        (48.86, 2.35, 22), (45.76, 4.84, 8), (43.30, 5.37, 8), (50.63, 3.06, 7), (43.60, 1.44, 6), (44.84, -0.58, 6), (47.22, -1.55, 5), (43.70, 7.27, 4),
        (48.58, 7.75, 4), (48.11, -1.68, 4), (45.19, 5.72, 3), (49.44, 1.10, 3), (43.61, 3.88, 3), (45.44, 4.39, 2), (47.32, 5.04, 2), (49.26, 4.03, 2),
        (47.39, 0.69, 2), (48.69, 6.18, 2), (49.89, 2.30, 2), (48.39, -4.49, 2), (45.78, 3.08, 2), (47.90, 1.90, 2), (46.58, 0.34, 1), (42.70, 2.90, 1),
    ];

    /// <summary>Share of machines, euros an hour, and materials that such machines may work.</summary>
    private static readonly (string Process, double Share, double Rate, string[] Materials)[] Processes =
    [
        ("print", 0.40, 3, ["pla", "abs", "petg", "nylon"]), ("cnc", 0.21, 22, ["plywood", "oak", "aluminium"]), ("laser", 0.11, 18, ["plywood", "acrylic", "felt"]),
        ("scan", 0.09, 12, []), ("vinyl", 0.08, 10, ["vinyl", "flex"]), ("sew", 0.05, 9, ["cotton", "felt"]), ("wood", 0.03, 15, ["oak", "plywood"]),
        ("weld", 0.02, 20, ["steel", "aluminium"]), ("assembly", 0.01, 4, []),
    ];

    private static readonly string[] Hours = ["mo-fr 09:00-12:30 13:30-18:00", "mo-fr 08:30-12:00 13:00-17:30", "tu-sa 10:00-19:00", "mo-sa 09:00-20:00"];

    private readonly Random _random;
    private readonly List<List<Interval>> _open;

    private SyntheticNetwork(int seed)
    {
        _random = new Random(seed);
        var (first, last) = (ParisTime.DateOf(Now), ParisTime.DateOf(Now).AddDays(365));
        var holidays = FreeTime.Merge(Enumerable.Range(first.Year, 2).SelectMany(FrenchHolidays.Of)
            .Select(holiday => new Interval(ParisTime.ToUtc(holiday.Date, TimeOnly.MinValue), ParisTime.ToUtc(holiday.Date.AddDays(1), TimeOnly.MinValue))));
        _open = [.. Hours.Select(hours => FreeTime.Subtract(WeeklyHours.Parse(hours).Open(first, last), holidays).ToList())];
    }

    public static DateTime Now { get; } = new(2026, 3, 2, 7, 0, 0, DateTimeKind.Utc);

    public static PricingRules Rules { get; } = new(
        new TransportTable([new TransportBand(2, 6, 0.005m), new TransportBand(30, 15, 0.04m), new TransportBand(100, 26, 0.28m), new TransportBand(1000, 48, 0.62m), new TransportBand(3000, 85, 1.05m)]),
        new EmissionFactors(new EmissionFactor(0.2m, "bench", new DateOnly(2026, 1, 1)), new EmissionFactor(0.05m, "bench", new DateOnly(2026, 1, 1))))
    {
        Fees = [new FeeRule.Percent("consortium", new Text("Consortium", "Consortium"), new Guid(4, 0, 0, new byte[8]), 20, 8)],
        Materials = Processes.SelectMany(process => process.Materials).Distinct().ToFrozenDictionary(code => code, code => new MaterialPrice(2 + code.Length, 15, TimeSpan.FromDays(code.Length % 3))),
    };

    /// <param name="bookingsPerWeek">On each machine.</param>
    public static CapacitySnapshot Create(int machines, int seed, double bookingsPerWeek = 5)
    {
        var network = new SyntheticNetwork(seed);
        var workshops = Enumerable.Range(0, machines / 5).Select(network.Workshop).ToList();
        return new CapacitySnapshot(workshops, [.. Enumerable.Range(0, machines).Select(number => network.Machine(number, workshops[number % workshops.Count], bookingsPerWeek))]);
    }

    public static Guid Id(int kind, int number) => new(kind, 0, 0, [0, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    /// <summary>A place people live at.</summary>
    public static GeoPoint Somewhere(Random random)
    {
        if (random.Next(3) == 0) return new GeoPoint(43.2 + random.NextDouble() * 7, -1.5 + random.NextDouble() * 8);
        var at = random.Next(Towns.Sum(town => town.Weight));
        var town = Towns.First(town => (at -= town.Weight) < 0);
        return new GeoPoint(town.Latitude + Spread(random) * 0.35, town.Longitude + Spread(random) * 0.5);
    }

    /// <summary>A product of one to three steps and how many of it.</summary>
    public static RoutingLine Line(Random random, int number)
    {
        var steps = random.Next(10) switch { < 4 => 1, < 8 => 2, _ => 3 };
        var quantity = (int)Math.Max(1, Math.Pow(10, random.NextDouble() * 2.6));
        return new RoutingLine(number, quantity, random.Next(1, 40) / 10m, 1, [.. Enumerable.Range(1, steps).Select(step => Operation(random, step * 10, quantity))]);
    }

    private static RoutingOperation Operation(Random random, int sequence, int quantity)
    {
        var (process, _, _, materials) = Pick(random);
        // Large series are of small pieces: from minutes to some days of work.
        var minutes = Math.Max(0.5, Math.Pow(10, 1.3 + random.NextDouble() * 2) / quantity);
        return new RoutingOperation(sequence, process, TimeSpan.FromMinutes(random.Next(1, 8) * 5), TimeSpan.FromMinutes(minutes))
        {
            Material = materials.Length == 0 || random.Next(4) == 0 ? null : materials[random.Next(materials.Length)],
            MaterialPerUnit = random.Next(1, 20) / 100m,
            Attendance = process == "print" ? 0.1m : random.Next(1, 5) * 0.25m,
            Interruptible = random.Next(4) != 0,
            Piece = random.Next(3) == 0 ? new WorkArea(random.Next(50, 600), random.Next(50, 400), random.Next(1, 150)) : null,
        };
    }

    private static (string Process, double Share, double Rate, string[] Materials) Pick(Random random)
    {
        var at = random.NextDouble();
        return Processes.First(process => (at -= process.Share) < 0 || process.Process == "assembly");
    }

    private static double Spread(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;

    private WorkshopCapacity Workshop(int number) => new(
        Id(2, number), Id(1, number), new Text($"Atelier {number}", $"Workshop {number}"), Somewhere(_random), _random.Next(24, 42),
        TimeSpan.FromHours(_random.Next(4) * 12), _random.Next(3) * 15,
        new PeopleTime(ParisTime.DateOf(Now), [.. Enumerable.Range(0, 365).Select(day => ParisTime.DateOf(Now).AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 480 + number % 5 * 240)]));

    private MachineCapacity Machine(int number, WorkshopCapacity workshop, double bookingsPerWeek)
    {
        var (process, _, rate, materials) = Pick(_random);
        var capability = new MachineCapability(_random.Next(7, 15) / 10m, Math.Round((decimal)(rate * (0.75 + _random.NextDouble() * 0.6)), 2));
        return new MachineCapacity(Id(3, number), workshop.Id, new Text($"Machine {number}", $"Machine {number}"),
            new Dictionary<string, MachineCapability> { [process] = capability }, FreeCalendar.Of(Free(_open[number % Hours.Length], bookingsPerWeek)))
        {
            Materials = materials.Length == 0 || _random.Next(3) == 0 ? null : materials.Where(_ => _random.Next(3) != 0).Append(materials[0]).ToFrozenSet(),
            WorkArea = _random.Next(4) == 0 ? null : new WorkArea(_random.Next(150, 1300), _random.Next(150, 900), _random.Next(50, 400)),
            PowerKilowatts = 1,
        };
    }

    private List<FreeInterval> Free(List<Interval> open, double bookingsPerWeek)
    {
        var count = (int)Math.Round(52 * bookingsPerWeek);
        var bookings = FreeTime.Merge(Enumerable.Range(0, count).Select(_ =>
        {
            var day = open[_random.Next(open.Count)];
            var start = day.Start.AddMinutes(15 * _random.Next((int)(day.Length.TotalMinutes / 15)));
            var end = start.AddMinutes(30 * _random.Next(1, 7));
            return new Interval(start, end < day.End ? end : day.End);
        }));
        var free = new List<FreeInterval>();
        var next = 0;
        foreach (var stretch in FreeTime.Subtract(open, bookings))
        {
            while (next < bookings.Count && bookings[next].Start < (free.Count == 0 ? DateTime.MinValue : free[^1].End)) next++;
            if (free.Count > 0) free[^1] = free[^1] with { ContinuesAfterClosing = next >= bookings.Count || bookings[next].Start >= stretch.Start };
            free.Add(new FreeInterval(stretch.Start, stretch.End));
        }

        return free;
    }
}
