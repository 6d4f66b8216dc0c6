using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using TiersLieux.Market.EmbeddedSilo.Messages;

namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>All grains of one process: starts with the host, finds the activation for each call, and empties itself at the end.</summary>
internal sealed partial class Silo : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, ITarget> _targets = new();
    private readonly Lock _creating = new();
    private ITimer? _collector;
    private volatile Phase _phase;

    public Silo(
        IServiceProvider services,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IOptions<EmbeddedSiloOptions> embedded,
        TimeProvider time,
        ILogger<Silo> log)
    {
        (Services, Collection, Time, Log) = (services, collection.Value, time, log);
        if (Collection.CollectionQuantum <= TimeSpan.Zero || Collection.CollectionAge <= Collection.CollectionQuantum)
            throw new OrleansConfigurationException($"{nameof(Collection.CollectionAge)} ({Collection.CollectionAge}) must be more than {nameof(Collection.CollectionQuantum)} ({Collection.CollectionQuantum}), and that more than zero.");
        Timeouts = new(messaging.Value.ResponseTimeout);
        Copier = embedded.Value.CopyMessages ? new() : null;
        Factory = new(this);
    }

    private enum Phase
    {
        NotStarted,
        Open,
        Draining,
        Closed,
    }

    public IServiceProvider Services { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public CallTimeouts Timeouts { get; }

    /// <summary>Null: messages pass as they are.</summary>
    public MessageCopier? Copier { get; }

    public GrainFactory Factory { get; }

    public IIncomingGrainCallFilter[] Filters { get; private set; } = [];

    private List<Activation> Activations => [.. _targets.Values.SelectMany(target => target.Activations)];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not in the constructor: a filter may itself want the grain factory.
        Filters = [.. Services.GetServices<IIncomingGrainCallFilter>()];
        _collector = Time.CreateTimer(_ => Collect(), null, Collection.CollectionQuantum, Collection.CollectionQuantum);
        _phase = Phase.Open;
        return Task.CompletedTask;
    }

    /// <summary>Lets what was begun finish, grains calling grains included, then deactivates all; no longer than the token allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _phase = Phase.Draining;
        _collector?.Dispose();
        try
        {
            while (Timeouts.Count > 0)
                await Task.Delay(5, cancellationToken);
            while (Activations is { Count: > 0 } activations)
            {
                foreach (var activation in activations)
                    activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);
                await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            LogStoppedEarly(Log, Timeouts.Count, Activations.Count);
        }

        _phase = Phase.Closed;
    }

    public void Dispose()
    {
        _collector?.Dispose();
        Timeouts.Dispose();
    }

    /// <summary>While the silo drains, only grains may still call.</summary>
    public void ThrowUnlessOpen()
    {
        if (_phase != Phase.Open && !(_phase == Phase.Draining && RuntimeContext.Current is not null))
            throw new SiloUnavailableException(_phase == Phase.NotStarted ? "The silo has not started." : "The silo is stopping.");
    }

    /// <summary>Brings a call to its activation, which it makes if there is none.</summary>
    public void Send(Call call)
    {
        var id = call.TargetId;
        do
        {
            if (_phase == Phase.Closed)
            {
                call.Fail(new SiloUnavailableException("The silo has stopped."));
                return;
            }
        }
        while (!(_targets.TryGetValue(id, out var target) ? target : Create(call)).TryReceive(call));
    }

    public void Remove(GrainId id, ITarget target) => _targets.TryRemove(new(id, target));

    private ITarget Create(Call call)
    {
        var (id, grainClass) = (call.TargetId, call.Target.Class);
        lock (_creating)
        {
            return _targets.GetOrAdd(id, _ => grainClass.MaxWorkers is null
                ? new Activation(this, grainClass, id, call.Context)
                : new StatelessWorkers(this, grainClass, id));
        }
    }

    private void Collect()
    {
        foreach (var activation in Activations)
            activation.CollectIfIdle(Collection.CollectionAge);
    }

    [LoggerMessage(4, LogLevel.Warning, "The silo had to stop with {Calls} calls under way and {Activations} activations.")]
    private static partial void LogStoppedEarly(ILogger log, int calls, int activations);
}
