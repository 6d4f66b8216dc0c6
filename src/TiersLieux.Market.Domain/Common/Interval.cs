namespace TiersLieux.Market.Domain.Common;

/// <summary>A half-open stretch of time [Start, End), both UTC.</summary>
public readonly record struct Interval(DateTime Start, DateTime End)
{
    public TimeSpan Length => End - Start;

    public bool IsEmpty => End <= Start;

    public bool Overlaps(Interval other) => Start < other.End && other.Start < End;

    public bool Contains(Interval other) => Start <= other.Start && other.End <= End;
}
