using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Domain.Routing.Rescheduling;

namespace TiersLieux.Market.Domain.Tests.Routing.Rescheduling;

/// <summary>
/// Random shops with running orders, the same for the same seed: each order planned by the quote engine while machines were busy with bookings, many
/// of which were cancelled since. Parts have begun; machines have buffers and hours for members.
/// </summary>
internal static class RunningCases
{
    private static readonly string[] Processes = ["saw", "mill", "sew"];
    private static readonly string[] Hours = ["mo-fr 09:00-12:30 13:30-18:00", "tu-sa 10:00-19:00", "mo-su 00:00-24:00"];
    private static readonly TimeSpan Long = RoutingLimits.Horizon + TimeSpan.FromDays(2);

    public static RunningShop Create(int seed)
    {
        var random = new Random(seed);
        var asked = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(0, 365)).AddMinutes(random.Next(0, 1440));
        var places = Enumerable.Range(0, random.Next(1, 4)).Select(i => (Id: RandomCases.Id(1, i), Position: Somewhere(random))).ToList();
        var teams = Enumerable.Range(0, random.Next(1, 5)).Select(i => new Team(random, i, places[random.Next(places.Count)])).ToList();
        var machines = teams.SelectMany((team, i) => Enumerable.Range(0, random.Next(1, 5)).Select(k => new Machine(random, i * 10 + k, team, asked))).ToList();
        var rules = new PricingRules(
            new TransportTable([new TransportBand(100, 10, 0.5m)]),
            new EmissionFactors(new EmissionFactor(0.2m, "test", new DateOnly(2026, 1, 1)), new EmissionFactor(0.05m, "test", new DateOnly(2026, 1, 1))))
        {
            Materials = new Dictionary<string, MaterialPrice> { ["oak"] = new(2, 50, TimeSpan.FromDays(random.Next(0, 6))) },
        };

        var orders = new List<(RunningOrder Order, RoutingRequest Request)>();
        for (var i = 0; i < random.Next(1, 9); i++)
        {
            var request = new RoutingRequest([.. Enumerable.Range(1, random.Next(1, 3)).Select(line => Line(random, line))], Somewhere(random), asked);
            var snapshot = new CapacitySnapshot([.. teams.Select(team => team.Capacity(asked))], [.. machines.Select(machine => machine.Capacity(asked))]);
            if (RoutePlanner.Plan(request, snapshot, rules) is not RoutingResult.Answered { Plans: { Count: > 0 } plans }) continue;
            var plan = plans[random.Next(plans.Count)];
            orders.Add((Run(i, plan, request, teams, machines), request));
        }

        // Later: some have begun, and bookings were cancelled.
        var now = asked.AddMinutes(random.Next(0, 2 * 1440));
        var movable = orders.SelectMany(order => order.Order.Lots).SelectMany(lot => lot.Operations).GroupBy(operation => operation.WorkOrder)
            .Where(work => work.All(operation => operation.Start >= now + RunningShop.Freeze) && random.Next(8) > 0).Select(work => work.Key).ToHashSet();
        foreach (var machine in machines) machine.Forget(random, movable);
        return new RunningShop(
            [.. orders.Select(order => Later(order.Order, order.Request, movable, random.Next(4) == 0 ? now.AddHours(random.Next(96)) : null))],
            new CapacitySnapshot([.. teams.Select(team => team.Capacity(now))], [.. machines.Select(machine => machine.Capacity(now))]), rules, now)
        {
            LeftForProduction = machines.Where(_ => random.Next(4) == 0)
                .SelectMany(machine => Enumerable.Range(0, 20).Select(week => (machine.Id, Monday(now).AddDays(7 * week))))
                .ToDictionary(key => key, _ => random.Next(-60, 1200)),
        };
    }

    private static DateOnly Monday(DateTime now)
    {
        var date = ParisTime.DateOf(now);
        return date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
    }

    /// <summary>Takes the time of a plan; one work order for each workshop.</summary>
    private static RunningOrder Run(int number, Plan plan, RoutingRequest request, List<Team> teams, List<Machine> machines)
    {
        var lots = plan.Lots.Select(lot => new RunningLot(lot.Line, lot.Number, [.. lot.Operations.Select(planned =>
        {
            var work = RandomCases.Id(5, 100 * number + teams.FindIndex(team => team.Id == planned.Workshop));
            machines.First(machine => machine.Id == planned.Machine).Work.Add((work, new Interval(planned.Start, planned.End)));
            var step = request.Lines.First(line => line.Line == lot.Line).Operations.First(operation => operation.Sequence == planned.Sequence);
            return new RunningOperation(work, planned.Sequence, planned.Workshop, planned.Machine, planned.Quantity ?? lot.Quantity, planned.Start, planned.End, planned.Segments,
                (int)Math.Floor((decimal)planned.WorkingTime.TotalMinutes * step.Attendance));
        })])).ToList();
        foreach (var work in lots.SelectMany(lot => lot.Operations).GroupBy(operation => (operation.WorkOrder, operation.Workshop)))
            teams.First(team => team.Id == work.Key.Workshop).Promise(PeopleLoad.PerDay(work.Select(operation => (operation.Segments, operation.PeopleMinutes))));
        return new RunningOrder(RandomCases.Id(6, number), plan.PromiseDate, request.Destination, lots);
    }

    private static RunningOrder Later(RunningOrder order, RoutingRequest request, HashSet<Guid> movable, DateTime? answer) => order with
    {
        Lots = [.. order.Lots.Select(lot => lot with
        {
            Operations = [.. lot.Operations.Select(operation => operation with
            {
                Movable = movable.Contains(operation.WorkOrder) ? request.Lines.First(line => line.Line == lot.Line).Operations.First(step => step.Sequence == operation.Sequence) : null,
                NotBefore = answer,
            })],
        })],
    };

    private static RoutingLine Line(Random random, int number) => new(number, random.Next(1, 300), 1, 1, [.. Enumerable.Range(1, random.Next(1, 4)).Select(i =>
        new RoutingOperation(10 * i, Processes[random.Next(Processes.Length)], TimeSpan.FromMinutes(random.Next(0, 60)), TimeSpan.FromSeconds(random.Next(1, 400)))
        {
            Attendance = random.Next(0, 5) * 0.25m,
            Interruptible = random.Next(3) > 0,
            Material = random.Next(3) == 0 ? "oak" : null,
            MaterialPerUnit = random.Next(0, 2),
            Piece = random.Next(4) == 0 ? new WorkArea(random.Next(100, 1500), random.Next(100, 900), 10) : null,
        })])
    {
        MaximumLots = random.Next(1, 4),
    };

    private static GeoPoint Somewhere(Random random) => new(49.5 + random.NextDouble() * 1.5, 2 + random.NextDouble() * 2);

    /// <summary>A workshop and what its people have promised.</summary>
    private sealed class Team(Random random, int number, (Guid Id, GeoPoint Position) place)
    {
        private readonly int _perDay = random.Next(200, 1200);
        private readonly TimeSpan _notice = TimeSpan.FromHours(random.Next(0, 72));
        private readonly Dictionary<DateOnly, int> _promised = [];

        public Guid Id { get; } = RandomCases.Id(2, number);

        public void Promise(IEnumerable<(DateOnly Day, int Minutes)> days)
        {
            foreach (var (day, minutes) in days) _promised[day] = _promised.GetValueOrDefault(day) + minutes;
        }

        public WorkshopCapacity Capacity(DateTime now) => new(
            Id, place.Id, new Text("W", "W"), place.Position, 20, _notice, 0,
            new PeopleTime(ParisTime.DateOf(now), [.. Enumerable.Range(0, 125).Select(day => _perDay - _promised.GetValueOrDefault(ParisTime.DateOf(now).AddDays(day)))]));
    }

    /// <summary>A machine, the bookings that took its time, and its production.</summary>
    private sealed class Machine
    {
        private readonly AvailabilityCalendar _calendar;
        private readonly Guid _workshop;
        private readonly List<Interval> _bookings;
        private readonly Dictionary<string, MachineCapability> _capabilities;
        private readonly WorkArea? _area;
        private readonly IReadOnlySet<string>? _materials;

        public Machine(Random random, int number, Team team, DateTime asked)
        {
            (Id, _workshop) = (RandomCases.Id(3, number), team.Id);
            _calendar = new AvailabilityCalendar(WeeklyHours.Parse(Hours[random.Next(Hours.Length)]), WeeklyHours.Always) { Buffer = TimeSpan.FromMinutes(random.Next(0, 3) * 10) };
            // Busy for a while, so that orders are planned later than they could be.
            _bookings = [.. Enumerable.Range(0, random.Next(0, 80)).Select(_ => asked.AddMinutes(random.Next(0, 25_000))).Select(start => new Interval(start, start.AddMinutes(random.Next(60, 900))))];
            // Often a machine has a twin.
            _capabilities = Processes.Where((_, i) => i == number % 2 || random.Next(4) == 0).ToDictionary(process => process, _ => new MachineCapability(random.Next(2, 4) / 2m, random.Next(3, 5) * 10));
            _area = random.Next(3) == 0 ? new WorkArea(random.Next(300, 1500), random.Next(300, 1000), 100) : null;
            _materials = random.Next(5) == 0 ? new HashSet<string> { "steel" } : null;
        }

        public Guid Id { get; }

        public List<(Guid WorkOrder, Interval Time)> Work { get; } = [];

        /// <summary>Bookings cancelled since, and movable work, are no longer in its way.</summary>
        public void Forget(Random random, HashSet<Guid> movable)
        {
            _bookings.RemoveAll(_ => random.Next(4) > 0);
            Work.RemoveAll(work => movable.Contains(work.WorkOrder));
        }

        public MachineCapacity Capacity(DateTime now) => new(Id, _workshop, new Text("M", "M"), _capabilities,
            FreeTime.Of(_calendar, _bookings.Concat(Work.Select(work => work.Time)), ParisTime.ToUtc(ParisTime.DateOf(now), TimeOnly.MinValue), now + Long))
        {
            WorkArea = _area, Materials = _materials, Buffer = _calendar.Buffer,
        };
    }
}
