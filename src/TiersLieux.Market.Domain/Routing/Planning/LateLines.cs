using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>Says what blocks a line whose machines exist but have no time, and tries what would make it possible, beside the lines that are.</summary>
internal sealed class LateLines(PlanningContext context, BatchPlanner batches, int latest)
{
    private const int NoLimit = int.MaxValue - 1;

    /// <summary>Trials of a smaller quantity: the answer is exact to a 32nd.</summary>
    private const int Trials = 5;

    public UnavailableLine Explain(LineModel model)
    {
        context.Budget.Share(0.5);
        var remedies = new List<Remedy>();
        var lots = context.Request.Due is null ? null : Try(model, NoLimit);
        DateOnly? possible = lots is null ? null : context.Clock.DateOf(lots.Max(lot => lot.Delivered));
        if (possible is { } date) remedies.Add(Remedy.LaterDate(date));
        if (MoreLots(model) is { } more) remedies.Add(more);
        if (SmallerQuantity(model) is { } smaller) remedies.Add(smaller);
        return new UnavailableLine(model.Line.Line, Reason(possible, model), possible) { Remedies = remedies };
    }

    private Remedy? MoreLots(LineModel model)
    {
        if (model.Line.MaximumLots == RoutingLimits.MaximumLots) return null;
        var lots = Try(model with { Line = model.Line with { MaximumLots = RoutingLimits.MaximumLots } }, latest);
        return lots is { Count: > 1 } ? Remedy.MoreLots(lots.Count) : null;
    }

    private Remedy? SmallerQuantity(LineModel model)
    {
        var (most, least) = (0m, Math.Floor(model.Line.Quantity));
        for (var i = 0; i < Trials && least - most > 1; i++)
        {
            var quantity = Math.Floor((most + least) / 2);
            var price = model.Line.FixedPrices?.UnitPrice(quantity);
            var isSold = model.Line.FixedPrices is null || price is not null;
            if (isSold && Try(model with { Line = model.Line with { Quantity = quantity }, FixedUnitPrice = price }, latest) is not null) most = quantity;
            else least = quantity;
        }

        return most > 0 ? Remedy.SmallerQuantity(most) : null;
    }

    private IReadOnlyList<LotDraft>? Try(LineModel model, int latestDelivery)
    {
        var mark = context.State.Mark;
        var lots = batches.Plan(model, Objective.Soonest, latestDelivery);
        context.State.GiveBackTo(mark);
        return lots;
    }

    private Reason Reason(DateOnly? possible, LineModel model)
    {
        if (possible is { } date && context.Request.Due is { } due)
        {
            return new Reason("not-before-due-date",
                $"Personne n'est libre à temps pour livrer le {Wording.Fr(due)}. Au plus tôt : le {Wording.Fr(date)}. Reculez la date ou réduisez la quantité.",
                $"Nobody is free in time to deliver on {Wording.En(due)}. The earliest is {Wording.En(date)}. Move the date or lower the quantity.") { Field = "dueDate" };
        }

        foreach (var operation in model.Operations.Where(operation => !operation.Operation.Interruptible))
        {
            var (longest, needed) = Longest(operation, model.Line.Quantity);
            if (needed <= longest) continue;
            var label = operation.Operation.Label;
            return new Reason("operation-too-long",
                $"« {label.French} » dure {Wording.Hours(needed)} sans interruption possible, et aucune machine n'est libre plus de {Wording.Hours(longest)} d'affilée. Réduisez la quantité ou autorisez l'interruption.",
                $"\"{label.English}\" takes {Wording.Hours(needed)} and may not be interrupted, and no machine is free for more than {Wording.Hours(longest)} at a stretch. Lower the quantity or allow interruption.");
        }

        if (context.Budget.CutShort)
        {
            return new Reason("search-stopped",
                "Le calcul a été arrêté avant d'avoir trouvé un plan. Réduisez la commande ou laissez-lui plus de temps.",
                "The search was stopped before it had found a plan. Make the order smaller or give it more time.");
        }

        var days = (int)RoutingLimits.Horizon.TotalDays;
        return new Reason("nobody-free",
            $"Aucun atelier n'a assez de temps libre dans les {days} jours. Réduisez la quantité ou découpez la commande.",
            $"No workshop has enough free time within {days} days. Lower the quantity or divide the order.");
    }

    /// <summary>The longest stretch that any machine offers, and the least minutes that any of them needs.</summary>
    private (int Longest, int Needed) Longest(OperationModel operation, decimal quantity)
    {
        var (longest, needed) = (0, int.MaxValue);
        foreach (var machine in operation.Eligible.Index!.Blocks.SelectMany(block => block.Entries).Select(entry => entry.Machine))
        {
            var capacity = context.Snapshot.MachineAt(machine);
            if (!operation.Eligible.Takes(capacity)) continue;
            longest = Math.Max(longest, context.Snapshot.CalendarAt(machine).LongestStretch);
            needed = Math.Min(needed, WorkTime.Planned(WorkTime.Minutes(operation.Operation, quantity, capacity.Capabilities[operation.Operation.Process].Speed)));
        }

        return (longest, needed);
    }
}
