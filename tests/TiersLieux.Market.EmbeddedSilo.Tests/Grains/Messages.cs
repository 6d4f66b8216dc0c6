using Orleans;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Grains;

/// <summary>A message as the market's grains send them: positional and named members, values, collections, a closed family.</summary>
[GenerateSerializer, Immutable]
public sealed record Hold(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTime From,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] IReadOnlyList<HoldLine> Lines,
    [property: Id(4)] Outcome Outcome)
{
    [Id(5)]
    public Dictionary<string, int> Seats { get; init; } = [];

    [Id(6)]
    public DateOnly? Day { get; init; }

    [Id(7)]
    public Length Length { get; init; }

    public int LineCount => Lines.Count;

    public static readonly Hold Example = new(
        Guid.CreateVersion7(),
        new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc),
        12.340m,
        new List<HoldLine> { new("laser", TimeSpan.FromMinutes(90)), new("four", TimeSpan.FromHours(3)) },
        new Outcome.Refused("complet"))
    {
        Seats = new(StringComparer.OrdinalIgnoreCase) { ["A"] = 2 },
        Day = new DateOnly(2026, 12, 1),
        Length = new(1250),
    };
}

[GenerateSerializer, Immutable]
public readonly record struct HoldLine([property: Id(0)] string Machine, [property: Id(1)] TimeSpan Time);

/// <summary>A closed result: nested records of an abstract one.</summary>
[GenerateSerializer, Immutable]
public abstract record Outcome
{
    private Outcome()
    {
    }

    [GenerateSerializer, Immutable]
    public sealed record Held([property: Id(0)] DateTime Until) : Outcome;

    [GenerateSerializer, Immutable]
    public sealed record Refused([property: Id(0)] string Reason) : Outcome;
}

/// <summary>A value of a project that knows nothing of grains, which therefore travels as its surrogate.</summary>
public readonly struct Length(long millimetres) : IEquatable<Length>
{
    public long Millimetres { get; } = millimetres;

    public bool Equals(Length other) => Millimetres == other.Millimetres;

    public override bool Equals(object? obj) => obj is Length other && Equals(other);

    public override int GetHashCode() => Millimetres.GetHashCode();
}

[GenerateSerializer]
public struct LengthSurrogate
{
    [Id(0)]
    public long Millimetres { get; set; }
}

[RegisterConverter]
public sealed class LengthConverter : IConverter<Length, LengthSurrogate>
{
    public Length ConvertFromSurrogate(in LengthSurrogate surrogate) => new(surrogate.Millimetres);

    public LengthSurrogate ConvertToSurrogate(in Length value) => new() { Millimetres = value.Millimetres };
}

/// <summary>Not marked, so it cannot travel.</summary>
public sealed record Unmarked(string Text);
