using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Who makes a step of a lot: one machine, or all of its workshop that can.</summary>
internal readonly record struct WayStep(Candidate Candidate, bool IsShared);

/// <summary>
/// The best way to make one lot: label-setting over its operations. A label is a partial plan (where the goods are, when, for how much, after how
/// many km); of each workshop the best label goes on, of all workshops the best few. Machines are looked at block by block, the most promising
/// bound first, until no bound comes before what is already found: the same labels as if all had been looked at.
/// </summary>
internal sealed class LotSearch(PlanningContext context)
{
    /// <summary>Labels that go on from one operation to the next.</summary>
    private const int Beam = 8;

    private readonly PlanningContext _owner = context;
    private readonly SharedWork _shared = new(context);

    /// <summary>Who makes each operation in the best way, or null when none delivers in time.</summary>
    /// <param name="apart">Ways of other lots of the batch: their workshops are avoided where others can do the same, or else their machines.</param>
    public WayStep[]? Best(LineModel model, decimal quantity, Objective objective, int latestDelivery, IReadOnlyList<WayStep[]> apart)
    {
        List<Label?> labels = [null];
        for (var index = 0; index < model.Operations.Length; index++)
        {
            var next = new List<Label>();
            foreach (var avoided in Avoided(apart, index))
            {
                next = new Step(this, model, index, quantity, objective, latestDelivery, avoided).From(labels);
                if (next.Count > 0) break;
            }

            if (next.Count == 0) return null;
            labels = [.. next];
        }

        return labels[0]!.Path();
    }

    /// <summary>What to keep away from: workshops, else machines, else nothing.</summary>
    private static IEnumerable<HashSet<int>?> Avoided(IReadOnlyList<WayStep[]> apart, int index)
    {
        if (apart.Count > 0)
        {
            yield return [.. apart.Select(way => ~way[index].Candidate.Workshop.Position)];
            yield return [.. apart.Select(way => way[index].Candidate.Machine.Position)];
        }

        yield return null;
    }

    private sealed class Step(LotSearch search, LineModel model, int index, decimal quantity, Objective objective, int latestDelivery, HashSet<int>? avoided)
    {
        private readonly PlanningContext _context = search._owner;
        private readonly OperationModel _operation = model.Operations[index];
        private readonly bool _isLast = index == model.Operations.Length - 1;
        private readonly decimal _weight = quantity * model.Line.UnitWeightKg;
        private readonly StepBounds _bounds = new(search._owner, model, index, quantity) { IsLast = index == model.Operations.Length - 1 };
        private readonly bool _mayShare = WorkTime.IsLong(model.Operations[index].Operation, quantity);
        private readonly ProcessIndex? _next = index + 1 < model.Operations.Length ? model.Operations[index + 1].Eligible.Index : null;

        /// <summary>At most one of each workshop, best first.</summary>
        private readonly List<Label> _found = [];

        /// <summary>Workshops whose machines have been tried together, after which label.</summary>
        private readonly HashSet<(int Label, int Workshop)> _sharedTried = [];

        private int Most => _isLast ? 1 : Beam;

        /// <summary>What a bound must come before; null while there is room.</summary>
        private Measure? Threshold => _found.Count < Most || _context.Budget.IsExhaustive ? null : _found[^1].Outlook;

        public List<Label> From(List<Label?> labels)
        {
            var origins = labels.ConvertAll(Origin);
            var blocks = _operation.Eligible.Index!.Blocks;
            var queue = new PriorityQueue<(int Label, int Block), Measure>(origins.Count * blocks.Length, objective);
            for (var label = 0; label < origins.Count; label++)
            {
                for (var block = 0; block < blocks.Length; block++) queue.Enqueue((label, block), _bounds.Of(origins[label], blocks[block]));
            }

            while (queue.TryDequeue(out var at, out var bound))
            {
                if (Threshold is { } threshold && objective.Compare(bound, threshold) > 0) break;
                var label = labels[at.Label];
                UsePeople(label, 1);
                var goesOn = Look(label, at.Label, origins[at.Label], blocks[at.Block]);
                UsePeople(label, -1);
                if (!goesOn) break;
            }

            return _found;
        }

        private bool Look(Label? label, int number, in Origin origin, IndexBlock block)
        {
            foreach (ref readonly var entry in block.Entries.AsSpan())
            {
                if (!_operation.Eligible.MayTake(entry) || avoided?.Contains(~entry.Workshop) == true || avoided?.Contains(entry.Machine) == true) continue;
                if (Threshold is { } threshold && objective.Compare(_bounds.Of(origin, entry, block.LargestTeam), threshold) > 0) continue;
                if (_operation.Candidate(_context, model.Line, entry.Machine) is not { } candidate) continue;
                if (!_context.Budget.TrySpend()) return false;
                Try(label, number, candidate);
                if (_mayShare && _sharedTried.Add((number, entry.Workshop))) TryShared(label, number, candidate);
            }

            return true;
        }

        private void Try(Label? label, int number, Candidate candidate)
        {
            var (minutes, effort) = model.Effort(index, quantity, candidate, _context.IsFair);
            var there = Way(label, candidate.Workshop);
            var (cents, km) = Cost(label, candidate.Workshop, there, effort);
            var ready = Math.Max(there.Arrives, candidate.Earliest);
            var home = _context.ToCustomer(candidate.Workshop, ready, _weight);
            var latest = Threshold is { } threshold ? Math.Min(latestDelivery, objective.Latest(threshold, cents + home.Cents, km + home.Km)) : latestDelivery;
            var slots = _context.Slots;
            if (!slots.Find(candidate.Machine, candidate.Workshop, ready, minutes, _operation.Attendance, _operation.Operation.Interruptible, latest)) return;
            Keep(label, number, candidate, false, new Measure(slots.End, cents, km), slots.Use);
        }

        private void TryShared(Label? label, int number, Candidate candidate)
        {
            var mark = _context.State.Mark;
            var there = Way(label, candidate.Workshop);
            var runs = search._shared.Place(model, index, candidate, quantity, there.Arrives, latestDelivery);
            if (runs is not null && runs.Count > 1)
            {
                var effort = runs.Sum(run => model.Effort(index, run.Quantity, run.Candidate, _context.IsFair).Cents);
                var use = runs.SelectMany(run => run.Use).ToList();
                var end = runs.Max(run => run.End);
                _context.State.GiveBackTo(mark);
                var (cents, km) = Cost(label, candidate.Workshop, there, effort);
                Keep(label, number, candidate, true, new Measure(end, cents, km), use);
            }

            _context.State.GiveBackTo(mark);
        }

        private (long Cents, int Km) Cost(Label? label, WorkshopLoad workshop, Leg there, long effort)
        {
            if (workshop.Operations == 0 && label?.Visits(workshop) != true) effort = Math.Max(effort, (long)(workshop.Capacity.MinimumOrder * 100m));
            return ((label?.Cents ?? 0) + there.Cents + effort, (label?.Km ?? 0) + there.Km);
        }

        private void Keep(Label? before, int number, Candidate candidate, bool shared, Measure reached, List<(int Day, int Amount)> use)
        {
            var home = _context.ToCustomer(candidate.Workshop, reached.Minute, _weight);
            if (home.Arrives > latestDelivery) return;
            var outlook = Outlook(candidate.Workshop, reached, home);
            var order = new Order(outlook, candidate.Machine.Position, number, shared);
            var same = _found.FindIndex(label => label.Candidate.Workshop == candidate.Workshop);
            if (_isLast) same = _found.Count - 1;
            if (same >= 0)
            {
                if (Compare(_found[same].Order, order) <= 0) return;
                _found.RemoveAt(same);
            }
            else if (_found.Count >= Most && Compare(_found[^1].Order, order) <= 0)
            {
                return;
            }

            var at = _found.FindIndex(label => Compare(order, label.Order) < 0);
            _found.Insert(at < 0 ? _found.Count : at, new Label(before, candidate, shared, reached, order, [.. use]));
            if (_found.Count > Most) _found.RemoveAt(Most);
        }

        /// <summary>What it amounts to if the goods go straight to the customer from here; by way of another place where the next step cannot be made here.</summary>
        private Measure Outlook(WorkshopLoad workshop, Measure reached, Leg home)
        {
            if (_isLast) return new Measure(home.Arrives, reached.Cents + home.Cents, reached.Km + home.Km);
            var (minute, cents) = (reached.Minute, reached.Cents + home.Cents);
            if (_next is not null && !_context.Snapshot.Index.IsOffered(_next, workshop.Capacity.Place))
            {
                minute = _context.Clock.Arrival(minute, 1);
                cents += _context.Rules.Transport.Cost(_weight, 0).Cents;
            }

            return new Measure(minute, cents, reached.Km + home.Km);
        }

        private Leg Way(Label? label, WorkshopLoad to) => label is null
            ? _context.FromGoods(model.Line.Goods, to, _weight)
            : _context.Between(label.Candidate.Workshop, to, label.End, _weight);

        private Origin Origin(Label? label)
        {
            if (label is not null) return new Origin(label.Candidate.Workshop.Capacity.Position.UnitVector(), label.End, label.Cents, label.Km);
            return new Origin(null, model.Line.Goods is { } goods ? Math.Max(_context.Clock.Now, _context.Clock.Ceiling(goods.Ready)) : _context.Clock.Now, 0, 0);
        }

        /// <summary>Complete, so that the order in which machines are looked at does not matter.</summary>
        private int Compare(in Order a, in Order b)
        {
            var order = objective.Compare(a.Outlook, b.Outlook);
            if (order == 0) order = a.Machine.CompareTo(b.Machine);
            if (order == 0) order = a.Label.CompareTo(b.Label);
            return order == 0 ? a.IsShared.CompareTo(b.IsShared) : order;
        }
    }

    private static void UsePeople(Label? label, int sign)
    {
        for (; label is not null; label = label.Before) PlanningState.UsePeople(label.Candidate.Workshop, label.Use, sign);
    }

    private readonly record struct Order(Measure Outlook, int Machine, int Label, bool IsShared);

    private sealed class Label(Label? before, Candidate candidate, bool shared, Measure reached, Order order, (int Day, int Amount)[] use)
    {
        public Label? Before => before;

        public Candidate Candidate => candidate;

        public Order Order => order;

        public Measure Outlook => order.Outlook;

        public (int Day, int Amount)[] Use => use;

        public int End => reached.Minute;

        public long Cents => reached.Cents;

        public int Km => reached.Km;

        public bool Visits(WorkshopLoad workshop) => candidate.Workshop == workshop || before?.Visits(workshop) == true;

        public WayStep[] Path() => before is null ? [new WayStep(candidate, shared)] : [.. before.Path(), new WayStep(candidate, shared)];
    }
}
