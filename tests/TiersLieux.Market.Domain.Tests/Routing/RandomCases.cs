using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Domain.Tests.Routing;

public sealed record RoutingCase(RoutingRequest Request, CapacitySnapshot Snapshot, PricingRules Rules);

/// <summary>Random networks and requests, the same for the same seed: small, and full of awkward calendars.</summary>
internal static class RandomCases
{
    private static readonly string[] Processes = ["saw", "mill", "sew", "print"];
    private static readonly string[] Materials = ["oak", "steel", "felt"];
    private static readonly decimal[] Speeds = [0.5m, 0.7m, 1, 1.25m, 2];
    private static readonly string[] Hours = ["mo-fr 09:00-12:30 13:30-18:00", "tu-sa 10:00-19:00", "mo-su 00:00-24:00", "mo,we 08:00-12:00; fr-sa 13:00-22:00"];

    public static RoutingCase Create(int seed)
    {
        var random = new Random(seed);
        // Around both changes of the clocks and any time of the year.
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(0, 365)).AddSeconds(random.Next(0, 86_400));
        var places = Enumerable.Range(0, random.Next(1, 5)).Select(i => (Id: Id(1, i), Position: Somewhere(random))).ToList();
        var workshops = Enumerable.Range(0, random.Next(1, 6)).Select(i => Workshop(random, i, places[random.Next(places.Count)], now)).ToList();
        var machines = workshops.SelectMany((workshop, i) =>
            Enumerable.Range(0, random.Next(1, 5)).Select(k => Machine(random, i * 10 + k, workshop.Id, now))).ToList();
        var request = new RoutingRequest([.. Enumerable.Range(1, random.Next(1, 4)).Select(line => Line(random, line, workshops, now))], Somewhere(random), now)
        {
            Due = Chance(random, 3) ? ParisTime.DateOf(now).AddDays(random.Next(2, 30)) : null,
            CollectAt = Chance(random, 4) ? places[0].Id : null,
            Excluded = Chance(random, 5) ? new HashSet<Guid> { workshops[0].Id } : new HashSet<Guid>(),
        };
        if (request.CollectAt is not null) request = request with { Destination = places[0].Position };
        return new RoutingCase(request, new CapacitySnapshot(workshops, machines), Rules(random));
    }

    public static Guid Id(int kind, int number) => new(kind, 0, 0, [0, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number]);

    private static WorkshopCapacity Workshop(Random random, int number, (Guid Id, GeoPoint Position) place, DateTime now) => new(
        Id(2, number), place.Id, Name($"W{number}"), place.Position, random.Next(0, 40), TimeSpan.FromHours(random.Next(0, 50)), random.Next(0, 3) * random.Next(0, 200),
        new PeopleTime(ParisTime.DateOf(now), [.. Enumerable.Range(0, 125).Select(_ => Chance(random, 5) ? 0 : random.Next(0, 900))]))
    {
        Materials = Chance(random, 2) ? new Dictionary<string, MaterialPrice> { ["oak"] = new(random.Next(1, 50) / 3m, 12.5m, TimeSpan.FromHours(random.Next(0, 80))) } : new Dictionary<string, MaterialPrice>(),
        Certifications = Chance(random, 2) ? new HashSet<string> { "food" } : new HashSet<string>(),
    };

    private static MachineCapacity Machine(Random random, int number, Guid workshop, DateTime now)
    {
        var calendar = new AvailabilityCalendar(WeeklyHours.Parse(Hours[random.Next(Hours.Length)]), WeeklyHours.Always) { Buffer = TimeSpan.FromMinutes(random.Next(0, 2) * 10) };
        var uses = Enumerable.Range(0, random.Next(0, 60)).Select(_ =>
        {
            var start = now.AddMinutes(random.Next(-500, 100_000));
            return new Interval(start, start.AddSeconds(random.Next(60, 30_000)));
        });
        var capabilities = Processes.Where(_ => Chance(random, 2)).Append(Processes[random.Next(Processes.Length)]).Distinct()
            .ToDictionary(process => process, _ => new MachineCapability(Speeds[random.Next(Speeds.Length)], random.Next(0, 6000) / 100m));
        return new MachineCapacity(Id(3, number), workshop, Name($"M{number}"), capabilities, FreeTime.Of(calendar, uses, now.AddDays(-1), now.AddDays(60)))
        {
            Materials = Chance(random, 2) ? null : Materials.Where(_ => Chance(random, 2)).ToHashSet(),
            WorkArea = Chance(random, 2) ? null : new WorkArea(random.Next(300, 3000), random.Next(300, 1500), random.Next(50, 500)),
            PowerKilowatts = random.Next(0, 90) / 10m,
        };
    }

    private static RoutingLine Line(Random random, int number, List<WorkshopCapacity> workshops, DateTime now)
    {
        var own = Chance(random, 8);
        return new RoutingLine(number, Chance(random, 6) ? random.Next(1, 3000) / 8m : random.Next(1, 400), random.Next(0, 4000) / 1000m, random.Next(0, 30),
            [.. Enumerable.Range(1, random.Next(1, 4)).Select(i => Operation(random, i * 10))])
        {
            VatRate = Chance(random, 4) ? 5.5m : 20m,
            MaximumLots = random.Next(1, 5),
            OnlyWorkshop = own ? workshops[0].Id : null,
            FixedPrices = own && Chance(random, 2) ? new QuantityPrices([new QuantityBreak(0, 13.333m), new QuantityBreak(50, 11)]) : null,
            Goods = Chance(random, 10) ? new GoodsOrigin(Id(1, random.Next(0, 9)), Somewhere(random), now.AddHours(random.Next(-20, 100)), Name("Stock")) : null,
        };
    }

    private static RoutingOperation Operation(Random random, int sequence) => new(
        sequence, Processes[random.Next(Processes.Length)], TimeSpan.FromMinutes(random.Next(0, 60)), TimeSpan.FromSeconds(random.Next(1, 900)))
    {
        Material = Chance(random, 2) ? null : Materials[random.Next(Materials.Length)],
        MaterialPerUnit = random.Next(0, 3) * random.Next(0, 100) / 64m,
        Attendance = random.Next(0, 5) * 0.25m,
        Interruptible = !Chance(random, 3),
        Piece = Chance(random, 3) ? new WorkArea(random.Next(100, 2000), random.Next(100, 1000), random.Next(10, 300)) : null,
        Certification = Chance(random, 12) ? "food" : null,
    };

    private static PricingRules Rules(Random random) => new(
        new TransportTable([new TransportBand(30, 9.5m, 0.12m), new TransportBand(500, 40, 0.85m)]),
        new EmissionFactors(new EmissionFactor(0.11m, "test", new DateOnly(2026, 1, 1)), new EmissionFactor(0.052m, "test", new DateOnly(2026, 1, 1))))
    {
        Fees = [.. new FeeRule[]
        {
            new FeeRule.Percent("consortium", Name("Consortium"), Id(4, 0), 20, 8.5m), new FeeRule.Flat("circle", Name("Cercle"), Id(4, 1), 0, 3.33m),
            new FeeRule.PerItem("project", Name("Projet"), Id(4, 2), 20, 0.055m), new FeeRule.Weight("care", Name("Soin"), Id(4, 3), 20, [new FeeStep(50, 4.2m)]),
        }.Where(_ => Chance(random, 2))],
        Materials = Chance(random, 9) ? new Dictionary<string, MaterialPrice>() : Materials.ToDictionary(code => code, _ => new MaterialPrice(random.Next(1, 4000) / 100m, 15, TimeSpan.FromHours(random.Next(0, 100)))),
    };

    private static GeoPoint Somewhere(Random random) => new(48.5 + random.NextDouble() * 2.5, 1.5 + random.NextDouble() * 2.5);

    private static bool Chance(Random random, int oneIn) => random.Next(oneIn) == 0;

    private static Text Name(string name) => new(name, name);
}
