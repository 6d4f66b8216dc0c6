namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>
/// Fills a pool of plans, each made for another aim, and takes the best of it for each kind; where fairness counts, the fairest of those that are
/// as good but for at most <see cref="RoutingLimits.FairnessCost"/> of the price.
/// </summary>
internal sealed class PlanChoice(PlanningContext context, BatchPlanner batches, IReadOnlyList<LineModel> models, int latest)
{
    private readonly PlanBuilder _builder = new(context);
    private readonly List<Plan> _pool = [];

    /// <summary>What the lots of a plan's lines come to, in cents for comparing.</summary>
    private readonly Dictionary<Plan, Dictionary<LineModel, long>> _cents = new(ReferenceEqualityComparer.Instance);
    private int _runsLeft;

    /// <param name="soonest">Lots of the fastest plan.</param>
    public List<Plan> Choose(IReadOnlyList<LotDraft> soonest)
    {
        var isFair = context.Request.ShareOfWork.Count > 0;
        _runsLeft = isFair ? 7 : 4;
        Pool(soonest);
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
            foreach (var plan in ((PlanKind[])[PlanKind.Fastest, PlanKind.Cheapest, PlanKind.Balanced]).Select(kind => best[(int)kind]).Distinct(ReferenceEqualityComparer.Instance).Cast<Plan>())
                Add(PlanKind.Cheapest, default, context.Clock.EndOf(plan.PromiseDate), _cents[plan]);
            context.IsFair = false;
        }

        var chosen = kinds.Select(kind => (Kind: kind, Plan: isFair ? Fairest(kind, best[(int)kind]) : best[(int)kind], Best: best[(int)kind])).ToList();
        var distinct = chosen.GroupBy(choice => (choice.Plan.PromiseDate, choice.Plan.Price.ExclTax, choice.Plan.Km)).ToList();
        return [.. distinct.Select(same => same.First().Plan with
        {
            Kind = same.First().Kind,
            Also = [.. same.Skip(1).Select(choice => choice.Kind)],
            Reason = PlanReasons.Of(same.First().Plan with { Kind = same.First().Kind }, [.. same.Skip(1).Select(choice => choice.Kind)],
                chosen[(int)PlanKind.Fastest].Plan, chosen[(int)PlanKind.Cheapest].Plan, same.First().Best),
        })];
    }

    /// <summary>
    /// The plan whose workshops had least of their share, of those that are no later and at most 3 % dearer, and of no more km where these are what counts.
    /// </summary>
    private Plan Fairest(PlanKind kind, Plan best) => _pool
        .Where(plan => plan.PromiseDate <= best.PromiseDate && (kind != PlanKind.Nearest || plan.Km <= best.Km)
            && plan.Price.ExclTax.Cents <= best.Price.ExclTax.Cents * (1 + RoutingLimits.FairnessCost))
        .MinBy(plan => (ShareOfWork(plan), plan.Price.ExclTax.Cents))!;

    /// <summary>What the workshops of a plan had lately, weighed by what they would get.</summary>
    private decimal ShareOfWork(Plan plan)
    {
        var cents = plan.Shares.Sum(share => share.Total.Cents);
        return cents == 0 ? 1 : plan.Shares.Sum(share => share.Total.Cents * context.Request.ShareOfWork.GetValueOrDefault(share.Workshop, 1)) / cents;
    }

    /// <param name="atMost">What each line may cost besides <see cref="RoutingLimits.FairnessCost"/>; null when it does not matter.</param>
    private void Add(PlanKind kind, Measure spread, int latestDelivery, Dictionary<LineModel, long>? atMost = null)
    {
        context.Budget.Share(1.0 / _runsLeft--);
        var aim = new Objective(kind, spread);
        var drafts = new List<LotDraft>();
        var complete = models.All(model =>
        {
            if (atMost is not null)
            {
                if (batches.Plan(model, aim, latestDelivery, (long)(atMost[model] * (1 + RoutingLimits.FairnessCost))) is not { } fair) return false;
                drafts.AddRange(fair);
                return true;
            }

            // The best few for the aim may all turn out too late; the soonest may not.
            if ((batches.Plan(model, aim, latestDelivery) ?? batches.Plan(model, Objective.Soonest, latestDelivery)) is not { } lots) return false;
            drafts.AddRange(lots);
            return true;
        });
        if (complete) Pool(drafts);
        context.State.GiveBackTo(0);
    }

    private void Pool(IReadOnlyList<LotDraft> drafts)
    {
        var plan = _builder.Build(drafts);
        _pool.Add(plan);
        _cents[plan] = drafts.GroupBy(lot => lot.Model).ToDictionary(line => line.Key, line => line.Sum(lot => lot.Cents));
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
