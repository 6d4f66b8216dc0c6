using System.Xml.Linq;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>References run one way.</summary>
public sealed class ProjectTests
{
    /// <summary>What each project references, no more and no less. Web is at the end: nothing in src names it.</summary>
    private static readonly (string Project, string[] References)[] Table =
    [
        ("Domain", []),
        ("EmbeddedSilo", []),
        ("Sandbox", []), // A stranger's server, as Stripe's is: it shares nothing with what it plays against.
        ("Storage", ["Domain"]),
        ("Connectors", ["Domain"]),
        ("Grains", ["Domain", "EmbeddedSilo", "Storage"]),
        ("Web", ["Connectors", "Domain", "Grains", "Storage"]),
    ];

    [Fact]
    public void Projects_reference_what_the_table_says()
    {
        var actual = Repository.Projects("src").ToDictionary(p => p.Key, p => References(p.Value), StringComparer.Ordinal);
        Assert.Equal(Table.Select(row => row.Project).Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(Table, row => Assert.Equal(row.References, actual[row.Project]));
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "TiersLieux.Market.sln"));
        Assert.All(
            Repository.Projects("src").Values.Concat(Repository.Projects("tests").Values),
            path => Assert.Contains(Path.GetFileName(path), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Migrations_come_in_pairs_and_without_gaps()
    {
        var folder = Path.Combine(Repository.Root, "src", "TiersLieux.Market.Storage", "Migrations");
        var (sqlite, postgres) = (Names("Sqlite"), Names("PostgreSql"));
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, postgres);
        Assert.Equal(Enumerable.Range(1, sqlite.Count).Select(n => FormattableString.Invariant($"{n:0000}")), sqlite.Select(name => name[..4]));

        List<string> Names(string provider) => [.. Directory.GetFiles(Path.Combine(folder, provider), "*.sql").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    private static List<string> References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Repository.ShortName(reference.Attribute("Include")!.Value))
            .Order(StringComparer.Ordinal),
    ];
}
