using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using Orleans;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Messages;

/// <summary>What a type may carry over a wire: the rules of Orleans' serialiser, read by reflection.</summary>
internal static class SerializableType
{
    private static readonly ConcurrentDictionary<Assembly, FrozenDictionary<Type, object>> Converters = new();

    private static readonly FrozenSet<Type> Scalars = new[]
    {
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(Int128), typeof(UInt128), typeof(Half), typeof(CancellationToken),
        typeof(GrainId),
    }.ToFrozenSet();

    public static bool IsScalar(Type type) => type.IsPrimitive || type.IsEnum || Scalars.Contains(type);

    /// <summary>A grain interface: what travels is the reference.</summary>
    public static bool IsReference(Type type) => type.IsAssignableTo(typeof(IAddressable)) && !type.IsAssignableTo(typeof(Grain));

    public static bool IsTuple(Type type) => type.IsAssignableTo(typeof(ITuple)) && type.FullName!.StartsWith("System.", StringComparison.Ordinal);

    public static bool IsMarked(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>
    /// The <see cref="IConverter{TValue, TSurrogate}"/> registered for a type, sought in the assemblies that know Orleans.
    /// </summary>
    public static object? Converter(Type type) => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic)
        .Select(assembly => Converters.GetOrAdd(assembly, ConvertersOf).GetValueOrDefault(type))
        .FirstOrDefault(converter => converter is not null);

    public static Type[] ConverterArguments(object converter) => converter.GetType().GetInterfaces()
        .Single(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IConverter<,>)).GetGenericArguments();

    /// <summary>The fields of a marked type that travel, base types first; <paramref name="problems"/> gets what is wrong with it.</summary>
    public static List<FieldInfo> Fields(Type type, ICollection<string> problems)
    {
        List<FieldInfo> fields = [];
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            if (IsMarked(parent.IsGenericType ? parent.GetGenericTypeDefinition() : parent))
                fields.AddRange(Fields(parent, problems));
            else
                problems.Add($"its base {parent} is not marked [GenerateSerializer]");
        }

        if (type.IsNestedPrivate || type.IsNestedFamily)
            problems.Add("it is private, and a serialiser could not reach it");
        var positional = PositionalNames(type);
        HashSet<uint> ids = [];
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            var property = field.Name.StartsWith('<') ? type.GetProperty(field.Name[1..field.Name.IndexOf('>')], BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) : null;
            MemberInfo member = property ?? (MemberInfo)field;
            if (field.IsDefined(typeof(NonSerializedAttribute)) || member.IsDefined(typeof(IgnoreDataMemberAttribute)))
                continue;
            if (member.GetCustomAttribute<IdAttribute>() is { } id)
            {
                if (!ids.Add(id.Id))
                    problems.Add($"it has [Id({id.Id})] twice");
            }
            else if (!positional.Contains(member.Name))
            {
                problems.Add($"{member.Name} has no [Id], so it would arrive empty");
            }

            fields.Add(field);
        }

        return fields;
    }

    /// <summary>The positional parameters of a record, which need no [Id].</summary>
    private static HashSet<string> PositionalNames(Type type)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var isRecord = type.GetMethod("PrintMembers", declared) is not null;
        return !isRecord ? [] : type.GetConstructors(declared)
            .Select(constructor => constructor.GetParameters())
            .Where(parameters => parameters.All(parameter => type.GetProperty(parameter.Name!, declared)?.PropertyType == parameter.ParameterType))
            .SelectMany(parameters => parameters.Select(parameter => parameter.Name!))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static FrozenDictionary<Type, object> ConvertersOf(Assembly assembly)
    {
        var self = typeof(IConverter<,>).Assembly.GetName().Name;
        return !assembly.GetReferencedAssemblies().Any(name => string.Equals(name.Name, self, StringComparison.Ordinal))
            ? FrozenDictionary<Type, object>.Empty
            : assembly.GetTypes()
                .Where(type => type.IsDefined(typeof(RegisterConverterAttribute)))
                .Select(type => Activator.CreateInstance(type)!)
                .ToFrozenDictionary(converter => ConverterArguments(converter)[0]);
    }
}
