namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Solutions on the way from one to another (Glover, Laguna &amp; Martí 2000): each operation at a rank between its two ranks, on the machine of one of them. A mean of
/// two orders that respect the jobs respects them too, so every point of the way is a solution and none needs repair.
/// </summary>
internal sealed class PathRelinking(FlatShop shop, SearchRandom random)
{
    private readonly int[] _rank = new int[shop.Count];
    private readonly int[] _keys = new int[shop.Count];

    /// <param name="share">How far to go from the one to the other, in percent.</param>
    public void Between(Genome one, Genome other, int share, Genome child)
    {
        for (var i = 0; i < shop.Count; i++) _rank[other.Order[i]] = i;
        for (var i = 0; i < shop.Count; i++)
        {
            // Both ranks grow along a job, so keys do, strictly, and sorting cannot turn a job around.
            child.Order[i] = one.Order[i];
            _keys[i] = i * (100 - share) + _rank[one.Order[i]] * share;
        }

        Array.Sort(_keys, child.Order);
        for (var j = 0; j < shop.Jobs; j++) child.Factory[j] = Either().Factory[j];
        for (var v = 0; v < shop.Count; v++) child.Alternative[v] = Either().Alternative[v];

        Genome Either() => random.Below(100) < share ? other : one;
    }
}
