using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>What takes the calls for one grain id: an activation, or the activations of a stateless worker.</summary>
internal interface ITarget
{
    IEnumerable<Activation> Activations { get; }

    bool TryReceive(Turn turn);
}

/// <summary>The activations of one stateless worker: a call goes to the least busy, or to a new one while there may be more.</summary>
internal sealed class StatelessWorkers(Silo silo, GrainClass grainClass, GrainId id) : ITarget
{
    private readonly List<Activation> _workers = [];
    private bool _gone;

    public IEnumerable<Activation> Activations
    {
        get
        {
            lock (_workers)
                return [.. _workers];
        }
    }

    public bool TryReceive(Turn turn)
    {
        lock (_workers)
        {
            while (!_gone)
            {
                var worker = _workers.MinBy(each => each.Load);
                if (worker is null || (worker.Load > 0 && _workers.Count < grainClass.MaxWorkers))
                    _workers.Add(worker = new(silo, grainClass, id, (turn as Call)?.Context, this));
                if (worker.TryReceive(turn))
                    return true;
                _workers.Remove(worker);
            }

            return false;
        }
    }

    public void Remove(Activation worker)
    {
        lock (_workers)
        {
            _workers.Remove(worker);
            _gone = _workers.Count == 0;
        }

        if (_gone)
            silo.Remove(id, this);
    }
}
