namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>The best solutions found that are not alike.</summary>
internal sealed class ElitePool(FlatShop shop, int size)
{
    /// <summary>Solutions of one value that differ in no more operations than this are alike.</summary>
    private const int Alike = 3;

    private readonly List<Genome> _members = new(size);

    public int Count => _members.Count;

    public bool IsFull => _members.Count == size;

    public Genome this[int i] => _members[i];

    /// <summary>Takes a copy of a solution in, for the worst when the pool is full; not one that is worse than all, or too much like a member.</summary>
    public void Add(Genome genome)
    {
        if (_members.Exists(member => member.Value == genome.Value && Distance(member, genome) <= Alike)) return;
        if (!IsFull)
        {
            var member = new Genome(shop);
            member.CopyFrom(genome);
            _members.Add(member);
            return;
        }

        var worst = _members.MaxBy(member => member.Value)!;
        if (genome.Value <= worst.Value) worst.CopyFrom(genome);
    }

    /// <summary>Operations on another machine.</summary>
    private int Distance(Genome one, Genome other)
    {
        var distance = 0;
        for (var v = 0; v < shop.Count; v++)
            if (one.Alternative[v] != other.Alternative[v]) distance++;
        return distance;
    }
}
