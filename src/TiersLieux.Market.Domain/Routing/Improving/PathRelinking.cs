namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Solutions between two: each operation at a rank between its ranks in both, on the machine of one of them. A mean of two orders that respect
/// the jobs respects them too, so every point of the way is a solution and none needs repair.
/// </summary>
internal sealed class PathRelinking(FlatShop shop, SearchRandom random)
{
    private readonly int[] _keys = new int[shop.Count];
    private readonly int[] _rank = new int[shop.Count];

    /// <summary>How far two solutions are apart: operations on other machines, and pairs that follow each other on a machine in one and not in the other.</summary>
    public int Distance(Genome one, Genome other)
    {
        var distance = 0;
        for (var v = 0; v < shop.Count; v++)
            if (one.Alternative[v] != other.Alternative[v]) distance++;
        return distance;
    }

    /// <param name="share">How far to go from the one to the other, in percent.</param>
    public void Between(Genome one, Genome other, int share, Genome child)
    {
        for (var i = 0; i < shop.Count; i++)
        {
            _keys[one.Order[i]] = i * (100 - share);
            _rank[i] = one.Order[i];
        }

        for (var i = 0; i < shop.Count; i++) _keys[other.Order[i]] += i * share;
        for (var j = 0; j < shop.Jobs; j++)
        {
            var taken = random.Below(100) < share ? other : one;
            child.Factory[j] = taken.Factory[j];
        }

        for (var v = 0; v < shop.Count; v++) child.Alternative[v] = (random.Below(100) < share ? other : one).Alternative[v];
        for (var i = 0; i < shop.Count; i++) child.Order[i] = one.Order[i];
        // Equal keys keep the order of the job: both orders increase along it, so keys do, strictly.
        var keys = new int[shop.Count];
        for (var i = 0; i < shop.Count; i++) keys[i] = _keys[child.Order[i]];
        Array.Sort(keys, child.Order);
    }
}
