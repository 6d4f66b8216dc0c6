namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// A solution without its times: the alternative of each operation, the factory of each job, and one order of all operations that respects jobs and
/// machines. The sequence of a machine is its operations in that order, so any order that respects the jobs is a solution: none has a cycle.
/// </summary>
internal sealed class Genome(FlatShop shop)
{
    public int[] Alternative { get; } = new int[shop.Count];

    public int[] Order { get; } = new int[shop.Count];

    public int[] Factory { get; } = new int[shop.Jobs];

    public ShopValue Value { get; set; } = ShopValue.Worst;

    public void CopyFrom(Genome other)
    {
        other.Alternative.CopyTo(Alternative, 0);
        other.Order.CopyTo(Order, 0);
        other.Factory.CopyTo(Factory, 0);
        Value = other.Value;
    }
}
