using System.Text.RegularExpressions;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>Which area may name which.</summary>
public sealed partial class AreaTests
{
    /// <summary>
    /// The areas of Domain, and what each may name beside itself. To be read from the top: an area names only what stands above it, so there is no
    /// circle. A new area, or a new edge, is a line here that somebody has thought about.
    /// </summary>
    private static readonly (string Area, string[] MayName)[] Domain =
    [
        ("Common", []),
        ("Capacity", ["Common"]), // Hours, machines, who takes whose time.
        ("Network", ["Common", "Capacity"]), // Organisations, places, people, roles; a place has opening hours.
        ("Catalogue", ["Common", "Capacity", "Network"]),
        ("Orders.Pricing", ["Common", "Network"]), // Beneath Routing, which prices each plan it finds.
        ("Routing", ["Common", "Capacity", "Network", "Catalogue", "Orders.Pricing"]),
        ("Orders", ["Common", "Network", "Catalogue", "Orders.Pricing", "Routing"]),
        ("Billing", ["Common", "Network"]), // Knows neither orders nor bookings: it gets lines and parties.
        ("Bookings", ["Common", "Capacity", "Network", "Billing"]), // Billing for the VAT of a seller; never Treasury.
        ("Payments", ["Common", "Network"]),
        ("Ledger", ["Common", "Network", "Billing"]),
        ("Treasury", ["Common", "Network", "Billing", "Payments"]), // Money that arrived, and what it pays.
    ];

    /// <summary>In every project: the folder of the first area does not name the second.</summary>
    private static readonly (string Area, string Never)[] Nowhere =
    [
        ("Bookings", "Treasury"),
        ("Capacity", "Treasury"),
        ("Capacity", "Ledger"),
        ("Catalogue", "Treasury"),
        ("Catalogue", "Ledger"),
        ("Catalogue", "Payments"),
        ("Routing", "Bookings"),
        ("Routing", "Payments"),
        ("Ledger", "Orders"),
    ];

    [Fact]
    public void The_table_is_read_from_the_top()
    {
        for (var i = 0; i < Domain.Length; i++)
            Assert.Subset(Domain[..i].Select(row => row.Area).ToHashSet(StringComparer.Ordinal), Domain[i].MayName.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_area_of_domain_is_in_the_table() =>
        Assert.All(Repository.Code("Domain"), file => Assert.True(Find(file.Area) is not null, $"{file} belongs to no area of the table."));

    [Fact]
    public void Areas_of_domain_name_what_the_table_says()
    {
        var odd = Repository.Code("Domain").SelectMany(file => Names(file)
            .Where(name => Find(name) is not { } named || (named != Find(file.Area) && !Row(file.Area).MayName.Contains(named, StringComparer.Ordinal)))
            .Select(name => $"{file} names {name}"));
        Assert.Empty(odd);
    }

    [Fact]
    public void Some_areas_never_name_others_in_any_project()
    {
        var odd = from file in Repository.Code()
                  from row in Nowhere
                  where file.Area.Split('.')[0] == row.Area && Mentions(file, row.Never)
                  select $"{file} names {row.Never}";
        Assert.Empty(odd);
    }

    private static bool Mentions(SourceFile file, string area) => Regex.IsMatch(file.Code, $@"\b(Domain|Storage|Grains|Connectors|Web)\.{area}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Names(SourceFile file) => NameOfArea.Matches(file.Code).Select(m => m.Groups["area"].Value).Distinct(StringComparer.Ordinal);

    private static (string Area, string[] MayName) Row(string area) => Domain.First(row => row.Area == Find(area));

    /// <summary>The area that a dotted name lies in: the longest of the table that it begins with.</summary>
    private static string? Find(string name) => Domain.Select(row => row.Area)
        .Where(area => name == area || name.StartsWith(area + ".", StringComparison.Ordinal))
        .MaxBy(area => area.Length);

    /// <summary>A using or a qualified name; the line that says where the file itself lies is neither.</summary>
    [GeneratedRegex(@"(?<!namespace TiersLieux\.Market\.)\bDomain\.(?<area>[A-Z]\w*(\.[A-Z]\w*)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameOfArea { get; }
}
