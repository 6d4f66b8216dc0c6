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
    private const int Beam = 4;

    private readonly PlanningContext _planning = context;
    private readonly SharedWork _shared = new(context);

    /// <summary>Who makes each operation in the best way, or null when none delivers in time.</summary>
    /// <param name="apart">Ways of other lots of the batch: their workshops are avoided where others can do the same, or else their machines.</param>
    /// <param name="mostCents">What it may cost, transport included.</param>
    public WayStep[]? Best(LineModel model, decimal quantity, Objective objective, int latestDelivery, IReadOnlyList<WayStep[]> apart, long mostCents)
    {
        List<Label?> labels = [null];
        for (var index = 0; index < model.Operations.Length; index++)
        {
            var next = new List<Label>();
            // What is left of the budget is for the steps to come as well.
            var outer = _planning.Budget.Narrow(1.0 / (model.Operations.Length - index));
            foreach (var avoided in Avoided(apart, index))
            {
                next = new Step(this, model, index, quantity, objective, latestDelivery, avoided, mostCents).From(labels);
                if (next.Count > 0) break;
            }

            _planning.Budget.Widen(outer);
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

    private sealed class Step(LotSearch search, LineModel model, int index, decimal quantity, Objective objective, int latestDelivery, HashSet<int>? avoided, long mostCents)
    {
        private readonly PlanningContext _context = search._planning;
        private readonly OperationModel _operation = model.Operations[index];
        private readonly bool _isLast = index == model.Operations.Length - 1;
        private readonly decimal _weight = quantity * model.Line.UnitWeightKg;
        private readonly StepBounds _bounds = new(search._planning, model, index, quantity) { IsLast = index == model.Operations.Length - 1 };
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
            var (groups, blocks) = (_operation.Eligible.Index!.Groups, _operation.Eligible.Index!.Blocks);
            // Best first, groups of blocks and then blocks (Hjaltason and Samet, ACM TODS 1999); a group has a negative number.
            var queue = new PriorityQueue<(int Label, int Block), Measure>(origins.Count * groups.Length, objective);
            void Enqueue(int label, int number, IndexBlock block)
            {
                var bound = _bounds.Of(origins[label], block);
                if (IsPromising(bound)) queue.Enqueue((label, number), bound);
            }

            for (var label = 0; label < origins.Count; label++)
            {
                for (var group = 0; group < groups.Length; group++) Enqueue(label, ~group, groups[group].Bounds);
            }

            while (queue.TryDequeue(out var at, out var bound))
            {
                if (!IsPromising(bound)) break;
                if (at.Block < 0)
                {
                    var group = groups[~at.Block];
                    for (var block = group.First; block < group.End; block++) Enqueue(at.Label, block, blocks[block]);
                    continue;
                }

                var label = labels[at.Label];
                UsePeople(label, 1);
                var goesOn = Look(label, at.Label, origins[at.Label], blocks[at.Block]);
                UsePeople(label, -1);
                if (!goesOn) break;
            }

            return _found;
        }

        /// <summary>Whether something that comes to no less than this could be in time and among the best.</summary>
        private bool IsPromising(Measure bound) =>
            _context.Budget.IsExhaustive || (bound.Minute <= latestDelivery && bound.Cents <= mostCents && (Threshold is not { } threshold || objective.Compare(bound, threshold) <= 0));

        /// <summary>The same of the machines of a workshop that share the work.</summary>
        private bool IsPromising(in Origin origin, IndexBlock block, int index)
        {
            var bound = _bounds.Shared(origin, block, index, out var ready);
            if (!IsPromising(bound)) return false;
            var latest = Threshold is { } threshold ? Math.Min(latestDelivery, objective.Latest(threshold, bound.Cents, bound.Km)) : latestDelivery;
            return _context.Budget.IsExhaustive || _bounds.HasRoom(block, index, ready, latest);
        }

        /// <returns>False when the budget is spent.</returns>
        private bool Look(Label? label, int number, in Origin origin, IndexBlock block)
        {
            var entries = block.Entries;
            for (var i = 0; i < entries.Length; i++)
            {
                ref readonly var entry = ref entries[i];
                if (!_operation.Eligible.MayTake(entry) || avoided?.Contains(~entry.Workshop) == true || avoided?.Contains(entry.Machine) == true) continue;
                var calendar = _context.Snapshot.CalendarAt(entry.Machine);
                var alone = IsPromising(_bounds.Alone(origin, entry, calendar, out var minutes, out var ready));
                var together = _mayShare && !_sharedTried.Contains((number, entry.Workshop)) && IsPromising(origin, block, i);
                if (!alone && !together) continue;
                if (_operation.EarliestEnd(_context, entry.Machine, minutes, ready) is not { } end) return false;
                alone = alone && end != int.MaxValue && IsPromising(_bounds.Alone(origin, entry, end));
                // Sharing takes set-ups more; where only price or distance counts it is for what one machine cannot do at all.
                together = together && (objective.Splits || end == int.MaxValue);
                if ((!alone && !together) || _operation.Candidate(_context, model.Line, entry) is not { } candidate) continue;
                if (alone) Try(label, number, candidate);
                if (together && _sharedTried.Add((number, entry.Workshop))) TryShared(label, number, candidate);
            }

            return true;
        }

        private void Try(Label? label, int number, Candidate candidate)
        {
            var (minutes, effort) = model.Effort(index, quantity, candidate);
            var there = Way(label, candidate.Workshop);
            var (cents, paid, km) = Cost(label, candidate.Workshop, there, effort);
            var ready = Math.Max(there.Arrives, candidate.Earliest);
            var latest = Latest(candidate.Workshop, ready, cents, km);
            var slots = _context.Slots;
            if (!slots.Find(candidate.Machine, candidate.Workshop, ready, minutes, _operation.Attendance, _operation.Operation.Interruptible, latest)) return;
            Keep(label, number, candidate, false, new Measure(slots.End, cents, km), paid, slots.Use);
        }

        /// <summary>When it must end to be delivered in time and come before what is found.</summary>
        private int Latest(WorkshopLoad workshop, int ready, long cents, int km)
        {
            if (Threshold is not { } threshold) return latestDelivery;
            var home = _context.ToCustomer(workshop, ready, _weight);
            return Math.Min(latestDelivery, objective.Latest(threshold, cents + home.Cents, km + home.Km));
        }

        private void TryShared(Label? label, int number, Candidate candidate)
        {
            var mark = _context.State.Mark;
            var there = Way(label, candidate.Workshop);
            var (least, _, way) = Cost(label, candidate.Workshop, there, model.Effort(index, quantity, candidate).Cents / 4);
            var runs = search._shared.Place(model, index, candidate, quantity, there.Arrives, Latest(candidate.Workshop, there.Arrives, least, way));
            if (runs is not null && runs.Count > 1)
            {
                var effort = runs.Sum(run => model.Effort(index, run.Quantity, run.Candidate).Cents);
                var use = runs.SelectMany(run => run.Use).ToList();
                var end = runs.Max(run => run.End);
                _context.State.GiveBackTo(mark);
                var (cents, paid, km) = Cost(label, candidate.Workshop, there, effort);
                Keep(label, number, candidate, true, new Measure(end, cents, km), paid, use);
            }

            _context.State.GiveBackTo(mark);
        }

        /// <summary>Cents to compare, cents to pay, and tenths of km by the end of the step.</summary>
        private (long Cents, long Paid, int Km) Cost(Label? label, WorkshopLoad workshop, Leg there, long effort)
        {
            if (workshop.Operations == 0 && label?.Visits(workshop) != true) effort = Math.Max(effort, (long)(workshop.Capacity.MinimumOrder * 100m));
            var compared = _context.IsFair ? (long)(effort * workshop.Handicap) : effort;
            return ((label?.Cents ?? 0) + there.Cents + compared, (label?.Paid ?? 0) + there.Cents + effort, (label?.Km ?? 0) + there.Km);
        }

        private void Keep(Label? before, int number, Candidate candidate, bool shared, Measure reached, long paid, List<(int Day, int Amount)> use)
        {
            var home = _context.ToCustomer(candidate.Workshop, reached.Minute, _weight);
            if (home.Arrives > latestDelivery || paid + home.Cents > mostCents) return;
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
            _found.Insert(at < 0 ? _found.Count : at, new Label(before, candidate, shared, reached, paid, order, [.. use]));
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
            if (label is not null) return new Origin(label.Candidate.Workshop.Capacity.Position.UnitVector(), label.End, label.Paid, label.Km);
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

    private sealed class Label(Label? before, Candidate candidate, bool shared, Measure reached, long paid, Order order, (int Day, int Amount)[] use)
    {
        public Label? Before => before;

        public Candidate Candidate => candidate;

        public Order Order => order;

        public Measure Outlook => order.Outlook;

        public (int Day, int Amount)[] Use => use;

        public int End => reached.Minute;

        public long Cents => reached.Cents;

        /// <summary>What it costs, where <see cref="Cents"/> is what it is compared by.</summary>
        public long Paid => paid;

        public int Km => reached.Km;

        public bool Visits(WorkshopLoad workshop) => candidate.Workshop == workshop || before?.Visits(workshop) == true;

        public WayStep[] Path() => before is null ? [new WayStep(candidate, shared)] : [.. before.Path(), new WayStep(candidate, shared)];
    }
}
