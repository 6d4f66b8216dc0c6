using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Judging;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>What a plan can get wrong.</summary>
public enum Fault
{
    /// <summary>Lots do not add up to the line, or are smaller or more than allowed.</summary>
    Quantity,

    /// <summary>Operations missing, unknown or in another order; or one starts before the one before it ended.</summary>
    Precedence,

    /// <summary>The machine, or its workshop, cannot or may not make the operation.</summary>
    Capability,

    /// <summary>Working time is not set-up + quantity × unit time.</summary>
    Duration,

    /// <summary>Work outside the machine's free time, or suspended where it may not be.</summary>
    Calendar,

    /// <summary>A machine does two things at a time.</summary>
    Overlap,

    /// <summary>Goods are used or delivered before they can be there, or a shipment is missing, superfluous or wrong.</summary>
    Transport,

    /// <summary>A start before now, the workshop's notice or the material's arrival, or an end beyond the horizon.</summary>
    Notice,

    /// <summary>People of a workshop work more than they have left on a day.</summary>
    People,

    /// <summary>The promise is not the last delivery, or is after the due date.</summary>
    Promise,

    /// <summary>Shares, transport, fees, tax, km or CO2 are not what they should be.</summary>
    Price,
}

/// <summary>A rule that a plan breaks. For the people who look after the program, not for customers.</summary>
public sealed record PlanViolation(Fault Fault, string Detail);

/// <summary>
/// Checks a plan against the request and the snapshot it answers, from the rules alone: it shares no code with the planner,
/// so that a mistake there does not hide itself here.
/// </summary>
public static class PlanJudge
{
    /// <returns>Every violation found; none means the plan can be made and costs what it says.</returns>
    public static IReadOnlyList<PlanViolation> Check(
        Plan plan, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, TransportSchedule? schedule = null)
    {
        var findings = new List<PlanViolation>();
        void Find(Fault fault, string detail) => findings.Add(new PlanViolation(fault, detail));

        var work = new WorkJudge(plan, request, snapshot, rules, Find);
        work.Check();
        // Times, ways and prices of work that does not exist cannot be looked at.
        if (!work.IsReadable) return findings;
        new TimeJudge(plan, request, snapshot, Find).Check();
        new TransportJudge(plan, request, snapshot, rules, schedule ?? TransportSchedule.Default, Find).Check();
        new PriceJudge(plan, request, snapshot, rules, Find).Check();
        return findings;
    }
}
