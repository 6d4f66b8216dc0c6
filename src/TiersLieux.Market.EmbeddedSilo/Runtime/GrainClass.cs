using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>What the silo knows of a grain class, found out once.</summary>
internal sealed class GrainClass
{
    private static readonly ConcurrentDictionary<Type, GrainClass> Known = new();
    private static readonly ConcurrentDictionary<GrainType, Type> Names = new();
    private readonly ConcurrentDictionary<MethodInfo, MethodInfo> _implementations = new();
    private readonly Type _type;
    private readonly ObjectFactory _factory;

    private GrainClass(Type type)
    {
        _type = type;
        _factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers;
        var name = type.Name.ToLowerInvariant();
        GrainType = new(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
        if (Names.GetOrAdd(GrainType, type) is var first && first != type)
            throw new ArgumentException($"{first} and {type} are both grain type {GrainType}: rename one.");
    }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>Null: not a stateless worker.</summary>
    public int? MaxWorkers { get; }

    /// <summary>The one class behind an interface, among the loaded assemblies that know this one.</summary>
    public static GrainClass Behind(Type grainInterface, string? prefix)
    {
        var self = typeof(GrainClass).Assembly.GetName().Name;
        var classes = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(name => string.Equals(name.Name, self, StringComparison.Ordinal)))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Grain)) && type.IsAssignableTo(grainInterface)
                && (prefix is null || type.FullName!.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList();
        return classes.Count switch
        {
            1 => Known.GetOrAdd(classes[0], type => new(type)),
            0 => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}"),
            _ => throw new ArgumentException($"Interface {grainInterface} has several implementations: {string.Join(", ", classes)}"),
        };
    }

    /// <summary>Runs the constructor, with services of the activation.</summary>
    public Grain Create(IServiceProvider services)
    {
        try
        {
            return (Grain)_factory(services, null);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{_type}'. See InnerException for details.", failure);
        }
    }

    /// <summary>The method of this class behind a method of an interface.</summary>
    public MethodInfo Implementation(MethodInfo definition) => _implementations.GetOrAdd(
        definition,
        static (method, type) =>
        {
            var map = type.GetInterfaceMap(method.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
        },
        _type);
}
