using System.Reflection;
using Orleans;
using TiersLieux.Market.EmbeddedSilo.Messages;

namespace TiersLieux.Market.EmbeddedSilo;

/// <summary>Shows that grain calls could cross a wire, which in one process nothing else would.</summary>
public static class SerializableContract
{
    private static readonly Type[] CollectionInterfaces =
    [
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(ISet<>), typeof(IDictionary<,>),
        typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlySet<>), typeof(IReadOnlyDictionary<,>),
    ];

    /// <summary>
    /// Looks at every argument and result of every grain interface in an assembly, and at what they hold: each must be a
    /// plain value, a known collection, a grain reference, a type with a registered converter, or marked [GenerateSerializer]
    /// with [Id] on every member (positional parameters of records have theirs by position).
    /// </summary>
    /// <returns>One sentence for each problem; empty when all could travel.</returns>
    public static IReadOnlyList<string> Check(Assembly assembly)
    {
        List<string> problems = [];
        HashSet<Type> seen = [];
        foreach (var method in assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))
            .SelectMany(type => type.GetMethods()))
        {
            var name = $"{method.DeclaringType!.Name}.{method.Name}";
            foreach (var parameter in method.GetParameters())
                Visit(parameter.ParameterType, $"{name}({parameter.Name})");
            if (method.ReturnType.IsGenericType)
                Visit(method.ReturnType.GetGenericArguments()[0], $"{name} result");
        }

        return problems;

        void Visit(Type type, string where)
        {
            if (!seen.Add(type) || SerializableType.IsScalar(type) || SerializableType.IsReference(type))
                return;
            if (type.IsArray)
            {
                Visit(type.GetElementType()!, where);
            }
            else if (Nullable.GetUnderlyingType(type) is not null || SerializableType.IsTuple(type) || IsCollection(type))
            {
                foreach (var argument in type.GetGenericArguments())
                    Visit(argument, where);
            }
            else if (SerializableType.Converter(type) is { } converter)
            {
                Visit(SerializableType.ConverterArguments(converter)[1], $"{where} > surrogate of {type.Name}");
            }
            else if (SerializableType.IsMarked(type))
            {
                VisitMarked(type, $"{where} > {type.Name}");
            }
            else
            {
                problems.Add($"{where}: {type} is not marked [GenerateSerializer].");
            }
        }

        void VisitMarked(Type type, string where)
        {
            List<string> faults = [];
            var fields = SerializableType.Fields(type, faults);
            problems.AddRange(faults.Select(fault => $"{where}: {fault}."));
            foreach (var field in fields)
                Visit(field.FieldType, $"{where}.{field.Name.Trim('<').Split('>')[0]}");
            foreach (var child in type.Assembly.GetTypes().Where(each => each.BaseType == type))
                Visit(child, where);
        }
    }

    private static bool IsCollection(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (MessageCopier.IsCollection(open) || CollectionInterfaces.Contains(open));
}
