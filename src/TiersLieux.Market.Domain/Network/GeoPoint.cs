namespace TiersLieux.Market.Domain.Network;

/// <summary>A position on the globe, WGS 84, in degrees.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Mean radius of the Earth (IUGG), in kilometres.</summary>
    private const double EarthRadiusKm = 6371.0088;

    /// <summary>How much longer a road is than the great circle, until a road table is configured.</summary>
    private const double RoadFactor = 1.3;

    public bool IsValid => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;

    /// <summary>Distance along the great circle (haversine), in kilometres.</summary>
    public double GreatCircleKm(GeoPoint other)
    {
        var latitude = double.DegreesToRadians(other.Latitude - Latitude);
        var longitude = double.DegreesToRadians(other.Longitude - Longitude);
        var a = Square(Math.Sin(latitude / 2))
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Square(Math.Sin(longitude / 2));
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }

    /// <summary>Estimated distance by road, in kilometres: the great circle times 1.3.</summary>
    public double RoadKm(GeoPoint other) => GreatCircleKm(other) * RoadFactor;

    /// <summary>The point as a unit vector from the centre of the Earth: what lies close together has close vectors, without trigonometry per pair.</summary>
    internal (double X, double Y, double Z) UnitVector()
    {
        var (latitude, longitude) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(Longitude));
        return (Math.Cos(latitude) * Math.Cos(longitude), Math.Cos(latitude) * Math.Sin(longitude), Math.Sin(latitude));
    }

    /// <summary><see cref="RoadKm(GeoPoint)"/> of two points whose unit vectors are this far apart.</summary>
    internal static double RoadKm(double chord) => 2 * EarthRadiusKm * Math.Asin(Math.Clamp(chord / 2, 0, 1)) * RoadFactor;

    private static double Square(double x) => x * x;
}
