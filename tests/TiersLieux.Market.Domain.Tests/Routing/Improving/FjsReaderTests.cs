using TiersLieux.Market.Domain.Routing.Improving;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

public sealed class FjsReaderTests
{
    [Fact]
    public void Machines_count_from_one()
    {
        var problem = Read("2 3 1.5\n2 1 1 5 2 2 4 3 6\n1 1 3 7\n");
        Assert.Equal(3, problem.Machines.Count);
        Assert.Equal([[new ShopAlternative(0, 5)], [new ShopAlternative(1, 4), new ShopAlternative(2, 6)]], problem.Jobs[0].Operations.Select(o => o.Alternatives));
        Assert.Equal([[new ShopAlternative(2, 7)]], problem.Jobs[1].Operations.Select(o => o.Alternatives));
    }

    [Fact]
    public void Or_from_zero_where_a_zero_occurs()
    {
        var problem = Read("2 3\n1 1 0 5\n1 1 2 7\n");
        Assert.Equal([0, 2], problem.Jobs.Select(job => job.Operations[0].Alternatives[0].Machine));
    }

    [Fact]
    public void Blank_lines_tabs_and_windows_line_ends_are_fine_and_so_is_work_that_takes_no_time() =>
        Assert.Equal(0, Read("\r\n1\t1\r\n\r\n1 1 1 0\r\n\r\n").Jobs[0].Operations[0].Alternatives[0].Duration);

    [Theory]
    [InlineData("", "fjs-empty", 1)]
    [InlineData("  \n \n", "fjs-empty", 1)]
    [InlineData("1\n1 1 1 5", "fjs-header", 1)]
    [InlineData("1 1 1 1\n1 1 1 5", "fjs-header", 1)]
    [InlineData("0 1\n", "fjs-header", 1)]
    [InlineData("1 0\n1 1 1 5", "fjs-header", 1)]
    [InlineData("-1 1\n1 1 1 5", "fjs-header", 1)]
    [InlineData("99999999 1\n1 1 1 5", "fjs-header", 1)]
    [InlineData("one 1\n1 1 1 5", "fjs-header", 1)]
    [InlineData("1 1 x\n1 1 1 5", "fjs-number", 1)]
    [InlineData("2 1\n1 1 1 5", "fjs-jobs", 2)]
    [InlineData("1 1\n1 1 1 5\n1 1 1 5", "fjs-jobs", 3)]
    [InlineData("1 1\n0", "fjs-operations", 2)]
    [InlineData("1 1\n-2 1 1 5", "fjs-operations", 2)]
    [InlineData("1 1\n\n2 1 1 5", "fjs-truncated", 3)]
    [InlineData("1 1\n1 1 1", "fjs-truncated", 2)]
    [InlineData("1 1\n2000000000 1 1 5", "fjs-truncated", 2)]
    [InlineData("1 1\n1 2000000000 1 5", "fjs-truncated", 2)]
    [InlineData("1 1\n2 1 1 5 2 1 5", "fjs-truncated", 2)]
    [InlineData("1 1\n1 0 1 5", "fjs-alternatives", 2)]
    [InlineData("1 1\n1 -1 1 5", "fjs-alternatives", 2)]
    [InlineData("1 1\n1 1 2 5", "fjs-machine", 2)]
    [InlineData("1 1\n1 1 -1 5", "fjs-machine", 2)]
    [InlineData("2 2\n1 1 0 5\n1 1 2 5", "fjs-machine", 3)]
    [InlineData("1 1\n1 1 1 -5", "fjs-duration", 2)]
    [InlineData("1 1\n1 1 1 2000000000", "fjs-duration", 2)]
    [InlineData("2 1\n1 1 1 100000000\n1 1 1 100000000", "fjs-duration", 3)]
    [InlineData("1 1\n1 1 1 5.5", "fjs-number", 2)]
    [InlineData("1 1\n1 1 1 five", "fjs-number", 2)]
    [InlineData("1 1\n1 1 1 99999999999", "fjs-number", 2)]
    [InlineData("1 1\n1 1 1 5 9", "fjs-trailing", 2)]
    public void What_is_no_instance_is_refused_with_its_line(string text, string code, int line)
    {
        var reason = Assert.IsType<FjsResult.Refused>(FjsReader.Read(text)).Reason;
        Assert.Equal(code, reason.Code);
        Assert.StartsWith($"Ligne {line} : ", reason.French, StringComparison.Ordinal);
        Assert.StartsWith($"Line {line}: ", reason.English, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason.French);
    }

    [Fact]
    public void Garbage_is_refused_and_never_breaks_the_reader()
    {
        var random = new Random(3);
        const string symbols = "0123456789 -.\n\t1 2 3 e\0ü";
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            // Half from nothing, half a good instance with one character changed.
            var text = i % 2 == 0
                ? new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => symbols[random.Next(symbols.Length)])])
                : "2 2 1\n2 1 1 5 2 1 4 2 6\n1 1 2 7\n".Remove(random.Next(32), 1).Insert(random.Next(31), symbols[random.Next(symbols.Length)].ToString());
            if (FjsReader.Read(text) is not FjsResult.Read(var problem)) continue;
            read++;
            Assert.All(problem.Jobs, job => Assert.All(job.Operations, o => Assert.All(o.Alternatives, a => Assert.True(a.Machine >= 0 && a.Machine < problem.Machines.Count && a.Duration >= 0))));
        }

        Assert.InRange(read, 100, 15_000);
    }

    private static ShopProblem Read(string text) => Assert.IsType<FjsResult.Read>(FjsReader.Read(text)).Problem;
}
