using System.Globalization;
using TiersLieux.Market.Bench.Quotes;

namespace TiersLieux.Market.Bench.Orders;

/// <summary>The rules side by side; averages over the orders that all of them took.</summary>
internal sealed record OrdersFigures(IReadOnlyList<RuleFigures> Rules, IReadOnlyList<Goal> Goals);

internal sealed record RuleFigures(string Rule, int Orders, int Refused, double LeadDays, double KmPerOrder, double EurosPerOrder, double Fairness, int LateByDecline, int LateByBreakdown, int Faults, double Seconds);

/// <summary>10 000 orders online, by the rule that ERP programs use, by the planner, and by the planner with fairness.</summary>
internal static class OrdersBench
{
    /// <summary>A hundred workshops, about as many as the places that the consortium animates; the orders fill two thirds of their time for production.</summary>
    private const int Machines = 500;
    private const int Orders = 10_000;

    public static OrdersFigures Run(Action<string> say)
    {
        var simulations = Enum.GetValues<PlanningRule>().AsParallel().AsOrdered().Select(rule => new OrdersSimulation(rule, Machines, Orders).Run()).ToList();
        var all = simulations.Select(simulation => simulation.ByOrder.Keys).Aggregate((a, b) => a.Intersect(b).ToList()).ToList();
        var figures = simulations.ConvertAll(simulation => new RuleFigures(
            simulation.Rule.ToString(), simulation.Orders, simulation.Refused, all.Average(order => simulation.ByOrder[order].Days), (double)all.Average(order => simulation.ByOrder[order].Km),
            (double)all.Average(order => simulation.ByOrder[order].Euros), simulation.Fairness, simulation.LateByDecline, simulation.LateByBreakdown, simulation.Faults, simulation.Seconds));
        foreach (var rule in figures)
        {
            say(string.Create(CultureInfo.InvariantCulture,
                $"orders    {rule.Rule,-11} {rule.Orders} taken, {rule.Refused} refused; promise after {rule.LeadDays:0.00} days, {rule.KmPerOrder:0} km, {rule.EurosPerOrder:0} euros; fairness {rule.Fairness:0.00}; late: {rule.LateByDecline} after a refusal, {rule.LateByBreakdown} after a breakdown; {rule.Faults} faults; {rule.Seconds:0} s"));
        }

        var (erp, planner, fair) = (figures[0], figures[1], figures[2]);
        List<Goal> goals =
        [
            Goal.AtLeast("promises earlier than by the ERP rule, %", 15, 100 * (1 - fair.LeadDays / erp.LeadDays)),
            Goal.AtLeast("less km than by the ERP rule, %", 50, 100 * (1 - fair.KmPerOrder / erp.KmPerOrder)),
            Goal.AtMost("orders late that no breakdown touched", 0, fair.LateByDecline),
            Goal.AtLeast("fairness (Jain)", 0.9, fair.Fairness),
            Goal.AtMost("fairness costs, %", 3, 100 * (fair.EurosPerOrder / planner.EurosPerOrder - 1)),
        ];
        foreach (var goal in goals) say(goal.ToString());
        return new OrdersFigures(figures, goals);
    }
}
