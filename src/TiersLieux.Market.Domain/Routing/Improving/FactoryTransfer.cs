namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// Moves between factories: a job goes to another one, operation by operation where it costs least; if that does not help, a job of that factory comes
/// in exchange. Kept when the solution is not worse for it.
/// </summary>
internal sealed class FactoryTransfer(FlatShop shop, Schedule schedule, Neighbourhood neighbourhood, SearchRandom random)
{
    /// <summary>One transfer in so many moves: it costs about as much as twice the operations of a job.</summary>
    public const int Period = 16;

    private readonly Genome _before = new(shop);

    /// <returns>The value of the schedule as it is then.</returns>
    public ShopValue Try(int operation, ShopValue value, ShopObjective objective)
    {
        var job = shop.JobOf[operation];
        if (shop.JobFactory[job] >= 0) return value;
        schedule.Save(_before);
        var from = schedule.Factory[job];
        var to = random.Below(shop.Factories - 1);
        if (to >= from) to++;
        var moved = Transfer(job, to, objective);
        if (moved <= value) return moved;
        var (back, ties) = (-1, 0);
        for (var j = 0; j < shop.Jobs; j++)
            if (j != job && schedule.Factory[j] == to && shop.JobFactory[j] < 0 && random.Below(++ties) == 0) back = j;
        if (back >= 0)
        {
            moved = Transfer(back, from, objective);
            if (moved <= value) return moved;
        }

        schedule.Restore(_before);
        return value;
    }

    private ShopValue Transfer(int job, int factory, ShopObjective objective)
    {
        schedule.Factory[job] = factory;
        for (var v = shop.First[job]; v < shop.First[job + 1]; v++)
        {
            schedule.Backward(-1);
            var move = neighbourhood.BestFor(v);
            // A cycle can only come from work that takes no time; where the order stands there is none.
            if (!schedule.Move(v, move.Alternative, move.Position)) schedule.Move(v, move.Alternative, schedule.PositionByRank(v, shop.MachineIn(move.Alternative, factory)));
        }

        return schedule.Value(objective);
    }
}
