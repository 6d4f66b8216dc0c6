using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Storage.Messaging;

/// <summary>Does what one kind of message asks. It may see the same message twice and must then change nothing.</summary>
public interface IOutboxHandler
{
    string Kind { get; }

    /// <exception cref="Exception">Any exception means: try again later.</exception>
    Task HandleAsync(OutboxMessage message, CancellationToken cancellation);
}

/// <param name="Lease">How long a message is its program's own; a killed program's messages come back after this.</param>
public sealed record OutboxTiming(TimeSpan Lease)
{
    public static OutboxTiming Default { get; } = new(TimeSpan.FromSeconds(100));
}

/// <summary>
/// Sends what is in the outbox, at least once. A message is leased before it is handled, so several programs on one database share the work
/// and a killed one's messages come back when its lease ends.
/// </summary>
public sealed partial class OutboxRelay(
    IDbContextFactory<MarketDbContext> databases,
    IMarketWriter writer,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<OutboxRelay> logger,
    OutboxTiming? timing = null) : BackgroundService
{
    public const int MaxAttempts = 40;
    private const int BatchSize = 50;
    private const int Parallel = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly TimeSpan _lease = (timing ?? OutboxTiming.Default).Lease;

    /// <summary>Looks at once instead of at the next pause; call it after a commit that wrote a message.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two callers woke it at the same moment: it is awake.
        }
    }

    /// <summary>Handles what is due now; returns how many messages that were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var handlers = services.GetServices<IOutboxHandler>().ToDictionary(h => h.Kind, StringComparer.Ordinal);
        var kinds = handlers.Keys.ToArray();
        var leased = await LeaseAsync(kinds, cancellation);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            leased,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            async (message, stop) => await HandleAsync(handlers[message.Kind], message, stop));
        return leased.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken) == BatchSize) continue;
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private async Task<List<OutboxMessage>> LeaseAsync(string[] kinds, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            // Most looks find nothing: they must not cost a write.
            if (!await Due(db, kinds, now).AnyAsync(cancellation)) return [];
        }

        try
        {
            return await writer.WriteAsync(async (db, c) =>
            {
                var due = await Due(db, kinds, now).OrderBy(m => m.DueAt).Take(BatchSize).ToListAsync(c);
                foreach (var message in due) message.Lease(now + _lease);
                return due;
            }, cancellation);
        }
        catch (Exception exception) when (StorageErrors.IsConflict(exception))
        {
            return []; // Another program leased some of them first.
        }
    }

    private static IQueryable<OutboxMessage> Due(MarketDbContext db, string[] kinds, DateTime now) =>
        db.Set<OutboxMessage>().Where(m => m.DoneAt == null && m.DeadAt == null && m.DueAt <= now && kinds.Contains(m.Kind));

    private async Task HandleAsync(IOutboxHandler handler, OutboxMessage message, CancellationToken cancellation)
    {
        string? error = null;
        try
        {
            await handler.HandleAsync(message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return; // The lease ends by itself.
        }
        catch (Exception exception)
        {
            error = exception.Message;
            LogMessageFailed(exception, message.Kind, message.Key, message.Attempts);
        }

        await writer.WriteAsync(async (db, c) =>
        {
            var row = await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == message.Id, c);
            if (row is null || row.DoneAt is not null) return;
            if (error is null) row.Done(clock.UtcNow());
            else row.Failed(error, clock.UtcNow());
        }, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox relay failed; it goes on in a second.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox message {Kind} {Key} failed at attempt {Attempt}.")]
    private partial void LogMessageFailed(Exception exception, string kind, string key, int attempt);
}
