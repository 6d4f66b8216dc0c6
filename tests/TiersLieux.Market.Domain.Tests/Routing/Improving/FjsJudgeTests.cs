using System.Text.Json;
using System.Text.Json.Nodes;
using TiersLieux.Market.Domain.Routing.Improving;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

/// <summary>A good plan spoiled in each way is found out.</summary>
public sealed class FjsJudgeTests
{
    private const string Instance = "3 2\n2 2 1 4 2 5 1 2 3\n2 1 1 2 2 1 3 2 3\n1 2 1 6 2 7\n";

    [Fact]
    public void A_good_plan_is_valid()
    {
        var verdict = FjsJudge.Check(Instance, Good().ToJsonString());
        Assert.Empty(verdict.Faults);
        Assert.Equal(Good()["makespan"]!.GetValue<int>(), verdict.Makespan);
    }

    [Fact]
    public void Plans_of_the_search_are_valid_in_any_number_of_factories()
    {
        var problem = ((FjsResult.Read)FjsReader.Read(Instance)).Problem;
        for (var factories = 1; factories <= 3; factories++)
        {
            var solved = Assert.IsType<ShopResult.Solved>(ShopSolver.Solve(problem with { Factories = factories }, new ShopSearch(SearchBudget.OfNodes(2000)), TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.Empty(FjsJudge.Check(Instance, JsonSerializer.Serialize(solved.Plan, JsonSerializerOptions.Web), factories).Faults);
        }
    }

    [Theory]
    [InlineData("missing", "0 times")]
    [InlineData("twice", "2 times")]
    [InlineData("unknown job", "is unknown")]
    [InlineData("unknown index", "is unknown")]
    [InlineData("machine", "not allowed")]
    [InlineData("no such machine", "not allowed")]
    [InlineData("shorter", "instead of")]
    [InlineData("longer", "instead of")]
    [InlineData("before its predecessor", "the one before ends")]
    [InlineData("overlap", "at the same time")]
    [InlineData("two factories", "several factories")]
    [InlineData("negative factory", "factory -1 is unknown")]
    [InlineData("makespan", "makespan stated")]
    [InlineData("negative start", "starts before 0")]
    public void A_spoiled_plan_is_found_out(string how, string finding)
    {
        var plan = Good();
        var operations = plan["operations"]!.AsArray();
        // Job 0 on machine 0 from 0, then machine 1; job 1 behind it.
        JsonObject At(int i) => operations[i]!.AsObject();
        void Shift(int i, int by) => (At(i)["start"], At(i)["end"]) = (At(i)["start"]!.GetValue<int>() + by, At(i)["end"]!.GetValue<int>() + by);
        switch (how)
        {
            case "missing": operations.RemoveAt(4); break;
            case "twice": operations.Add(At(4).DeepClone()); break;
            case "unknown job": At(4)["job"] = 3; break;
            case "unknown index": At(4)["index"] = 1; break;
            case "machine": At(1)["machine"] = 0; break;
            case "no such machine": At(1)["machine"] = 2; break;
            case "shorter": At(0)["end"] = 3; break;
            case "longer": At(4)["end"] = At(4)["end"]!.GetValue<int>() + 1; break;
            case "before its predecessor": Shift(1, -3); break;
            case "overlap": Shift(2, -1); break;
            case "two factories": At(1)["factory"] = 1; break;
            case "negative factory": At(4)["factory"] = -1; break;
            case "makespan": plan["makespan"] = plan["makespan"]!.GetValue<int>() - 1; break;
            case "negative start": Shift(0, -1); break;
        }

        var verdict = FjsJudge.Check(Instance, plan.ToJsonString());
        Assert.Contains(verdict.Faults, fault => fault.English.Contains(finding, StringComparison.Ordinal));
        Assert.All(verdict.Faults, fault => Assert.NotEqual(fault.French, fault.English));
    }

    [Fact]
    public void More_factories_than_there_are_is_a_fault()
    {
        var plan = Good();
        plan["operations"]![4]!["factory"] = 1;
        Assert.True(FjsJudge.Check(Instance, plan.ToJsonString()).IsValid);
        Assert.False(FjsJudge.Check(Instance, plan.ToJsonString(), factories: 1).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"makespan\":1}")]
    [InlineData("{\"makespan\":1,\"operations\":3}")]
    [InlineData("{\"makespan\":1,\"operations\":[3]}")]
    [InlineData("{\"makespan\":1,\"operations\":[{\"job\":\"0\"}]}")]
    [InlineData("{\"makespan\":1.5,\"operations\":[]}")]
    [InlineData("{\"makespan\":1,\"operations\":[{\"job\":0,\"index\":0,\"machine\":99999999999,\"start\":0,\"end\":4}]}")]
    public void What_is_no_plan_cannot_be_read(string text)
    {
        var verdict = FjsJudge.Check(Instance, text);
        Assert.Null(verdict.Makespan);
        Assert.NotEmpty(verdict.Faults);
    }

    private static JsonObject Good()
    {
        static JsonObject Operation(int job, int index, int machine, int start, int end) =>
            new() { ["job"] = job, ["index"] = index, ["machine"] = machine, ["factory"] = 0, ["start"] = start, ["end"] = end };
        return new JsonObject
        {
            ["makespan"] = 12,
            ["operations"] = new JsonArray(Operation(0, 0, 0, 0, 4), Operation(0, 1, 1, 4, 7), Operation(1, 0, 0, 4, 6), Operation(1, 1, 1, 7, 10), Operation(2, 0, 0, 6, 12)),
        };
    }
}
