using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>
/// Finds who can make an order, where, by when and at what price. Pure and deterministic: the same request over the same
/// snapshot within the same number of calendars gives the same plans.
/// </summary>
public static class RoutePlanner
{
    private const int NoLimit = int.MaxValue - 1;

    /// <summary>The part of the budget that may go into finding out what is possible at all.</summary>
    private const double ForPossible = 0.5;

    /// <param name="schedule">How goods travel; <see cref="TransportSchedule.Default"/> when null.</param>
    /// <param name="limits">How long it may take; <see cref="PlanningLimits.Default"/> when null.</param>
    /// <exception cref="OperationCanceledException">The caller gave up, through the token in the limits.</exception>
    public static RoutingResult Plan(RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule? schedule = null, PlanningLimits? limits = null)
    {
        limits ??= PlanningLimits.Default;
        limits.Cancellation.ThrowIfCancellationRequested();
        if (RequestCheck.Check(request) is { } reason) return new RoutingResult.Refused(reason);
        var run = new Run(new PlanningContext(request, snapshot, rules, schedule ?? TransportSchedule.Default, limits));
        return run.Answer();
    }

    private sealed class Run(PlanningContext context)
    {
        private readonly BatchPlanner _batches = new(context);
        private readonly List<UnavailableLine> _unavailable = [];

        /// <summary>The lots of the fastest plan, from finding out which lines are possible.</summary>
        private readonly List<LotDraft> _soonest = [];

        public RoutingResult Answer()
        {
            var latest = context.Request.Due is { } due ? context.Clock.EndOf(due) : NoLimit;
            var models = Possible(latest);
            var plans = models.Count == 0 ? [] : new PlanChoice(context, _batches, models, latest).Choose(_soonest);
            return new RoutingResult.Answered(plans, [.. _unavailable.OrderBy(line => line.Line)]);
        }

        /// <summary>The lines that can be made and delivered in time, longest work first; the others are noted with what blocks them.</summary>
        private List<LineModel> Possible(int latest)
        {
            var prepared = context.Request.Lines.Select(Prepare).OfType<LineModel>().OrderByDescending(Work).ThenBy(model => model.Line.Line).ToList();
            var late = new List<LineModel>();
            context.Budget.Share(ForPossible);
            foreach (var model in prepared)
            {
                if (_batches.Plan(model, Objective.Soonest, latest) is { } lots) _soonest.AddRange(lots);
                else late.Add(model);
            }

            if (late.Count > 0)
            {
                var explain = new LateLines(context, _batches, latest);
                _unavailable.AddRange(late.Select(explain.Explain));
            }

            context.State.GiveBackTo(0);
            return [.. prepared.Except(late)];
        }

        private LineModel? Prepare(RoutingLine line)
        {
            var eligible = new List<Eligibility>(line.Operations.Count);
            foreach (var operation in line.Operations)
            {
                var machines = new Eligibility(line, operation, context.Request, context.Snapshot, context.Rules);
                if (Obstacles.Of(operation, machines, context.Snapshot, context.Rules) is { } blocked)
                {
                    _unavailable.Add(new UnavailableLine(line.Line, blocked.Reason) { Remedies = blocked.Remedies });
                    return null;
                }

                eligible.Add(machines);
            }

            return context.Prepare(line, eligible);
        }

        private static decimal Work(LineModel model) =>
            model.Operations.Sum(operation => WorkTime.Minutes(operation.Operation, model.Line.Quantity, 1));
    }
}
