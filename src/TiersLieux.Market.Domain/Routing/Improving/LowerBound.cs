namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// An objective that no plan can go below: the longest job on its fastest machines, and the load of the machines as a flow. An operation gives its
/// shortest duration to any of its machines; a machine takes what lies between the earliest head and the shortest tail of its operations.
/// </summary>
internal static class LowerBound
{
    public static long Of(FlatShop shop, ShopObjective objective, SearchClock clock)
    {
        var shortest = new int[shop.Count];
        for (var v = 0; v < shop.Count; v++)
        {
            shortest[v] = int.MaxValue;
            for (var a = shop.AlternativeStart[v]; a < shop.AlternativeStart[v + 1]; a++) shortest[v] = Math.Min(shortest[v], shop.AlternativeDuration[a]);
        }

        var (head, tail) = (new int[shop.Count + 1], new int[shop.Count + 1]);
        var bound = 0;
        for (var v = 0; v < shop.Count; v++)
        {
            var previous = shop.Previous[v];
            head[v] = Math.Max(shop.Earliest[v], previous == shop.Count ? 0 : head[previous] + shortest[previous]);
            bound = Math.Max(bound, head[v] + shortest[v]);
        }

        if (objective == ShopObjective.Completions) return Enumerable.Range(0, shop.Jobs).Sum(j => shop.Weight[j] * (long)(head[shop.First[j + 1] - 1] + shortest[shop.First[j + 1] - 1]));
        for (var v = shop.Count - 1; v >= 0; v--) tail[v] = shop.Next[v] == shop.Count ? 0 : tail[v + 1] + shortest[v + 1];
        var (low, high) = (bound, shortest.Sum() + head.Max() + tail.Max());
        while (low < high)
        {
            var middle = (int)(((long)low + high) / 2);
            if (new LoadFlow(shop, shortest, head, tail, clock).Fits(middle) is not { } fits) return low;
            if (fits) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
