using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>Stands for a grain at its callers: implements the interface and sends each call. Two for one grain are equal.</summary>
internal class GrainReference : DispatchProxy, IAddressable
{
    private FrozenDictionary<MethodInfo, GrainMethod> _methods = null!;

    public Silo Silo { get; private set; } = null!;

    public GrainClass Class { get; private set; } = null!;

    public GrainId Id { get; private set; }

    /// <summary>The reference from which those of single grains are cloned.</summary>
    public static GrainReference Prototype(Silo silo, Type grainInterface, GrainClass grainClass)
    {
        var prototype = (GrainReference)Create(grainInterface, typeof(GrainReference));
        prototype._methods = Methods.GetOrAdd(grainInterface, static type => type.GetInterfaces().Append(type)
            .SelectMany(each => each.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .ToFrozenDictionary(method => method, GrainMethod.Of));
        prototype.Silo = silo;
        prototype.Class = grainClass;
        return prototype;
    }

    public GrainReference For(IdSpan key)
    {
        var reference = (GrainReference)MemberwiseClone();
        reference.Id = new(Class.GrainType, key);
        return reference;
    }

    public override bool Equals(object? obj) => obj is GrainReference other && other.Silo == Silo && other.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Id.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _methods[targetMethod!].Start(this, args!);

    private static readonly ConcurrentDictionary<Type, FrozenDictionary<MethodInfo, GrainMethod>> Methods = new();
}

internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainReference> _prototypes = new();

    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        Reference<TGrainInterface>(primaryKey.ToString("N"), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Reference<TGrainInterface>(primaryKey, grainClassNamePrefix);
    }

    private T Reference<T>(string key, string? prefix) => (T)(object)_prototypes
        .GetOrAdd((typeof(T), prefix), static (of, silo) => GrainReference.Prototype(silo, of.Interface, GrainClass.Behind(of.Interface, of.Prefix)), silo)
        .For(new(key));
}
