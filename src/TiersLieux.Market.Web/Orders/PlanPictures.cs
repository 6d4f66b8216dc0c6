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
        plan.Lots.SelectMany(l => l.Operations.Select(o => new Stretch(l.Line, l.Number, o.Sequence, o.Workshop, o.Process, o.Segments))), plan.PromiseDate, sites, delivery, deliveryLabel);

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

    /// <summary>What is in force, from the work orders that count: a part that another workshop took over is drawn where it is made now.</summary>
    public static PlanPictures Of(IEnumerable<WorkOrder> works, DateOnly promised, WorkshopSites sites, Commune? delivery, string deliveryLabel) => Draw(
        works.SelectMany(w => w.Operations.Select(o => new Stretch(o.Line, o.Lot, o.Sequence, w.WorkshopId, o.Process, o.Segments))), promised, sites, delivery, deliveryLabel);

    private static PlanPictures Draw(IEnumerable<Stretch> all, DateOnly promised, WorkshopSites sites, Commune? delivery, string deliveryLabel)
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

        var points = stretches.Select(s => s.Workshop).Distinct().Where(sites.Workshops.ContainsKey).Select(id =>
        {
            var site = sites.Workshops[id];
            return new MapPoint(site.Latitude, site.Longitude, site.Name, MapPointKind.Workshop, Detail: site.City, Process: stretches.First(s => s.Workshop == id).Process);
        }).ToList();
        if (delivery is not null) points.Add(new MapPoint(delivery.Latitude, delivery.Longitude, deliveryLabel, MapPointKind.Delivery, Detail: delivery.Name));
        return new PlanPictures(rows, from, to, points, [.. Drive(stretches, sites, delivery)]);
    }

    /// <summary>Each lot from workshop to workshop and on to the customer; ways that several lots take are drawn once.</summary>
    private static IEnumerable<MapJourney> Drive(IEnumerable<Stretch> stretches, WorkshopSites sites, Commune? delivery)
    {
        var ways = new HashSet<MapJourney>();
        foreach (var lot in stretches.GroupBy(s => (s.Line, s.Lot)))
        {
            var stops = lot.OrderBy(s => s.Sequence).Select(s => sites.Workshops.GetValueOrDefault(s.Workshop)).OfType<WorkshopSite>().ToList();
            foreach (var (from, to) in stops.Zip(stops.Skip(1)).Where(p => p.First.PlaceId != p.Second.PlaceId))
                ways.Add(new MapJourney(from.Latitude, from.Longitude, to.Latitude, to.Longitude, $"{from.City} → {to.City}"));
            if (delivery is not null && stops is [.., var last])
                ways.Add(new MapJourney(last.Latitude, last.Longitude, delivery.Latitude, delivery.Longitude, $"{last.City} → {delivery.Name}"));
        }

        return ways;
    }

    private sealed record Stretch(int Line, int Lot, int Sequence, Guid Workshop, string Process, IReadOnlyList<Interval> Segments);
}
