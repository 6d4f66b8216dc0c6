using System.Text.RegularExpressions;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>Habits that only the sources show.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 600;

    /// <summary>Names that sound like money and are not: where a column of a printed page begins.</summary>
    private static readonly HashSet<string> NotMoney = ["src/TiersLieux.Market.Connectors/Billing/InvoicePdf.cs: double Price", "src/TiersLieux.Market.Connectors/Billing/InvoicePdf.cs: double PriceWidth"];

    [Fact]
    public void Grains_and_pages_come_back_to_where_they_awaited() =>
        Assert.DoesNotContain(Repository.Code("Grains", "Web"), file => file.Code.Contains("ConfigureAwait(false)", StringComparison.Ordinal));

    [Fact]
    public void Money_is_never_a_floating_number()
    {
        var found = Repository.Code().SelectMany(file => FloatingMoney.Matches(file.Code).Select(m => $"{file}: {m.Value}"));
        Assert.Empty(found.Except(NotMoney, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("double price", true)]
    [InlineData("float? VatAmount", true)]
    [InlineData("double[] shares", true)]
    [InlineData("double Latitude", false)]
    [InlineData("decimal price", false)]
    public void The_search_for_floating_money_finds_it(string code, bool found) => Assert.Equal(found, FloatingMoney.IsMatch(code));

    [Fact]
    public void Files_stay_short() =>
        Assert.DoesNotContain(Repository.Sources, file => file.Text.AsSpan().Count('\n') > LongestFile);

    [GeneratedRegex(@"\b(double|float)(\?|\[\])*\s+\w*(price|amount|cents|euro|money|cost|fee|total|tax|share|deposit|debit|credit|balance|charge|payable)\w*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatingMoney { get; }
}
