using TiersLieux.Market.Web.Components.Drawings;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Components;

public sealed class ProcessMarksTests
{
    [Theory]
    [InlineData("laser", "laser")]
    [InlineData("decoupe-laser", "laser")]
    [InlineData("Soudage-TIG", "weld")]
    [InlineData("quelque-chose-d-inconnu", "assembly")]
    [InlineData(null, "assembly")]
    public void A_name_or_a_code_leads_to_a_mark(string? code, string mark) =>
        Assert.Equal(mark, ProcessMarks.For(code).Name);

    [Fact]
    public void No_two_processes_share_a_drawing() =>
        Assert.Equal(ProcessMarks.All.Count, ProcessMarks.All.Select(m => m.Drawing).Distinct(StringComparer.Ordinal).Count());
}
