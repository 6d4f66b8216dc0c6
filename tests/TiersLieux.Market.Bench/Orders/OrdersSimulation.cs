using TiersLieux.Market.Bench.Quotes;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Bench.Orders;

/// <summary>How orders are planned in a simulation.</summary>
internal enum PlanningRule
{
    Erp,
    Planner,
    FairPlanner,
}

/// <summary>What a simulation came to.</summary>
/// <param name="LeadDays">From the order to the promise, on average.</param>
/// <param name="LateByDecline">Orders delivered after their promise that no breakdown touched.</param>
/// <param name="Fairness">Jain's index of the workshops' work against their capacity: 1 when all have the same share.</param>
/// <param name="Faults">Plans that the judge refused, of those it was shown.</param>
internal sealed record SimulationFigures(
    PlanningRule Rule, int Orders, int Refused, double LeadDays, decimal Km, decimal Euros, double Fairness, int LateByDecline, int LateByBreakdown, int Touched, int Faults, double Seconds)
{
    /// <summary>Promise in days by order, to compare the orders that both rules took.</summary>
    public required IReadOnlyDictionary<int, (int Days, decimal Km, decimal Euros)> ByOrder { get; init; }
}

/// <summary>
/// Orders that arrive one by one over two months. The customer takes the balanced plan; 3 % of work orders are declined and 1 % of machines break down
/// for three days, and what is left of the orders concerned is planned again.
/// </summary>
internal sealed class OrdersSimulation
{
    private const int Days = 60;
    private const double Declined = 0.03;
    private const double Broken = 0.01;
    private static readonly TimeSpan Repair = TimeSpan.FromDays(3);

    private readonly PlanningRule _rule;
    private readonly int _orders;
    private readonly SimulatedNetwork _network;
    private readonly ErpRule _erp = new(SyntheticNetwork.Rules);
    private readonly Dictionary<Guid, double> _capacity;
    private readonly List<OpenOrder> _open = [];
    private readonly HashSet<int> _touched = [];
    private int _faults;

    public OrdersSimulation(PlanningRule rule, int machines, int orders)
    {
        (_rule, _orders) = (rule, orders);
        var snapshot = SyntheticNetwork.Create(machines, seed: 3);
        _network = new SimulatedNetwork(snapshot);
        var until = SyntheticNetwork.Now.AddDays(Days);
        _capacity = snapshot.Machines.GroupBy(machine => machine.Workshop)
            .ToDictionary(group => group.Key, group => Math.Max(1, group.Sum(machine => machine.Free.TakeWhile(stretch => stretch.Start < until).Sum(stretch => stretch.Time.Length.TotalMinutes))));
    }

    public SimulationFigures Run()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var breakdowns = Breakdowns();
        var taken = new Dictionary<int, (int Days, decimal Km, decimal Euros)>();
        var refused = 0;
        for (var number = 0; number < _orders; number++)
        {
            var now = SyntheticNetwork.Now.AddMinutes(Days * 1440.0 * number / _orders);
            while (breakdowns.TryPeek(out var machine, out var when) && when <= now)
            {
                breakdowns.Dequeue();
                Break(machine, when);
            }

            var random = new Random(50_000 + number);
            var lines = Enumerable.Range(1, random.Next(5) == 0 ? 2 : 1).Select(line => SyntheticNetwork.Line(random, line)).ToList();
            var request = new RoutingRequest(lines, SyntheticNetwork.Somewhere(random), now);
            if (Plan(request) is not { } outcome)
            {
                refused++;
                continue;
            }

            var promise = outcome.Promise;
            taken[number] = (promise.DayNumber - ParisTime.DateOf(now).DayNumber, outcome.Km, outcome.Euros);
            // Who declines is the same under every rule, and says so before anything has begun.
            var declined = outcome.Tasks.Select(task => task.Workshop).Where(workshop => new Random(HashCode(number, workshop)).NextDouble() < Declined).ToHashSet();
            if (declined.Count > 0)
                outcome = Plan(request with { Excluded = declined, Due = promise }) ?? Plan(request with { Excluded = declined }) ?? outcome;
            _network.Take(outcome.Tasks);
            _open.Add(new OpenOrder(number, request, promise, outcome));
        }

        while (breakdowns.TryDequeue(out var machine, out var when)) Break(machine, when);
        var late = _open.Where(order => order.Outcome.Promise > order.Promise).ToList();
        return new SimulationFigures(_rule, taken.Count, refused, taken.Values.Average(order => order.Days), _open.Sum(order => order.Outcome.Km), _open.Sum(order => order.Outcome.Euros), Fairness(),
            late.Count(order => !_touched.Contains(order.Number)), late.Count(order => _touched.Contains(order.Number)), _touched.Count, _faults, clock.Elapsed.TotalSeconds) { ByOrder = taken };
    }

    private Outcome? Plan(RoutingRequest request)
    {
        if (_rule == PlanningRule.Erp) return _erp.Plan(request, _network.Snapshot) is { } found && (request.Due is not { } due || found.Promise <= due) ? found : null;
        if (_rule == PlanningRule.FairPlanner) request = request with { ShareOfWork = _network.Shares(_capacity) };
        var answer = (RoutingResult.Answered)RoutePlanner.Plan(request, _network.Snapshot, SyntheticNetwork.Rules);
        if (answer.Unavailable.Count > 0) return null;
        var plan = answer.Plans.First(plan => plan.Kind == PlanKind.Balanced || plan.Also.Contains(PlanKind.Balanced));
        if (new Random(request.Now.GetHashCode()).Next(20) == 0 && PlanJudge.Check(plan, request, _network.Snapshot, SyntheticNetwork.Rules).Count > 0) _faults++;
        var tasks = from lot in plan.Lots
                    from made in lot.Operations
                    let asked = request.Lines.First(line => line.Line == lot.Line).Operations.First(operation => operation.Sequence == made.Sequence)
                    select new MachineTask(lot.Line * 10 + lot.Number, made.Sequence, made.Machine, made.Workshop, made.Start, made.End, made.Segments, asked.Attendance);
        return new Outcome(plan.PromiseDate, plan.Price.Sum(Domain.Orders.Pricing.PriceLineKind.Share).Amount + plan.Price.Sum(Domain.Orders.Pricing.PriceLineKind.Transport).Amount, plan.Km, [.. tasks]);
    }

    /// <summary>Work that the machine has not ended is planned again with what follows it: from the place of the last step done, or anew when none is.</summary>
    private void Break(Guid machine, DateTime when)
    {
        _network.Break(machine, new Interval(when, when + Repair));
        foreach (var order in _open.Where(order => order.Outcome.Tasks.Any(task => task.Machine == machine && task.End > when && task.Start < when + Repair)))
        {
            _touched.Add(order.Number);
            // The whole of the order that has not begun; of a lot under way, what its machines have not begun, later than planned.
            var begun = order.Outcome.Tasks.Any(task => task.Start < when);
            var left = order.Outcome.Tasks.Where(task => task.Start >= when || task.Machine == machine).ToList();
            _network.GiveBack(begun ? left : order.Outcome.Tasks);
            var again = begun ? Rest(order, machine, when) : Plan(order.Request with { Now = when, Due = order.Promise }) ?? Plan(order.Request with { Now = when });
            if (again is null)
            {
                _network.Take(begun ? left : order.Outcome.Tasks);
                order.Outcome = order.Outcome with { Promise = order.Outcome.Promise.AddDays(Repair.Days) };
                continue;
            }

            _network.Take(again.Tasks);
            var kept = begun ? order.Outcome.Tasks.Except(left) : [];
            order.Outcome = new Outcome(again.Promise > order.Outcome.Promise || !begun ? again.Promise : order.Outcome.Promise, begun ? order.Outcome.Euros : again.Euros, begun ? order.Outcome.Km : again.Km, [.. kept, .. again.Tasks]);
        }
    }

    /// <summary>What is left of an order that has begun, line by line, from the first step that is not done.</summary>
    private Outcome? Rest(OpenOrder order, Guid machine, DateTime when)
    {
        var rest = new List<RoutingLine>();
        foreach (var line in order.Request.Lines)
        {
            var left = line.Operations.Where(operation => order.Outcome.Tasks.Any(task => LineOf(task) == line.Line && task.Sequence == operation.Sequence && (task.Start >= when || task.Machine == machine) && task.End > when)).ToList();
            if (left.Count == 0) continue;
            var done = order.Outcome.Tasks.Where(task => LineOf(task) == line.Line && task.Sequence < left[0].Sequence).MaxBy(task => task.End);
            var workshop = done is null ? null : _network.Snapshot.Workshop(done.Workshop);
            rest.Add(line with { Operations = left, Goods = workshop is null ? null : new GoodsOrigin(workshop.Place, workshop.Position, done!.End, workshop.Name) });
        }

        if (rest.Count == 0) return null;
        var request = order.Request with { Lines = rest, Now = when };
        return Plan(request with { Due = order.Promise >= ParisTime.DateOf(when) ? order.Promise : null }) ?? Plan(request);
    }

    private int LineOf(MachineTask task) => _rule == PlanningRule.Erp ? task.Lot : task.Lot / 10;

    private PriorityQueue<Guid, DateTime> Breakdowns()
    {
        var random = new Random(99);
        var machines = _network.Snapshot.Machines;
        return new PriorityQueue<Guid, DateTime>(Enumerable.Range(0, (int)(machines.Count * Broken)).Select(_ => (machines[random.Next(machines.Count)].Id, SyntheticNetwork.Now.AddMinutes(random.Next(Days * 1440)))));
    }

    /// <summary>Jain, Chiu and Hawe, 1984.</summary>
    private double Fairness()
    {
        var shares = _network.Work.Where(pair => _capacity.ContainsKey(pair.Key)).Select(pair => pair.Value / _capacity[pair.Key]).ToList();
        return Math.Pow(shares.Sum(), 2) / (shares.Count * shares.Sum(share => share * share));
    }

    private static int HashCode(int number, Guid workshop) => number * 7919 + workshop.ToByteArray()[^1] + 256 * workshop.ToByteArray()[^2];

    private sealed class OpenOrder(int number, RoutingRequest request, DateOnly promise, Outcome outcome)
    {
        public int Number => number;

        public RoutingRequest Request => request;

        public DateOnly Promise => promise;

        /// <summary>Its promise is when it really comes.</summary>
        public Outcome Outcome { get; set; } = outcome;
    }
}
