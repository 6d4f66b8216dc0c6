namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>
/// Fills a pool of plans, each made for another aim, and takes the best of it for each kind; where fairness counts, the fairest of those that are
/// as good but for at most <see cref="RoutingLimits.FairnessCost"/> of the price.
/// </summary>
internal sealed class PlanChoice(PlanningContext context, BatchPlanner batches, IReadOnlyList<LineModel> models, int latest)
{
    private readonly PlanBuilder _builder = new(context);
    private readonly List<Plan> _pool = [];
    private int _runsLeft;

    /// <param name="soonest">Lots of the fastest plan.</param>
    public List<Plan> Choose(IReadOnlyList<LotDraft> soonest)
    {
        var isFair = context.Request.ShareOfWork.Count > 0;
        _runsLeft = isFair ? 6 : 4;
        _pool.Add(_builder.Build(soonest));
        // With the date known, lines that are not the last may be made at leisure, and for less.
        Add(PlanKind.Cheapest, default, context.Clock.EndOf(_pool[0].PromiseDate));
        Add(PlanKind.Cheapest, default, latest);
        Add(PlanKind.Nearest, default, latest);
        var spread = Spread([.. _pool.Select(Measured)]);
        Add(PlanKind.Balanced, spread, latest);
        var kinds = Enum.GetValues<PlanKind>();
        var best = kinds.Select(kind => _pool.MinBy(Measured, new Objective(kind, spread))!).ToList();
        if (isFair)
        {
            context.IsFair = true;
            Add(PlanKind.Cheapest, default, latest);
            Add(PlanKind.Balanced, spread, context.Clock.EndOf(best[(int)PlanKind.Balanced].PromiseDate));
            context.IsFair = false;
        }

        var chosen = kinds.Select(kind => (Kind: kind, Plan: isFair ? Fairest(best[(int)kind]) : best[(int)kind], Best: best[(int)kind])).ToList();
        var distinct = chosen.GroupBy(choice => (choice.Plan.PromiseDate, choice.Plan.Price.ExclTax, choice.Plan.Km)).ToList();
        return [.. distinct.Select(same => same.First().Plan with
        {
            Kind = same.First().Kind,
            Also = [.. same.Skip(1).Select(choice => choice.Kind)],
            Reason = PlanReasons.Of(same.First().Plan with { Kind = same.First().Kind }, [.. same.Skip(1).Select(choice => choice.Kind)],
                chosen[(int)PlanKind.Fastest].Plan, chosen[(int)PlanKind.Cheapest].Plan, same.First().Best),
        })];
    }

    /// <summary>A plan no later and of no more km, that costs at most 3 % more and goes to workshops that had less than their share.</summary>
    private Plan Fairest(Plan best) => _pool
        .Where(plan => plan.PromiseDate <= best.PromiseDate && plan.Km <= Math.Max(best.Km * (1 + RoutingLimits.FairnessCost), best.Km + FairnessKm)
            && plan.Price.ExclTax.Cents <= best.Price.ExclTax.Cents * (1 + RoutingLimits.FairnessCost))
        .MinBy(plan => (ShareOfWork(plan), plan.Price.ExclTax.Cents))!;

    /// <summary>Fairness may also cost a short detour.</summary>
    private const decimal FairnessKm = 10;

    /// <summary>What the workshops of a plan had lately, weighed by what they would get.</summary>
    private decimal ShareOfWork(Plan plan)
    {
        var cents = plan.Shares.Sum(share => share.Total.Cents);
        return cents == 0 ? 1 : plan.Shares.Sum(share => share.Total.Cents * context.Request.ShareOfWork.GetValueOrDefault(share.Workshop, 1)) / cents;
    }

    private void Add(PlanKind kind, Measure spread, int latestDelivery)
    {
        context.Budget.Share(1.0 / _runsLeft--);
        var aim = new Objective(kind, spread);
        var drafts = new List<LotDraft>();
        var complete = models.All(model =>
        {
            // The best few for the aim may all turn out too late; the soonest may not.
            if ((batches.Plan(model, aim, latestDelivery) ?? batches.Plan(model, Objective.Soonest, latestDelivery)) is not { } lots) return false;
            drafts.AddRange(lots);
            return true;
        });
        if (complete) _pool.Add(_builder.Build(drafts));
        context.State.GiveBackTo(0);
    }

    /// <summary>How far plans lie apart; a day, 20 km and a twentieth of the cost at least, so that less never decides.</summary>
    private static Measure Spread(IReadOnlyList<Measure> plans) => new(
        Math.Max(24 * 60, plans.Max(plan => plan.Minute) - plans.Min(plan => plan.Minute)),
        Math.Max(1 + plans.Min(plan => plan.Cents) / 20, plans.Max(plan => plan.Cents) - plans.Min(plan => plan.Cents)),
        Math.Max(200, plans.Max(plan => plan.Km) - plans.Min(plan => plan.Km)));

    /// <summary>By whole days: a plan is not faster because it comes an hour earlier.</summary>
    private Measure Measured(Plan plan) =>
        new(context.Clock.DayStart(plan.PromiseDate), plan.Price.ExclTax.Cents, (int)(plan.Km * 10));
}
