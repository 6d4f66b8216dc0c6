using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Embedded;

/// <summary>Orleans: a message type is marked, its members are numbered, and so is every type that it holds.</summary>
public sealed class ContractTests
{
    private static readonly IReadOnlyList<string> Problems = SerializableContract.Check(typeof(ICounterGrain).Assembly);

    /// <summary>The check finds every fault of the faulty contract, and says where.</summary>
    [Theory]
    [InlineData("ITroubleGrain.Take(value)", "Unmarked is not marked")]
    [InlineData("ITroubleGrain.Give result", "System.Object is not marked")]
    [InlineData("ITroubleGrain.TakeForgetful(value) > Forgetful", "Name has no [Id]")]
    [InlineData("ITroubleGrain.TakeFamily(family) > Family", "Stranger is not marked")]
    [InlineData("ITroubleGrain.TakeTwice(twice) > TwiceOne", "[Id(1)] twice")]
    public void It_finds_each_fault(string where, string what) =>
        Assert.Single(Problems, problem => problem.StartsWith(where, StringComparison.Ordinal) && problem.Contains(what, StringComparison.Ordinal));

    /// <summary>And nothing else: the contracts of the other grains could travel.</summary>
    [Fact]
    public void It_finds_nothing_where_there_is_none() =>
        Assert.All(Problems, problem => Assert.StartsWith("ITroubleGrain.", problem, StringComparison.Ordinal));
}
