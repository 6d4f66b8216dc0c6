using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);

/// <summary>Wraps every call on its way into a grain: on the grain's own turn, in order of registration.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}

public interface IGrainCallContext
{
    /// <summary>The arguments, which a filter may read and replace.</summary>
    IInvokable Request { get; }

    object Grain { get; }

    /// <summary>The grain that calls; null if no grain does.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    /// <summary>The full name of the interface.</summary>
    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    /// <summary>What the caller gets; set after <see cref="Invoke"/>, or instead of it.</summary>
    object? Result { get; set; }

    /// <summary>The next filter, and last the grain's method. What it throws comes out here.</summary>
    Task Invoke();
}

public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    MethodInfo ImplementationMethod { get; }
}
