using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Grains.Common;

/// <summary>A refusal as it travels between grains.</summary>
[GenerateSerializer, Immutable]
public sealed record Refusal(
    [property: Id(0)] string Code,
    [property: Id(1)] string French,
    [property: Id(2)] string English,
    [property: Id(3)] string? Field)
{
    public static Refusal Of(Reason reason) => new(reason.Code, reason.French, reason.English, reason.Field);

    public Reason ToReason() => new(Code, French, English) { Field = Field };
}

/// <summary>What came of asking a grain: done, or refused with a reason. What the world causes (a lost database) is an exception.</summary>
[GenerateSerializer, Immutable]
public sealed record Outcome([property: Id(0)] Refusal? Refusal)
{
    public static Outcome Done { get; } = new((Refusal?)null);

    public bool IsDone => Refusal is null;

    public static Outcome Refused(Reason reason) => new(Refusal.Of(reason));

    /// <summary>Done when there is no reason.</summary>
    public static Outcome Of(Reason? reason) => reason is null ? Done : Refused(reason);
}

/// <summary>The same with a value when done.</summary>
[GenerateSerializer, Immutable]
public sealed record Outcome<T>([property: Id(0)] T? Value, [property: Id(1)] Refusal? Refusal)
{
    public bool IsDone => Refusal is null;

    public static Outcome<T> Done(T value) => new(value, null);

    public static Outcome<T> Refused(Reason reason) => new(default, Refusal.Of(reason));

    public static Outcome<T> Refused(Refusal refusal) => new(default, refusal);
}
