using TiersLieux.Market.Domain.Routing.Improving;
using TiersLieux.Market.Domain.Routing.Rescheduling;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing.Rescheduling;

/// <summary>What holds for all running orders in all shops.</summary>
public sealed class ReschedulerPropertyTests(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1" ? 6000 : 200;

    [Fact]
    public void Orders_are_advanced_and_no_rule_is_broken()
    {
        var (orders, advanced, days, machines, several, withMembers) = (0, 0, 0, 0, 0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var shop = RunningCases.Create(seed);
            var answer = Advance(shop);
            var violations = AdvanceJudge.Check(shop, answer);
            Assert.True(violations.Count == 0, $"seed {seed}: {string.Join("; ", violations.Take(3))}");
            Assert.Equal(answer.Count, answer.DistinctBy(order => order.Id).Count());
            // Said again without the judge: what the customer sees.
            Assert.All(answer, order => Assert.True(order.Expected < order.Before && order.Expected <= shop.Orders.First(running => running.Id == order.Id).Promise));
            orders += shop.Orders.Count;
            advanced += answer.Count;
            days += answer.Sum(order => order.Before.DayNumber - order.Expected.DayNumber);
            machines += answer.SelectMany(order => order.Operations).Count(operation => operation.Machine != operation.Was.Machine);
            several += answer.Count > 1 ? 1 : 0;
            withMembers += answer.SelectMany(order => order.Operations).Any(operation => shop.LeftForProduction.Keys.Any(key => key.Machine == operation.Machine)) ? 1 : 0;
        }

        output.WriteLine($"{Cases} shops, {orders} orders: {advanced} advanced by {days} days in all, {machines} operations on another machine, {several} shops with several, {withMembers} on machines kept for members");
        // The cases must reach every part, or the property says little.
        Assert.True(advanced > Cases / 4 && machines > Cases / 50 && several > Cases / 40 && withMembers > Cases / 20, "The random cases have become too easy.");
    }

    [Fact]
    public void Improving_comes_to_an_end()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var shop = RunningCases.Create(seed);
            for (var round = 0; Advance(shop) is { Count: > 0 } advanced; round++)
            {
                Assert.True(round < 10, $"seed {seed}: orders are moved again and again");
                Assert.Empty(AdvanceJudge.Check(shop, advanced));
                shop = After(shop, advanced);
            }
        }
    }

    [Fact]
    public void The_same_shop_gets_the_same_answer()
    {
        for (var seed = 0; seed < 60; seed++) Assert.Equal(Answer(seed), Answer(seed));

        static string Answer(int seed) => System.Text.Json.JsonSerializer.Serialize(Advance(RunningCases.Create(seed)));
    }

    private static IReadOnlyList<AdvancedOrder> Advance(RunningShop shop) =>
        Rescheduler.Advance(shop, new ShopSearch(SearchBudget.OfNodes(300)), TimeProvider.System, cancellation: TestContext.Current.CancellationToken);

    private static RunningShop After(RunningShop shop, IReadOnlyList<AdvancedOrder> advanced)
    {
        var moved = advanced.SelectMany(order => order.Operations).ToDictionary(operation => operation.Was, (IEqualityComparer<RunningOperation>)ReferenceEqualityComparer.Instance);
        return shop with
        {
            Orders = [.. shop.Orders.Select(order => order with
            {
                Lots = [.. order.Lots.Select(lot => lot with
                {
                    Operations = [.. lot.Operations.Select(was => moved.TryGetValue(was, out var now)
                        ? was with { Machine = now.Machine, Start = now.Start, End = now.End, Segments = now.Segments, PeopleMinutes = now.PeopleMinutes }
                        : was)],
                })],
            })],
        };
    }
}
