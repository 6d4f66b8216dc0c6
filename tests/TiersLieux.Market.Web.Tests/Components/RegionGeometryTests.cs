using System.Globalization;
using System.Text.RegularExpressions;
using TiersLieux.Market.Web.Components.Drawings;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Components;

/// <summary>The map is right when real towns fall inside the outlines of their own departments.</summary>
public sealed partial class RegionGeometryTests
{
    [Theory]
    [InlineData("Lille", 50.637, 3.063, "59")]
    [InlineData("Dunkerque", 51.034, 2.377, "59")]
    [InlineData("Maubeuge", 50.279, 3.973, "59")]
    [InlineData("Fourmies", 50.017, 4.048, "59")]
    [InlineData("Calais", 50.951, 1.858, "62")]
    [InlineData("Arras", 50.291, 2.778, "62")]
    [InlineData("Lens", 50.432, 2.833, "62")]
    [InlineData("Berck", 50.407, 1.592, "62")]
    [InlineData("Amiens", 49.894, 2.302, "80")]
    [InlineData("Abbeville", 50.105, 1.834, "80")]
    [InlineData("Péronne", 49.932, 2.936, "80")]
    [InlineData("Saint-Quentin", 49.847, 3.287, "02")]
    [InlineData("Soissons", 49.381, 3.323, "02")]
    [InlineData("Château-Thierry", 49.041, 3.403, "02")]
    [InlineData("Beauvais", 49.430, 2.081, "60")]
    [InlineData("Compiègne", 49.418, 2.826, "60")]
    [InlineData("Creil", 49.258, 2.483, "60")]
    public void A_town_falls_in_its_department(string town, double latitude, double longitude, string code)
    {
        var point = RegionGeometry.Project(latitude, longitude);
        var holding = RegionGeometry.Departments.Where(d => Rings(d.Path).Any(ring => Holds(ring, point))).Select(d => d.Code);
        Assert.True(holding.SequenceEqual([code]), $"{town} falls in {string.Join(", ", holding)}");
    }

    [Fact]
    public void Every_outline_lies_on_the_sheet()
    {
        var (left, top, width, height) = RegionGeometry.Sheet;
        Assert.All(RegionGeometry.Departments.SelectMany(d => Rings(d.Path)).SelectMany(ring => ring), p =>
        {
            Assert.InRange(p.X, left, left + width);
            Assert.InRange(p.Y, top, top + height);
        });
    }

    [Fact]
    public void A_hundred_kilometres_measure_a_hundred_kilometres()
    {
        var (x1, y1) = RegionGeometry.Project(50.637, 3.063);
        var (x2, y2) = RegionGeometry.Project(49.894, 2.302);
        var units = Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        Assert.InRange(units / RegionGeometry.PerKilometre(50.27), 97, 101);
    }

    private static List<List<(double X, double Y)>> Rings(string path)
    {
        var rings = new List<List<(double X, double Y)>>();
        foreach (var part in path.Split('z', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = Number().Matches(part).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
            var ring = new List<(double X, double Y)> { (numbers[0], numbers[1]) };
            for (var i = 2; i + 1 < numbers.Count; i += 2) ring.Add((ring[^1].X + numbers[i], ring[^1].Y + numbers[i + 1]));
            rings.Add(ring);
        }

        return rings;
    }

    private static bool Holds(List<(double X, double Y)> ring, (double X, double Y) p)
    {
        var inside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            if (ring[i].Y > p.Y != ring[j].Y > p.Y && p.X < (ring[j].X - ring[i].X) * (p.Y - ring[i].Y) / (ring[j].Y - ring[i].Y) + ring[i].X)
                inside = !inside;
        }

        return inside;
    }

    [GeneratedRegex(@"-?\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
