using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>The sentence under a plan that says why one might choose it.</summary>
internal static class PlanReasons
{
    /// <param name="also">Other kinds for which this same plan is the best.</param>
    public static Text Of(Plan plan, IReadOnlyList<PlanKind> also, Plan fastest, Plan cheapest)
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
                    var (days, more) = (cheapest.PromiseDate.DayNumber - date.DayNumber, price - cheapest.Price.ExclTax);
                    Say($", {days} j avant le moins cher, pour {Wording.Fr(more)} hors taxes de plus", $", {Days(days)} before the cheapest, for {Wording.En(more)} more before tax");
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
        if (split > 1) Say($" La série est partagée en {split} lots pour aller plus vite.", $" The batch is shared out in {split} lots to be sooner.");
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
