using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>A method of a grain interface with all that reflection says of it, so that a call needs none.</summary>
internal abstract class GrainMethod(MethodInfo definition)
{
    public MethodInfo Definition { get; } = definition;

    public bool AlwaysInterleaves { get; } = definition.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: true);

    /// <exception cref="NotSupportedException">The method is not one that a grain can have.</exception>
    public static GrainMethod Of(MethodInfo definition)
    {
        var result = definition.ReturnType;
        var open = result.IsGenericType ? result.GetGenericTypeDefinition() : result;
        if (definition.IsGenericMethod || definition.GetParameters().Any(parameter => parameter.ParameterType.IsByRef)
            || (open != typeof(Task) && open != typeof(Task<>) && open != typeof(ValueTask) && open != typeof(ValueTask<>)))
            throw new NotSupportedException($"{definition.DeclaringType}.{definition.Name}: a grain method is not generic, has no ref parameter, and returns Task, Task<T>, ValueTask or ValueTask<T>.");
        var payload = result.IsGenericType ? result.GetGenericArguments()[0] : typeof(Nothing);
        return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(payload), definition)!;
    }

    /// <summary>Sends the call; what comes back is what the method returns to its caller.</summary>
    public abstract object Start(GrainReference target, object?[] arguments);
}

internal sealed class GrainMethod<T> : GrainMethod
{
    private readonly Func<object, object?[], Task> _invoke;
    private readonly Func<Task<T>, object> _return;
    private readonly int _token;

    public GrainMethod(MethodInfo definition)
        : base(definition)
    {
        _invoke = Compile(definition);
        _token = Array.FindIndex(definition.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
        _return = definition.ReturnType == typeof(ValueTask) ? static task => new ValueTask(task)
            : definition.ReturnType == typeof(ValueTask<T>) ? static task => new ValueTask<T>(task)
            : static task => task;
    }

    public Task Invoke(object grain, object?[] arguments) => _invoke(grain, arguments);

    public override object Start(GrainReference target, object?[] arguments)
    {
        var silo = target.Silo;
        silo.ThrowUnlessOpen();
        var token = _token < 0 ? default : (CancellationToken)arguments[_token]!;
        if (token.IsCancellationRequested)
            return _return(Task.FromCanceled<T>(token));
        var call = new Call<T>(target, this, silo.Copier is { } copier ? copier.CopyAll(arguments) : arguments)
        {
            Context = silo.Copier is { } contextCopier ? contextCopier.Copy(RequestContext.Current) : RequestContext.Current,
            SourceId = RuntimeContext.Current?.GrainId,
        };
        silo.Timeouts.Add(call);
        if (token.CanBeCanceled)
            call.CancelWith(token);
        silo.Send(call);
        return _return(call.Reply);
    }

    private static Func<object, object?[], Task> Compile(MethodInfo definition)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(grain, definition.DeclaringType!),
            definition,
            definition.GetParameters().Select((parameter, i) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        if (definition.ReturnType.IsValueType)
            call = Expression.Call(call, nameof(ValueTask.AsTask), null);
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), grain, arguments).Compile();
    }
}
