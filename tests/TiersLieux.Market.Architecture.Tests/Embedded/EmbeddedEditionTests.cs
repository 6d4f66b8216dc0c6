using TiersLieux.Market.EmbeddedSilo;
using TiersLieux.Market.Grains;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests.Embedded;

/// <summary>What is looked up with, or in, a project that the Cluster edition does not have.</summary>
public sealed class EmbeddedEditionTests
{
    [Fact]
    public void What_grains_take_and_give_could_travel() => Assert.Empty(SerializableContract.Check(typeof(GrainsRegistration).Assembly));

    [Fact]
    public void The_silo_reads_no_clock_that_tests_cannot_move() =>
        Assert.Empty(AssemblyNames.Of(typeof(SerializableContract).Assembly).Members.Intersect(PurityTests.Clocks, StringComparer.Ordinal));
}
