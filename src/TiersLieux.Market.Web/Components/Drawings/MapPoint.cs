namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>What stands at a point of the map.</summary>
public enum MapPointKind
{
    /// <summary>A real place that is only listed.</summary>
    Referenced,
    /// <summary>A workshop that produces; shown with its process's mark.</summary>
    Workshop,
    /// <summary>Where an order is delivered.</summary>
    Delivery,
}

/// <summary>Something on the map.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Label">Its name.</param>
/// <param name="Detail">A line below the name: commune, processes, free hours.</param>
/// <param name="Process">Main process, for a workshop's mark.</param>
/// <param name="Approximate">The position is that of the commune.</param>
public sealed record MapPoint(
    double Latitude,
    double Longitude,
    string Label,
    MapPointKind Kind = MapPointKind.Referenced,
    string? Href = null,
    string? Detail = null,
    string? Process = null,
    bool Approximate = false);

/// <summary>A journey of goods between two points.</summary>
/// <param name="Label">« Roubaix → Amiens, 140 km, 24 tabourets ».</param>
public sealed record MapJourney(double FromLatitude, double FromLongitude, double ToLatitude, double ToLongitude, string Label);

/// <summary>The part of the region to show.</summary>
/// <param name="Kilometres">Width and height of what is shown.</param>
public sealed record MapView(double Latitude, double Longitude, double Kilometres);
