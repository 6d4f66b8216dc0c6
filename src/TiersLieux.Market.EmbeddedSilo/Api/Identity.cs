namespace Orleans.Runtime;

/// <summary>Anything that grain calls can address: references and grains.</summary>
public interface IAddressable;

/// <summary>The kind of a grain: its class name without "Grain", in lower case.</summary>
public readonly record struct GrainType(string Name)
{
    public override string ToString() => Name;
}

/// <summary>The key of a grain as text; a Guid key is 32 hexadecimal digits.</summary>
public readonly record struct IdSpan(string Text)
{
    public override string ToString() => Text;
}

/// <summary>Which grain: kind and key.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key)
{
    public override string ToString() => $"{Type}/{Key}";
}

/// <summary>The runtime's side of one activation.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    object? GrainInstance { get; }

    /// <summary>The services of this activation: a scope that ends with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Lets running calls finish, then deactivates; calls that wait go to a new activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

public class OrleansException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The silo cannot start with the options it was given.</summary>
public sealed class OrleansConfigurationException(string message) : Exception(message);

/// <summary>No silo takes the call: it has not started, or it is stopping.</summary>
public sealed class SiloUnavailableException(string message) : OrleansException(message);
