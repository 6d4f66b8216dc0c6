using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Web.Components.Drawings;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>Places as points of the map.</summary>
internal static class PlacePoints
{
    public static MapPoint Of(PlaceSummary summary)
    {
        var place = summary.Place;
        return new MapPoint(
            place.Latitude, place.Longitude, place.Name,
            place.Status == PlaceStatus.Active && summary.Machines > 0 ? MapPointKind.Workshop : MapPointKind.Referenced,
            "/lieu/" + place.Code, place.Address.City, summary.Mark, place.Precision != PositionPrecision.Address);
    }
}
