using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using TiersLieux.Market.EmbeddedSilo.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Messages;

/// <summary>
/// Copies messages as a wire would: what may travel arrives as an equal value that shares nothing with the
/// original, and anything else is an error that says why.
/// </summary>
internal sealed class MessageCopier
{
    private delegate object Shape(object value, Func<object?, object?> copy);

    private readonly ConcurrentDictionary<Type, Shape> _shapes = new();

    public object?[] CopyAll(object?[] values) => Array.ConvertAll(values, value => Copy(value));

    /// <exception cref="NotSupportedException">Something in the value could not travel.</exception>
    public T Copy<T>(T value)
    {
        // Twice the same object in a message is once the same object in the copy; cycles end here too.
        Dictionary<object, object>? seen = null;
        return (T)Copy(value)!;

        object? Copy(object? original)
        {
            if (original is null or string || SerializableType.IsScalar(original.GetType()) || original is GrainReference)
                return original;
            if (seen?.TryGetValue(original, out var copied) == true)
                return copied;
            var type = original.GetType();
            if (type.IsArray || !SerializableType.IsMarked(type))
                return Remember(original, _shapes.GetOrAdd(type, ShapeOf)(original, Copy));

            // Known before its members are copied, for a member may point back.
            var blank = RuntimeHelpers.GetUninitializedObject(type);
            Remember(original, blank);
            foreach (var field in Plans.GetOrAdd(type, PlanOf))
                field.SetValue(blank, Copy(field.GetValue(original)));
            return blank;
        }

        object Remember(object original, object copied)
        {
            if (!original.GetType().IsValueType)
                (seen ??= new(ReferenceEqualityComparer.Instance))[original] = copied;
            return copied;
        }
    }

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Plans = new();

    private static readonly Dictionary<Type, string> Collections = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(Set),
        [typeof(SortedSet<>)] = nameof(Sorted),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnly),
        [typeof(ImmutableArray<>)] = nameof(Immutable),
        [typeof(ImmutableList<>)] = nameof(ImmutableItems),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableSet),
        [typeof(Dictionary<,>)] = nameof(Map),
        [typeof(SortedDictionary<,>)] = nameof(SortedMap),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableMap),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedMap),
        [typeof(KeyValuePair<,>)] = nameof(Pair),
    };

    /// <summary>The collections that may travel, by their open types.</summary>
    public static bool IsCollection(Type open) => Collections.ContainsKey(open);

    private static Shape ShapeOf(Type type)
    {
        if (type.IsArray)
            return type.GetArrayRank() == 1 ? Make(nameof(Items), [type.GetElementType()!]) : throw CannotTravel(type, "it is an array of several dimensions");
        if (type.IsGenericType && Collections.TryGetValue(type.GetGenericTypeDefinition(), out var method))
            return Make(method, type.GetGenericArguments());
        if (SerializableType.IsTuple(type))
            return (value, copy) => Activator.CreateInstance(type, [.. Enumerable.Range(0, ((ITuple)value).Length).Select(i => copy(((ITuple)value)[i]))])!;
        if (SerializableType.Converter(type) is { } converter)
            return Make(nameof(Converted), SerializableType.ConverterArguments(converter), converter);
        throw CannotTravel(type, "it is not marked [GenerateSerializer]");
    }

    private static FieldInfo[] PlanOf(Type type)
    {
        List<string> problems = [];
        var fields = SerializableType.Fields(type, problems);
        return problems.Count == 0 ? [.. fields] : throw CannotTravel(type, string.Join("; ", problems));
    }

    private static NotSupportedException CannotTravel(Type type, string why) => new($"{type} cannot travel in a grain call: {why}.");

    private static Shape Make(string method, Type[] arguments, object? target = null) => typeof(MessageCopier)
        .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments) is var made && target is null
            ? made.CreateDelegate<Shape>()
            : (value, copy) => made.Invoke(null, [target, value, copy])!;

    private static object Converted<T, TSurrogate>(object converter, object value, Func<object?, object?> copy)
        where TSurrogate : struct
    {
        var both = (Orleans.IConverter<T, TSurrogate>)converter;
        return both.ConvertFromSurrogate((TSurrogate)copy(both.ConvertToSurrogate((T)value))!)!;
    }

    private static object Items<T>(object value, Func<object?, object?> copy) => Array.ConvertAll((T[])value, item => (T)copy(item)!);

    private static object List<T>(object value, Func<object?, object?> copy) => Each<T>(value, copy).ToList();

    private static object Set<T>(object value, Func<object?, object?> copy) => Each<T>(value, copy).ToHashSet(((HashSet<T>)value).Comparer);

    private static object Sorted<T>(object value, Func<object?, object?> copy) => new SortedSet<T>(Each<T>(value, copy), ((SortedSet<T>)value).Comparer);

    private static object Queue<T>(object value, Func<object?, object?> copy) => new Queue<T>(Each<T>(value, copy));

    private static object ReadOnly<T>(object value, Func<object?, object?> copy) => new ReadOnlyCollection<T>(Each<T>(value, copy).ToList());

    private static object Immutable<T>(object value, Func<object?, object?> copy) =>
        ((ImmutableArray<T>)value).IsDefault ? value : Each<T>(value, copy).ToImmutableArray();

    private static object ImmutableItems<T>(object value, Func<object?, object?> copy) => Each<T>(value, copy).ToImmutableList();

    private static object ImmutableSet<T>(object value, Func<object?, object?> copy) => Each<T>(value, copy).ToImmutableHashSet(((ImmutableHashSet<T>)value).KeyComparer);

    private static object Map<TKey, T>(object value, Func<object?, object?> copy)
        where TKey : notnull =>
        new Dictionary<TKey, T>(Pairs<TKey, T>(value, copy), ((Dictionary<TKey, T>)value).Comparer);

    private static object SortedMap<TKey, T>(object value, Func<object?, object?> copy)
        where TKey : notnull =>
        new SortedDictionary<TKey, T>(new Dictionary<TKey, T>(Pairs<TKey, T>(value, copy)), ((SortedDictionary<TKey, T>)value).Comparer);

    private static object ImmutableMap<TKey, T>(object value, Func<object?, object?> copy)
        where TKey : notnull =>
        Pairs<TKey, T>(value, copy).ToImmutableDictionary(((ImmutableDictionary<TKey, T>)value).KeyComparer);

    private static object ImmutableSortedMap<TKey, T>(object value, Func<object?, object?> copy)
        where TKey : notnull =>
        Pairs<TKey, T>(value, copy).ToImmutableSortedDictionary(((ImmutableSortedDictionary<TKey, T>)value).KeyComparer);

    private static object Pair<TKey, T>(object value, Func<object?, object?> copy)
    {
        var (key, item) = (KeyValuePair<TKey, T>)value;
        return KeyValuePair.Create((TKey)copy(key)!, (T)copy(item)!);
    }

    private static IEnumerable<T> Each<T>(object value, Func<object?, object?> copy) => ((IEnumerable<T>)value).Select(item => (T)copy(item)!);

    private static IEnumerable<KeyValuePair<TKey, T>> Pairs<TKey, T>(object value, Func<object?, object?> copy) =>
        ((IEnumerable<KeyValuePair<TKey, T>>)value).Select(pair => (KeyValuePair<TKey, T>)Pair<TKey, T>(pair, copy));
}
