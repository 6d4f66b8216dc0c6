namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>One thread's part of a search: it makes a solution from nothing or from two of the pool, and improves it. It only reads the pool.</summary>
internal sealed class SearchWorker
{
    /// <summary>Moves without an improvement before the next solution is begun.</summary>
    private const int Patience = 2000;

    /// <summary>How far a path is followed, in percent: not so near an end that the search falls back into it.</summary>
    private const int LeastShare = 30;

    private const int MostShare = 70;

    private readonly Construction _construction;
    private readonly TabuSearch _tabu;
    private readonly PathRelinking _relinking;
    private readonly SearchRandom _random;

    public SearchWorker(FlatShop shop, ShopObjective objective, ulong seed, SearchClock clock)
    {
        Clock = clock;
        _random = new SearchRandom(seed);
        _construction = new Construction(shop, _random, clock);
        _tabu = new TabuSearch(shop, objective, _random, clock);
        _relinking = new PathRelinking(shop, _random);
        Child = new Genome(shop);
    }

    public SearchClock Clock { get; }

    /// <summary>What the last call made.</summary>
    public Genome Child { get; }

    /// <param name="number">How many were constructed before: the first ones take one rule each, later ones add chance.</param>
    public void Construct(int number, long bound)
    {
        _construction.Build(Child, number % Construction.Rules, number < Construction.Rules ? 0 : 20);
        _tabu.Improve(Child, Patience, bound);
    }

    public void Relink(ElitePool pool, long bound)
    {
        var one = _random.Below(pool.Count);
        var other = _random.Below(pool.Count - 1);
        if (other >= one) other++;
        _relinking.Between(pool[one], pool[other], LeastShare + _random.Below(MostShare - LeastShare + 1), Child);
        _tabu.Improve(Child, Patience, bound);
    }

    /// <summary>Improves a given solution.</summary>
    public void Improve(Genome start, long bound)
    {
        Child.CopyFrom(start);
        _tabu.Improve(Child, Patience, bound);
    }
}
