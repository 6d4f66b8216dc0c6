namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>
/// The best way to make one lot: label-setting over its operations. A label is a partial plan (where the goods are, when, for
/// how much, after how many km); of the labels that no other beats, the most promising go on.
/// </summary>
internal sealed class LotSearch(PlanningContext context)
{
    /// <summary>Labels kept per operation for the objective, and besides them the earliest, in case time runs short later.</summary>
    private const int Beam = 8;
    private const int Earliest = 2;

    /// <summary>The machines of the best way, one per operation, or null when none delivers in time.</summary>
    /// <param name="apart">Ways of other lots of the batch: their workshops are avoided where others can do the same.</param>
    public Candidate[]? Best(LineModel model, decimal quantity, Objective objective, int latestDelivery, IReadOnlyList<Candidate[]> apart)
    {
        var weight = quantity * model.Line.UnitWeightKg;
        List<Label?> labels = [null];
        for (var index = 0; index < model.Operations.Length; index++)
        {
            var operation = model.Operations[index];
            var candidates = Apart(operation.Candidates, index, apart);
            var efforts = candidates.ConvertAll(candidate => model.Effort(index, quantity, candidate));
            var step = new Step(model, operation, weight, latestDelivery, objective, index == model.Operations.Length - 1);

            var next = new List<Label>();
            foreach (var label in labels)
            {
                UsePeople(label, 1);
                var there = default(Leg);
                for (var i = 0; i < candidates.Count; i++)
                {
                    if (i == 0 || candidates[i].Workshop != candidates[i - 1].Workshop) there = Way(step, label, candidates[i].Workshop);
                    Extend(step, label, there, candidates[i], efforts[i], next);
                }

                UsePeople(label, -1);
            }

            if (next.Count == 0) return null;
            labels = step.IsLast ? [.. next] : Promising(next, objective);
        }

        return labels[0]!.Path();
    }

    private Leg Way(Step step, Label? label, WorkshopLoad to) => label is null
        ? context.FromGoods(step.Model.Line.Goods, to, step.WeightKg)
        : context.Between(label.Candidate.Workshop, to, label.End, step.WeightKg);

    private void Extend(Step step, Label? label, Leg there, Candidate candidate, (int Minutes, long Cents) effort, List<Label> labels)
    {
        var (minutes, cents) = effort;
        if (candidate.Workshop.Operations == 0 && label?.Visits(candidate.Workshop) != true)
            cents = Math.Max(cents, (long)(candidate.Workshop.Capacity.MinimumOrder * 100m));
        cents += (label?.Cents ?? 0) + there.Cents;
        var km = (label?.Km ?? 0) + there.Km;

        var ready = Math.Max(there.Arrives, candidate.Earliest);
        if (ready > step.LatestDelivery - minutes) return;
        // If even working without a break would not do better than what is known, its calendar need not be looked at.
        if (IsBeaten(step, candidate, new Measure(ready + minutes, cents, km), labels)) return;
        if (!context.Slots.Find(candidate.Machine, candidate.Workshop, ready, minutes, step.Operation.Attendance, step.Operation.Operation.Interruptible, step.LatestDelivery))
            return;

        var reached = new Measure(context.Slots.End, cents, km);
        if (IsBeaten(step, candidate, reached, labels)) return;
        var outlook = Outlook(step, candidate, reached);
        if (outlook.Delivered > step.LatestDelivery) return;
        if (step.IsLast) labels.Clear();
        else labels.RemoveAll(other => other.Candidate.Workshop == candidate.Workshop && reached.IsNoWorseThan(other.Reached));
        labels.Add(new Label(label, candidate, reached, outlook.Measure, [.. context.Slots.Use]));
    }

    /// <summary>What it amounts to if the goods go straight to the customer from here.</summary>
    private (Measure Measure, int Delivered) Outlook(Step step, Candidate candidate, Measure reached)
    {
        var home = context.ToCustomer(candidate.Workshop, reached.Minute, step.WeightKg);
        return (new Measure(step.IsLast ? home.Arrives : reached.Minute, reached.Cents + home.Cents, reached.Km + home.Km), home.Arrives);
    }

    /// <summary>In the end only the best counts; before, a label goes on unless one at the same workshop is no worse in anything.</summary>
    private bool IsBeaten(Step step, Candidate candidate, Measure reached, List<Label> labels)
    {
        if (step.IsLast) return labels.Count > 0 && step.Objective.Compare(labels[0].Outlook, Outlook(step, candidate, reached).Measure) <= 0;
        foreach (var other in labels)
        {
            if (other.Candidate.Workshop == candidate.Workshop && other.Reached.IsNoWorseThan(reached)) return true;
        }

        return false;
    }

    private static List<Label?> Promising(List<Label> labels, Objective objective)
    {
        if (labels.Count <= Beam) return [.. labels];
        // OrderBy is stable, so equal labels keep the fixed order of the machines.
        var byObjective = labels.OrderBy(label => label.Outlook, Comparer<Measure>.Create(objective.Compare)).Take(Beam).ToList<Label?>();
        byObjective.AddRange(labels.OrderBy(label => label.End).Take(Earliest).Where(label => !byObjective.Contains(label)));
        return byObjective;
    }

    private static List<Candidate> Apart(Candidate[] candidates, int index, IReadOnlyList<Candidate[]> others)
    {
        var elsewhere = candidates.Where(candidate => !others.Any(other => other[index].Workshop == candidate.Workshop)).ToList();
        if (elsewhere.Count == 0) elsewhere = [.. candidates.Where(candidate => !others.Any(other => other[index].Machine == candidate.Machine))];
        return elsewhere.Count == 0 ? [.. candidates] : elsewhere;
    }

    private static void UsePeople(Label? label, int sign)
    {
        for (; label is not null; label = label.Before) PlanningState.UsePeople(label.Candidate.Workshop, label.Use, sign);
    }

    private sealed record Step(LineModel Model, OperationModel Operation, decimal WeightKg, int LatestDelivery, Objective Objective, bool IsLast);

    private sealed class Label(Label? before, Candidate candidate, Measure reached, Measure outlook, (int Day, int Amount)[] use)
    {
        public Label? Before => before;

        public Candidate Candidate => candidate;

        public Measure Reached => reached;

        public Measure Outlook => outlook;

        public (int Day, int Amount)[] Use => use;

        public int End => reached.Minute;

        public long Cents => reached.Cents;

        public decimal Km => reached.Km;

        public bool Visits(WorkshopLoad workshop) => candidate.Workshop == workshop || before?.Visits(workshop) == true;

        public Candidate[] Path() => before is null ? [candidate] : [.. before.Path(), candidate];
    }
}
