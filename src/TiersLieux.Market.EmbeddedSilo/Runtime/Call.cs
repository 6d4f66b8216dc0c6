using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>One call of a grain method: its turn on the grain, and what filters see of it.</summary>
internal abstract class Call(GrainReference target, GrainMethod method, object?[] arguments) : Turn, IIncomingGrainCallContext, IInvokable
{
    private int _stage;
    private bool _invoked;

    public GrainReference Target { get; } = target;

    /// <summary>The caller's request context.</summary>
    public Dictionary<string, object>? Context { get; init; }

    public GrainId? SourceId { get; init; }

    public GrainId TargetId => Target.Id;

    public IGrainContext TargetContext => Host;

    public object Grain => Host.GrainInstance!;

    public IInvokable Request => this;

    public string InterfaceName => method.Definition.DeclaringType!.FullName!.Replace('+', '.');

    public string MethodName => method.Definition.Name;

    public MethodInfo InterfaceMethod => method.Definition;

    public MethodInfo ImplementationMethod => Host.Class.Implementation(method.Definition);

    public abstract object? Result { get; set; }

    public override bool Interleaves => method.AlwaysInterleaves;

    // Links and due time for CallTimeouts, which alone touches them.
    internal Call? Earlier { get; set; }

    internal Call? Later { get; set; }

    internal long Due { get; set; }

    protected object?[] Arguments { get; } = arguments;

    public abstract void Fail(Exception failure);

    public override void Abandon(Exception? failure)
    {
        if (failure is null)
            Target.Silo.Send(this);
        else
            Fail(failure);
    }

    public int GetArgumentCount() => Arguments.Length;

    public object? GetArgument(int index) => Arguments[index];

    public void SetArgument(int index, object value) => Arguments[index] = value;

    public Task Invoke()
    {
        var filters = Target.Silo.Filters;
        var stage = _stage++;
        if (stage < filters.Length)
            return filters[stage].Invoke(this);
        if (stage == filters.Length && Grain is IIncomingGrainCallFilter own)
            return own.Invoke(this);
        if (_invoked)
            throw new InvalidOperationException("A filter invokes the call once.");
        _invoked = true;
        return InvokeGrainAsync();
    }

    protected abstract Task InvokeGrainAsync();
}

internal sealed class Call<T>(GrainReference target, GrainMethod<T> method, object?[] arguments) : Call(target, method, arguments)
{
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private T _result = default!;

    public Task<T> Reply => _reply.Task;

    public override bool IsDead => _reply.Task.IsCompleted;

    public override object? Result
    {
        get => _result;
        set => _result = (T)value!;
    }

    /// <summary>The caller is told at once; the method learns of it by its own token, if it has begun.</summary>
    public void CancelWith(CancellationToken token) => _cancellation = token.UnsafeRegister(
        static (state, token) =>
        {
            var call = (Call<T>)state!;
            if (call._reply.TrySetCanceled(token))
                call.Target.Silo.Timeouts.Remove(call);
        },
        this);

    public override async Task RunAsync()
    {
        try
        {
            if (IsDead)
                return;
            RequestContext.Current = Context;
            if (Target.Silo.Filters.Length == 0 && Grain is not IIncomingGrainCallFilter)
            {
                var task = method.Invoke(Grain, Arguments);
                await task;
                Take(task);
            }
            else
            {
                await Invoke();
            }

            if (_reply.TrySetResult(Target.Silo.Copier is { } copier && typeof(T) != typeof(Nothing) ? (T)copier.Copy(_result)! : _result))
                Forget();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            Host.Completed(this);
        }
    }

    public override void Fail(Exception failure)
    {
        if (_reply.TrySetException(failure))
            Forget();
    }

    protected override async Task InvokeGrainAsync()
    {
        var task = method.Invoke(Grain, Arguments);
        await task;
        Take(task);
    }

    private void Take(Task task)
    {
        if (task is Task<T> typed)
            _result = typed.Result;
    }

    private void Forget()
    {
        _cancellation.Unregister();
        Target.Silo.Timeouts.Remove(this);
    }
}

/// <summary>The result of a method that has none.</summary>
internal readonly record struct Nothing;
