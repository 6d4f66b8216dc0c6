using TiersLieux.Market.Web.Components.Drawings;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Components;

public sealed class MapClustersTests
{
    private static readonly MapPoint Lille = new(50.637, 3.063, "Lille");
    private static readonly MapPoint Roubaix = new(50.692, 3.178, "Roubaix");
    private static readonly MapPoint Amiens = new(49.894, 2.302, "Amiens");

    [Fact]
    public void Near_points_become_one_and_none_is_lost()
    {
        var clusters = MapClusters.Gather([Lille, Amiens, Roubaix], 60);
        Assert.Equal([["Lille", "Roubaix"], ["Amiens"]], clusters.Select(c => c.Points.Select(p => p.Label)));
        var (x, _) = RegionGeometry.Project((50.637 + 50.692) / 2, (3.063 + 3.178) / 2);
        Assert.Equal(x, clusters[0].X, 0.5);
    }

    [Fact]
    public void A_closer_look_parts_them() =>
        Assert.Equal(3, MapClusters.Gather([Lille, Amiens, Roubaix], 10).Count);
}
