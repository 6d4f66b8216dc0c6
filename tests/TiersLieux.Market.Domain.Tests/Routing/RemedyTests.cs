using TiersLieux.Market.Domain.Routing;
using Xunit;
using static TiersLieux.Market.Domain.Tests.Routing.TestNetwork;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>A refusal says what would make it possible, and that is true; fairness costs what it says.</summary>
public sealed class RemedyTests
{
    private static readonly RoutingOperation Sawing = Operation("saw", 0, 10);

    [Fact]
    public void A_later_date_a_split_and_a_smaller_quantity_make_it_possible()
    {
        var line = Line(480, Sawing);
        var request = Request(line) with { Due = new DateOnly(2026, 3, 11) };
        var unavailable = Assert.Single(Answer(request, TwoSaws).Unavailable);
        Assert.Equal([RemedyKind.LaterDate, RemedyKind.MoreLots, RemedyKind.SmallerQuantity], unavailable.Remedies.Select(remedy => remedy.Kind));
        Assert.All(unavailable.Remedies, remedy => Assert.NotEqual(remedy.Text.French, remedy.Text.English));

        Assert.NotEmpty(Answer(request with { Due = unavailable.Remedies[0].Date }, TwoSaws).Plans);
        Assert.Empty(Answer(request with { Due = unavailable.Remedies[0].Date!.Value.AddDays(-1) }, TwoSaws).Plans);
        Assert.NotEmpty(Answer(request with { Lines = [line with { MaximumLots = unavailable.Remedies[1].Lots!.Value }] }, TwoSaws).Plans);
        Assert.NotEmpty(Answer(request with { Lines = [line with { Quantity = unavailable.Remedies[2].Quantity!.Value }] }, TwoSaws).Plans);
    }

    [Fact]
    public void Another_material_is_named()
    {
        var saw = Machine(Saw, Lille, "saw") with { Materials = new HashSet<string> { "oak", "steel" } };
        var answer = Answer(Request(Line(1, Sawing with { Material = "granite", MaterialPerUnit = 1 })), new CapacitySnapshot([Workshop(Lille)], [saw]));
        // Steel is worked, but has no price.
        Assert.Equal(["oak"], Assert.Single(answer.Unavailable).Remedies.Select(remedy => remedy.Material));
    }

    [Fact]
    public void Among_nearly_equal_prices_the_workshop_that_had_less_comes_first_and_it_is_said()
    {
        // The first workshop's saw is a little cheaper; both are in one place, so nothing else differs.
        var here = Workshop(Lille);
        var neighbour = Workshop(Arras) with { Place = LillePlace, Position = here.Position };
        CapacitySnapshot Network(decimal rate) => new([here, neighbour],
            [Machine(Saw, Lille, "saw"), Machine(OtherSaw, Arras, "saw") with { Capabilities = new Dictionary<string, MachineCapability> { ["saw"] = new(1, rate) } }]);
        var request = Request(Line(6, Sawing));
        var fair = request with { ShareOfWork = new Dictionary<Guid, decimal> { [Lille] = 2, [Arras] = 0 } };

        Assert.Equal(Lille, Plans(request, Network(41))[0].Workshops.Single());
        var plan = Plans(fair, Network(41))[0];
        Assert.Equal(Arras, plan.Workshops.Single());
        Assert.Contains("moins que leur part", plan.Reason.French);
        Assert.Contains("less than their share", plan.Reason.English);
        // Five euros an hour more are too much.
        Assert.Equal(Lille, Plans(fair, Network(45))[0].Workshops.Single());
    }

    [Fact]
    public void Fairness_costs_three_per_cent_at_most()
    {
        var (changed, plans) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            var random = new Random(seed);
            var fair = request with { ShareOfWork = snapshot.Workshops.ToDictionary(workshop => workshop.Id, _ => random.Next(0, 30) / 10m) };
            var plain = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(request, snapshot, rules));
            var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(fair, snapshot, rules));
            foreach (var plan in answer.Plans)
            {
                Assert.Empty(PlanJudge.Check(plan, fair, snapshot, rules));
                if (plain.Plans.FirstOrDefault(other => other.Kind == plan.Kind) is not { } without) continue;
                plans++;
                Assert.True(plan.Price.ExclTax.Cents <= without.Price.ExclTax.Cents * 1.03m, $"seed {seed}");
                Assert.True(plan.PromiseDate <= without.PromiseDate, $"seed {seed}");
                if (!plan.Workshops.SequenceEqual(without.Workshops)) changed++;
                // Cut short, the two searches may have looked at different machines.
                if (plan.Price.ExclTax > without.Price.ExclTax && !answer.CutShort && !plain.CutShort) Assert.Contains("de plus", plan.Reason.French);
            }
        }

        Assert.True(plans > 400 && changed > 5, $"{changed} of {plans} changed");
    }

    private static RoutingResult.Answered Answer(RoutingRequest request, CapacitySnapshot snapshot)
    {
        var answer = Assert.IsType<RoutingResult.Answered>(RoutePlanner.Plan(request, snapshot, Rules));
        foreach (var plan in answer.Plans) Assert.Empty(PlanJudge.Check(plan, request, snapshot, Rules));
        return answer;
    }
}
