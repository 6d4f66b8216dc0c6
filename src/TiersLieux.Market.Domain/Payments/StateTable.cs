using System.Collections.Frozen;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>Which state may follow which. What is not in the table cannot happen.</summary>
public sealed class StateTable<TState>
    where TState : struct, Enum
{
    private readonly FrozenSet<(TState From, TState To)> _moves;

    internal StateTable(params (TState From, TState[] To)[] rows) =>
        _moves = rows.SelectMany(r => r.To.Select(to => (r.From, to))).ToFrozenSet();

    public IReadOnlySet<(TState From, TState To)> Moves => _moves;

    public bool Allows(TState from, TState to) => _moves.Contains((from, to));

    /// <summary>No move leaves this state.</summary>
    public bool IsFinal(TState state) => !_moves.Any(m => m.From.Equals(state));
}
