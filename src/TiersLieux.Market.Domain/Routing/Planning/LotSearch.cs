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
            var isLast = index == model.Operations.Length - 1;
            var candidates = Apart(operation.Candidates, index, apart);
            var work = candidates.ConvertAll(candidate => (Minutes: operation.Minutes(quantity, candidate), Cents: model.Cents(index, quantity, candidate)));

            var next = new List<Label>();
            foreach (var label in labels)
            {
                UsePeople(label, 1);
                for (var i = 0; i < candidates.Count; i++)
                {
                    if (Extend(model, operation, label, candidates[i], work[i].Minutes, work[i].Cents, weight, latestDelivery, isLast) is { } longer)
                        Insert(next, longer);
                }

                UsePeople(label, -1);
            }

            if (next.Count == 0) return null;
            labels = Promising(next, objective);
        }

        return labels.OfType<Label>().MinBy(label => label.Outlook, Comparer<Measure>.Create(objective.Compare))?.Path();
    }

    private Label? Extend(
        LineModel model, OperationModel operation, Label? label, Candidate candidate, int minutes, long cents, decimal weight, int latestDelivery, bool isLast)
    {
        var there = label is null
            ? context.FromGoods(model.Line.Goods, candidate.Workshop, weight)
            : context.Between(label.Candidate.Workshop, candidate.Workshop, label.End, weight);
        if (!context.Slots.Find(candidate.Machine, candidate.Workshop, Math.Max(there.Arrives, candidate.Earliest), minutes,
            operation.Attendance, operation.Operation.Interruptible, latestDelivery))
        {
            return null;
        }

        var end = context.Slots.End;
        if (candidate.Workshop.Operations == 0 && label?.Visits(candidate.Workshop) != true)
            cents = Math.Max(cents, (long)(candidate.Workshop.Capacity.MinimumOrder * 100m));
        cents += (label?.Cents ?? 0) + there.Cents;
        var km = (label?.Km ?? 0) + there.Km;
        var home = context.ToCustomer(candidate.Workshop, end, weight);
        if (home.Arrives > latestDelivery) return null;
        return new Label(label, candidate, end, cents, km, new Measure(isLast ? home.Arrives : end, cents + home.Cents, km + home.Km), [.. context.Slots.Use]);
    }

    /// <summary>Adds a label unless one at the same workshop is no worse in anything; drops those it beats.</summary>
    private static void Insert(List<Label> labels, Label added)
    {
        for (var i = labels.Count - 1; i >= 0; i--)
        {
            var other = labels[i];
            if (other.Candidate.Workshop != added.Candidate.Workshop) continue;
            if (other.IsNoWorseThan(added)) return;
            if (added.IsNoWorseThan(other)) labels.RemoveAt(i);
        }

        labels.Add(added);
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

    private sealed record Label(Label? Before, Candidate Candidate, int End, long Cents, decimal Km, Measure Outlook, (int Day, int Amount)[] Use)
    {
        public bool Visits(WorkshopLoad workshop) => Candidate.Workshop == workshop || Before?.Visits(workshop) == true;

        public bool IsNoWorseThan(Label other) => End <= other.End && Cents <= other.Cents && Km <= other.Km;

        public Candidate[] Path() => Before is null ? [Candidate] : [.. Before.Path(), Candidate];
    }
}
