using TiersLieux.Market.Domain.Network;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Network;

public sealed class GeoPointTests
{
    private static readonly GeoPoint Lille = new(50.6292, 3.0573);
    private static readonly GeoPoint Amiens = new(49.8941, 2.2958);

    [Fact]
    public void Lille_to_Amiens_is_98_km_as_the_crow_flies_and_128_by_road()
    {
        Assert.InRange(Lille.GreatCircleKm(Amiens), 97.5, 98.9);
        Assert.Equal(Lille.GreatCircleKm(Amiens) * 1.3, Lille.RoadKm(Amiens), 9);
        Assert.Equal(Lille.GreatCircleKm(Amiens), Amiens.GreatCircleKm(Lille), 9);
    }

    [Fact]
    public void A_degree_of_the_equator_is_111_km() =>
        Assert.Equal(111.195, new GeoPoint(0, 0).GreatCircleKm(new GeoPoint(0, 1)), 2);

    [Fact]
    public void A_place_is_at_no_distance_of_itself() => Assert.Equal(0, Lille.RoadKm(Lille));

    [Theory]
    [InlineData(91, 0)]
    [InlineData(0, 181)]
    [InlineData(double.NaN, 0)]
    public void A_position_off_the_globe_is_not_valid(double latitude, double longitude) =>
        Assert.False(new GeoPoint(latitude, longitude).IsValid);
}
