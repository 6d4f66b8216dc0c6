using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Orleans;
using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Embedded;

/// <summary>A contract with every fault that the check must find. No real silo could be built with it.</summary>
public interface ITroubleGrain : IGrainWithStringKey
{
    Task Take(Unmarked value);

    Task<object> Give();

    Task TakeForgetful(Forgetful value);

    Task<int> TakeNames(IReadOnlyList<string> names);

    Task TakeFamily(Family family);

    Task TakeTwice(TwiceOne twice);

    Task<Box> Echo(Box box);

    Task<Loop> EchoLoop(Loop loop);
}

public sealed class TroubleGrain : Grain, ITroubleGrain
{
    public Task Take(Unmarked value) => Task.CompletedTask;

    public Task<object> Give() => Task.FromResult<object>(new Unmarked("x"));

    public Task TakeForgetful(Forgetful value) => Task.CompletedTask;

    public Task<int> TakeNames(IReadOnlyList<string> names) => Task.FromResult(names.Count);

    public Task TakeFamily(Family family) => Task.CompletedTask;

    public Task TakeTwice(TwiceOne twice) => Task.CompletedTask;

    public Task<Box> Echo(Box box) => Task.FromResult(box);

    public Task<Loop> EchoLoop(Loop loop) => Task.FromResult(loop);
}

[GenerateSerializer]
public sealed record Forgetful
{
    public string Name { get; init; } = "forgotten";
}

[GenerateSerializer]
public abstract record Family
{
    [GenerateSerializer]
    public sealed record Marked([property: Id(0)] int Value) : Family;

    public sealed record Stranger(int Value) : Family;
}

[GenerateSerializer]
public sealed class TwiceOne
{
    [Id(1)]
    public int First { get; set; }

    [Id(1)]
    public int Second { get; set; }
}

[GenerateSerializer]
public sealed class Loop
{
    [Id(0)]
    public Loop? Self { get; set; }
}

[GenerateSerializer]
public sealed class Box
{
    [Id(0)]
    public string[] Names { get; init; } = [];

    [Id(1)]
    public string[] Again { get; init; } = [];

    [Id(2)]
    public HashSet<int> Set { get; init; } = [];

    [Id(3)]
    public SortedSet<int> Sorted { get; init; } = [];

    [Id(4)]
    public Queue<int> Queue { get; init; } = new();

    [Id(5)]
    public ReadOnlyCollection<int> ReadOnly { get; init; } = ReadOnlyCollection<int>.Empty;

    [Id(6)]
    public ImmutableArray<HoldLine> Lines { get; init; }

    [Id(7)]
    public ImmutableList<int> Items { get; init; } = [];

    [Id(8)]
    public ImmutableHashSet<int> ItemSet { get; init; } = [];

    [Id(9)]
    public SortedDictionary<int, string> SortedMap { get; init; } = [];

    [Id(10)]
    public ImmutableDictionary<string, int> Map { get; init; } = ImmutableDictionary<string, int>.Empty;

    [Id(11)]
    public ImmutableSortedDictionary<string, int> OrderedMap { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    [Id(12)]
    public KeyValuePair<string, int> Pair { get; init; }

    [Id(13)]
    public (int Number, Outcome Outcome) Tuple { get; init; }

    [Id(14)]
    public int? Missing { get; init; }

    [Id(15)]
    public DayOfWeek Day { get; init; }

    public static Box Example()
    {
        string[] names = ["a", "b"];
        return new()
        {
            Names = names,
            Again = names,
            Set = [1, 2],
            Sorted = [3, 1],
            Queue = new([5, 6]),
            ReadOnly = new([7]),
            Lines = [new("laser", TimeSpan.FromMinutes(5))],
            Items = [8],
            ItemSet = [9],
            SortedMap = new() { [2] = "two" },
            Map = ImmutableDictionary<string, int>.Empty.Add("x", 1),
            OrderedMap = ImmutableSortedDictionary<string, int>.Empty.Add("y", 2),
            Pair = new("k", 3),
            Tuple = (4, new Outcome.Held(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))),
            Day = DayOfWeek.Friday,
        };
    }
}
