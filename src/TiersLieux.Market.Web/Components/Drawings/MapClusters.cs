namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>Points drawn as one because they would cover each other.</summary>
/// <param name="X">Middle, in units of the sheet.</param>
/// <param name="Y">Middle, in units of the sheet.</param>
public sealed record MapCluster(double X, double Y, IReadOnlyList<MapPoint> Points);

/// <summary>Gathers near points of one kind; in the order given, so the same points always give the same drawing.</summary>
public static class MapClusters
{
    public static IReadOnlyList<MapCluster> Gather(IEnumerable<MapPoint> points, double distance)
    {
        var clusters = new List<(double X, double Y, List<MapPoint> Points)>();
        foreach (var point in points)
        {
            var (x, y) = RegionGeometry.Project(point.Latitude, point.Longitude);
            var nearest = -1;
            var least = distance * distance;
            for (var i = 0; i < clusters.Count; i++)
            {
                var (dx, dy) = (clusters[i].X - x, clusters[i].Y - y);
                if (dx * dx + dy * dy >= least) continue;
                (nearest, least) = (i, dx * dx + dy * dy);
            }

            if (nearest < 0)
            {
                clusters.Add((x, y, [point]));
                continue;
            }

            var (cx, cy, members) = clusters[nearest];
            members.Add(point);
            clusters[nearest] = (cx + (x - cx) / members.Count, cy + (y - cy) / members.Count, members);
        }

        return [.. clusters.Select(c => new MapCluster(c.X, c.Y, c.Points))];
    }
}
