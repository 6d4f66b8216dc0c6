using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>
/// Finds who can make an order, where, by when and at what price. Pure and deterministic: the same request over the same
/// snapshot gives the same plans.
/// </summary>
public static class RoutePlanner
{
    private const int NoLimit = int.MaxValue - 1;

    /// <param name="schedule">How goods travel; <see cref="TransportSchedule.Default"/> when null.</param>
    public static RoutingResult Plan(RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule? schedule = null)
    {
        if (RequestCheck.Check(request) is { } reason) return new RoutingResult.Refused(reason);
        var run = new Run(new PlanningContext(request, snapshot, rules, schedule ?? TransportSchedule.Default));
        return run.Answer();
    }

    private sealed class Run(PlanningContext context)
    {
        private readonly BatchPlanner _batches = new(context);
        private readonly PlanBuilder _builder = new(context);
        private readonly List<UnavailableLine> _unavailable = [];

        /// <summary>The lots of the fastest plan, from finding out which lines are possible.</summary>
        private readonly List<LotDraft> _soonest = [];

        public RoutingResult Answer()
        {
            var latest = context.Request.Due is { } due ? context.Clock.Ceiling(ParisTime.ToUtc(due.AddDays(1), TimeOnly.MinValue)) - 1 : NoLimit;
            var models = Possible(latest);
            var plans = models.Count == 0 ? [] : Choose(models, latest);
            return new RoutingResult.Answered(plans, [.. _unavailable.OrderBy(line => line.Line)]);
        }

        /// <summary>The lines that can be made and delivered in time, longest work first; the others are noted with what blocks them.</summary>
        private List<LineModel> Possible(int latest)
        {
            var prepared = context.Request.Lines.Select(Prepare).OfType<LineModel>().OrderByDescending(Work).ThenBy(model => model.Line.Line).ToList();
            var soonest = new Objective(PlanKind.Fastest, default);
            var late = new List<LineModel>();
            foreach (var model in prepared)
            {
                if (_batches.Plan(model, soonest, latest) is { } lots) _soonest.AddRange(lots);
                else late.Add(model);
            }

            foreach (var model in late)
            {
                var lots = _batches.Plan(model, soonest, NoLimit);
                _unavailable.Add(new UnavailableLine(model.Line.Line, Late(lots, model), lots is null ? null : context.Clock.DateOf(lots.Max(lot => lot.Delivered))));
            }

            context.State.GiveBackTo(0);
            return [.. prepared.Except(late)];
        }

        private LineModel? Prepare(RoutingLine line)
        {
            var eligible = new List<IReadOnlyList<MachineCapacity>>(line.Operations.Count);
            foreach (var operation in line.Operations)
            {
                var (machines, blocked) = Eligibility.Of(line, operation, context.Request, context.Snapshot, context.Rules);
                if (blocked is not null)
                {
                    _unavailable.Add(new UnavailableLine(line.Line, blocked));
                    return null;
                }

                eligible.Add(machines);
            }

            return context.Prepare(line, eligible);
        }

        private Reason Late(IReadOnlyList<LotDraft>? lots, LineModel model)
        {
            if (lots is not null && context.Request.Due is { } due)
            {
                var possible = context.Clock.DateOf(lots.Max(lot => lot.Delivered));
                return new Reason("not-before-due-date",
                    $"Personne n'est libre à temps pour livrer le {Wording.Fr(due)}. Au plus tôt : le {Wording.Fr(possible)}. Reculez la date ou réduisez la quantité.",
                    $"Nobody is free in time to deliver on {Wording.En(due)}. The earliest is {Wording.En(possible)}. Move the date or lower the quantity.") { Field = "dueDate" };
            }

            foreach (var operation in model.Operations.Where(operation => !operation.Operation.Interruptible))
            {
                var longest = operation.Candidates.Max(candidate => candidate.Machine.LongestGap);
                var needed = operation.Candidates.Min(candidate => operation.Minutes(model.Line.Quantity, candidate));
                if (needed <= longest) continue;
                var label = operation.Operation.Label;
                return new Reason("operation-too-long",
                    $"« {label.French} » dure {Wording.Hours(needed)} sans interruption possible, et aucune machine n'est libre plus de {Wording.Hours(longest)} d'affilée. Réduisez la quantité ou autorisez l'interruption.",
                    $"\"{label.English}\" takes {Wording.Hours(needed)} and may not be interrupted, and no machine is free for more than {Wording.Hours(longest)} at a stretch. Lower the quantity or allow interruption.");
            }

            var days = (int)RoutingLimits.Horizon.TotalDays;
            return new Reason("nobody-free",
                $"Aucun atelier n'a assez de temps libre dans les {days} jours. Réduisez la quantité ou découpez la commande.",
                $"No workshop has enough free time within {days} days. Lower the quantity or divide the order.");
        }

        private List<Plan> Choose(List<LineModel> models, int latest)
        {
            var soonest = _builder.Build(_soonest);
            var pool = new List<Plan> { soonest };
            // With the date known, lines that are not the last may be made at leisure, and for less.
            var atLeisure = context.Clock.Ceiling(ParisTime.ToUtc(soonest.PromiseDate.AddDays(1), TimeOnly.MinValue)) - 1;
            Add(pool, Build(models, PlanKind.Cheapest, default, atLeisure));
            Add(pool, Build(models, PlanKind.Cheapest, default, latest));
            Add(pool, Build(models, PlanKind.Nearest, default, latest));
            var spread = Spread([.. pool.Select(Measured)]);
            Add(pool, Build(models, PlanKind.Balanced, spread, latest));

            var chosen = Enum.GetValues<PlanKind>().Select(kind =>
                (Kind: kind, Plan: pool.MinBy(Measured, Comparer<Measure>.Create(new Objective(kind, spread).Compare))!)).ToList();
            var distinct = chosen.GroupBy(choice => (choice.Plan.PromiseDate, choice.Plan.Price.ExclTax, choice.Plan.Km)).ToList();
            return [.. distinct.Select(same => same.First().Plan with
            {
                Kind = same.First().Kind,
                Reason = PlanReasons.Of(same.First().Plan with { Kind = same.First().Kind }, [.. same.Skip(1).Select(choice => choice.Kind)],
                    chosen[(int)PlanKind.Fastest].Plan, chosen[(int)PlanKind.Cheapest].Plan),
            })];
        }

        private static void Add(List<Plan> pool, Plan? plan)
        {
            if (plan is not null) pool.Add(plan);
        }

        private Plan? Build(List<LineModel> models, PlanKind kind, Measure spread, int latest)
        {
            var aim = new Objective(kind, spread);
            var drafts = new List<LotDraft>();
            var complete = models.TrueForAll(model =>
            {
                if (_batches.Plan(model, aim, latest) is not { } lots) return false;
                drafts.AddRange(lots);
                return true;
            });
            var plan = complete ? _builder.Build(drafts) : null;
            context.State.GiveBackTo(0);
            return plan;
        }

        /// <summary>How far plans lie apart; a day, 20 km and a twentieth of the cost at least, so that less never decides.</summary>
        private static Measure Spread(IReadOnlyList<Measure> plans) => new(
            Math.Max(24 * 60, plans.Max(plan => plan.Minute) - plans.Min(plan => plan.Minute)),
            Math.Max(1 + plans.Min(plan => plan.Cents) / 20, plans.Max(plan => plan.Cents) - plans.Min(plan => plan.Cents)),
            Math.Max(20, plans.Max(plan => plan.Km) - plans.Min(plan => plan.Km)));

        /// <summary>By whole days: a plan is not faster because it comes an hour earlier.</summary>
        private Measure Measured(Plan plan) =>
            new(context.Clock.Ceiling(ParisTime.ToUtc(plan.PromiseDate, TimeOnly.MinValue)), plan.Price.ExclTax.Cents, plan.Km);

        private static decimal Work(LineModel model) =>
            model.Operations.Sum(operation => WorkTime.Minutes(operation.Operation, model.Line.Quantity, 1));
    }
}
