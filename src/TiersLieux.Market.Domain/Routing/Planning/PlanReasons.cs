using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>The sentence under a plan that says why one might choose it.</summary>
internal static class PlanReasons
{
    /// <summary>Days after which the limit of lots is worth a word.</summary>
    private const int LongProduction = 28;

    /// <param name="also">Other kinds for which this same plan is the best.</param>
    /// <param name="best">What would have been chosen if fairness did not count.</param>
    public static Text Of(Plan plan, IReadOnlyList<PlanKind> also, Plan fastest, Plan cheapest, Plan best)
    {
        var french = new List<string>();
        var english = new List<string>();
        void Say(string fr, string en)
        {
            french.Add(fr);
            english.Add(en);
        }

        var (date, price) = (plan.PromiseDate, plan.Price.ExclTax);
        switch (plan.Kind)
        {
            case PlanKind.Fastest:
                Say($"Livré le plus tôt, le {Wording.Fr(date)}", $"Delivered soonest, on {Wording.En(date)}");
                if (cheapest.PromiseDate > date)
                {
                    var (days, dearer) = (cheapest.PromiseDate.DayNumber - date.DayNumber, price - cheapest.Price.ExclTax);
                    Say($", {days} j avant le moins cher, pour {Wording.Fr(dearer)} hors taxes de plus", $", {Days(days)} before the cheapest, for {Wording.En(dearer)} more before tax");
                }

                break;
            case PlanKind.Cheapest:
                Say($"Le prix le plus bas, {Wording.Fr(price)} hors taxes", $"The lowest price, {Wording.En(price)} before tax");
                if (date > fastest.PromiseDate)
                {
                    var (days, less) = (date.DayNumber - fastest.PromiseDate.DayNumber, fastest.Price.ExclTax - price);
                    Say($", {Wording.Fr(less)} de moins que le plus rapide, {days} j plus tard", $", {Wording.En(less)} less than the fastest, {Days(days)} later");
                }

                break;
            case PlanKind.Nearest:
                Say($"Le moins de route, {Wording.Fr(plan.Km)} km, livré le {Wording.Fr(date)}", $"The least driving, {Wording.En(plan.Km)} km, delivered on {Wording.En(date)}");
                break;
            default:
                Say($"Un bon équilibre : livré le {Wording.Fr(date)}, {Wording.Fr(price)} hors taxes, {Wording.Fr(plan.Km)} km",
                    $"A good balance: delivered on {Wording.En(date)}, {Wording.En(price)} before tax, {Wording.En(plan.Km)} km");
                break;
        }

        Say(".", ".");
        var others = also.Where(kind => kind != PlanKind.Balanced).ToArray();
        if (others.Length > 0)
        {
            Say($" C'est aussi {string.Join(" et ", others.Select(kind => Superlative(kind).French))}.",
                $" It is also {string.Join(" and ", others.Select(kind => Superlative(kind).English))}.");
        }

        var workshops = plan.Shares.Count;
        if (workshops > 1) Say($" {workshops} ateliers y travaillent.", $" {workshops} workshops take part.");
        var split = plan.Lots.Where(lot => lot.Number == 2).Select(lot => plan.Lots.Count(other => other.Line == lot.Line)).DefaultIfEmpty(0).Max();
        if (split == RoutingLimits.MaximumLots && plan.PromiseDate.DayNumber - ParisTime.DateOf(plan.Lots.Min(lot => lot.Operations.Min(operation => operation.Start))).DayNumber > LongProduction)
        {
            Say($" La série est partagée en {split} lots, le plus permis : plusieurs commandes plus petites pourraient aller plus vite.",
                $" The batch is shared out in {split} lots, the most allowed: several smaller orders might be sooner.");
        }
        else if (split > 1) Say($" La série est partagée en {split} lots pour aller plus vite.", $" The batch is shared out in {split} lots to be sooner.");
        var shared = plan.Lots.Max(lot => lot.Operations.GroupBy(operation => operation.Sequence).Max(step => step.Select(run => run.Machine).Distinct().Count()));
        if (shared > 1) Say($" Le travail le plus long est réparti sur {shared} machines d'un même atelier.", $" The longest work is shared by {shared} machines of one workshop.");
        var more = plan.Price.ExclTax - best.Price.ExclTax;
        if (more.Cents > 0)
        {
            Say($" Pour {Wording.Fr(more)} de plus, il fait travailler des ateliers qui ont eu moins que leur part.",
                $" For {Wording.En(more)} more, it gives work to workshops that had less than their share.");
        }

        return new Text(string.Concat(french), string.Concat(english));
    }

    private static string Days(int days) => days == 1 ? "1 day" : FormattableString.Invariant($"{days} days");

    private static Text Superlative(PlanKind kind) => kind switch
    {
        PlanKind.Fastest => new Text("le plus rapide", "the fastest"),
        PlanKind.Cheapest => new Text("le moins cher", "the cheapest"),
        _ => new Text("le plus proche", "the nearest"),
    };
}
