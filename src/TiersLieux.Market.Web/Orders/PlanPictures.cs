using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Web.Components.Drawings;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A plan as drawings take it: bars by workshop, journeys on the map.</summary>
public sealed record PlanPictures(IReadOnlyList<GanttRow> Rows, DateOnly From, DateOnly To, IReadOnlyList<MapPoint> Points, IReadOnlyList<MapJourney> Journeys)
{
    public static PlanPictures Of(Plan plan, WorkshopSites sites, Commune? delivery, string deliveryLabel) => Draw(
        plan.Lots.SelectMany(l => l.Operations.Select(o => new Stretch(o.Workshop, o.Process, o.Segments))), plan.Shipments, plan.PromiseDate, sites, delivery, deliveryLabel);

    /// <summary>The part of the region where it takes place; null when that is most of it.</summary>
    public MapView? View
    {
        get
        {
            const double KilometresPerDegree = 111.2;
            if (Points.Count == 0) return null;
            var (south, north) = (Points.Min(p => p.Latitude), Points.Max(p => p.Latitude));
            var (west, east) = (Points.Min(p => p.Longitude), Points.Max(p => p.Longitude));
            var (latitude, longitude) = ((south + north) / 2, (west + east) / 2);
            var extent = Math.Max(north - south, (east - west) * Math.Cos(double.DegreesToRadians(latitude))) * KilometresPerDegree;
            return extent > 120 ? null : new MapView(latitude, longitude, Math.Max(60, extent * 1.5));
        }
    }

    /// <summary>What is in force: the work orders that count, and the journeys of the plan.</summary>
    public static PlanPictures Of(IEnumerable<WorkOrder> works, IReadOnlyList<Shipment> shipments, DateOnly promised, WorkshopSites sites, Commune? delivery, string deliveryLabel) => Draw(
        works.SelectMany(w => w.Operations.Select(o => new Stretch(w.WorkshopId, o.Process, o.Segments))), shipments, promised, sites, delivery, deliveryLabel);

    private static PlanPictures Draw(IEnumerable<Stretch> all, IReadOnlyList<Shipment> shipments, DateOnly promised, WorkshopSites sites, Commune? delivery, string deliveryLabel)
    {
        var stretches = all.Where(s => s.Segments.Count > 0).ToList();
        var rows = stretches.GroupBy(s => s.Workshop).OrderBy(g => g.Min(s => s.Segments[0].Start))
            .Select(g => new GanttRow(
                sites.Name(g.Key),
                sites.Workshops.TryGetValue(g.Key, out var site) ? site.City : null,
                [.. g.SelectMany(s => s.Segments.Select(i => new GanttBar(i.Start, i.End, sites.Process(s.Process), s.Process))).OrderBy(b => b.Start)]))
            .ToList();
        var (from, to) = stretches.Count == 0
            ? (default, default)
            : (ParisTime.DateOf(stretches.Min(s => s.Segments[0].Start)), ParisTime.DateOf(stretches.Max(s => s.Segments[^1].End)));
        if (promised > to) to = promised;

        var places = sites.Workshops.Values.DistinctBy(w => w.PlaceId).ToDictionary(w => w.PlaceId);
        var points = stretches.Select(s => s.Workshop).Distinct().Where(sites.Workshops.ContainsKey).Select(id =>
        {
            var site = sites.Workshops[id];
            return new MapPoint(site.Latitude, site.Longitude, site.Name, MapPointKind.Workshop, Detail: site.City, Process: stretches.First(s => s.Workshop == id).Process);
        }).ToList();
        if (delivery is not null) points.Add(new MapPoint(delivery.Latitude, delivery.Longitude, deliveryLabel, MapPointKind.Delivery, Detail: delivery.Name));
        return new PlanPictures(rows, from, to, points, [.. Drive(shipments, places, delivery)]);
    }

    private static IEnumerable<MapJourney> Drive(IEnumerable<Shipment> shipments, Dictionary<Guid, WorkshopSite> places, Commune? delivery)
    {
        foreach (var shipment in shipments)
        {
            if (!places.TryGetValue(shipment.From, out var from)) continue;
            if (shipment.To is { } next)
            {
                if (places.TryGetValue(next, out var to)) yield return new MapJourney(from.Latitude, from.Longitude, to.Latitude, to.Longitude, $"{from.City} → {to.City}");
            }
            else if (delivery is not null)
            {
                yield return new MapJourney(from.Latitude, from.Longitude, delivery.Latitude, delivery.Longitude, $"{from.City} → {delivery.Name}");
            }
        }
    }

    private sealed record Stretch(Guid Workshop, string Process, IReadOnlyList<Interval> Segments);
}
