namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>What is left of the <see cref="PlanningLimits"/>.</summary>
internal sealed class SearchBudget(PlanningLimits limits)
{
    private readonly long _began = limits.Time?.Clock.GetTimestamp() ?? 0;
    private int _spent;
    private int _share = limits.Calendars;
    private bool _late;

    public bool IsExhaustive => limits.Exhaustive;

    /// <summary>Whether the search had to stop before it had looked at all it wanted.</summary>
    public bool CutShort { get; private set; }

    /// <summary>Calendars looked at.</summary>
    public int Spent => _spent;

    /// <summary>From now until the next call no more than this part of what is left may be spent.</summary>
    public void Share(double part) => _share = _spent + (int)Math.Max(1, (limits.Calendars - _spent) * part);

    /// <summary>Until <see cref="Widen"/> no more than this part of what the present share has left.</summary>
    /// <returns>The share before.</returns>
    public int Narrow(double part)
    {
        var outer = _share;
        _share = _spent + (int)Math.Max(1, Math.Max(0, _share - _spent) * part);
        return outer;
    }

    public void Widen(int share) => _share = share;

    /// <summary>Takes leave to look at one more calendar.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public bool TrySpend()
    {
        if ((_spent & 31) == 0)
        {
            limits.Cancellation.ThrowIfCancellationRequested();
            _late = _late || (limits.Time is { } time && time.Clock.GetElapsedTime(_began) >= time.Length);
        }

        _spent++;
        if (!_late && (_spent <= _share || limits.Exhaustive)) return true;
        CutShort = true;
        return false;
    }
}
