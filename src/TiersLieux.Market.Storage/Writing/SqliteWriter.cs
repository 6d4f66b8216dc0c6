using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace TiersLieux.Market.Storage.Writing;

/// <summary>
/// SQLite has one writer at a time and pays one fsync per commit. So one connection writes, each unit of work in a savepoint of a shared
/// transaction, and all that are waiting are acknowledged together after the outer commit (group commit).
/// </summary>
internal sealed partial class SqliteWriter : IMarketWriter, IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly Channel<UnitOfWork> _queue = Channel.CreateUnbounded<UnitOfWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly MarketDatabase _database;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly Task _loop;

    public SqliteWriter(MarketDatabase database, ILogger<SqliteWriter> logger)
    {
        _database = database;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    public async Task<T> WriteAsync<T>(Func<MarketDbContext, CancellationToken, Task<T>> work, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var unit = new UnitOfWork<T>(work);
        if (!_queue.Writer.TryWrite(unit)) throw new ObjectDisposedException(nameof(SqliteWriter));
        // Once queued it runs to its end: cancelling the wait must not leave the caller guessing whether it was committed.
        return await unit.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        SqliteConnection? connection = null;
        MarketDbContext? db = null;
        var batch = new List<UnitOfWork>(MaxBatch);
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                batch.Clear();
                SqliteTransaction? transaction = null;
                try
                {
                    if (connection is null)
                    {
                        connection = await _database.OpenSqliteAsync();
                        db = _database.CreateContext(connection);
                        db.Database.AutoSavepointsEnabled = false; // Each unit has its own already.
                    }

                    transaction = connection.BeginTransaction(deferred: false);
                    await db!.Database.UseTransactionAsync(transaction);
                    while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var unit))
                    {
                        batch.Add(unit);
                        await RunAsync(unit, db, transaction);
                    }

                    await db.Database.UseTransactionAsync(null);
                    await transaction.CommitAsync();
                    foreach (var unit in batch) unit.Acknowledge(_logger);
                }
                catch (Exception exception)
                {
                    LogLost(exception, batch.Count);
                    if (batch.Count == 0 && _queue.Reader.TryRead(out var first)) batch.Add(first);
                    foreach (var unit in batch) unit.Fail(exception);
                    // What a failed commit left behind is unknown: a new connection reads the truth.
                    if (transaction is not null) await transaction.DisposeAsync();
                    if (db is not null) await db.DisposeAsync();
                    if (connection is not null) await connection.DisposeAsync();
                    (db, connection, transaction) = (null, null, null);
                }
                finally
                {
                    if (transaction is not null) await transaction.DisposeAsync();
                }
            }
        }
        finally
        {
            if (db is not null) await db.DisposeAsync();
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private static async Task RunAsync(UnitOfWork unit, MarketDbContext db, SqliteTransaction transaction)
    {
        transaction.Save("unit");
        try
        {
            await unit.RunAsync(db);
            await db.SaveChangesAsync();
            unit.AfterCommit = db.TakeAfterCommit();
            transaction.Release("unit");
        }
        catch (Exception exception) when (exception is not SqliteException { SqliteErrorCode: 10 or 11 or 13 })
        {
            // Disk trouble (I/O, corrupt, full) ends the whole batch; anything else is this unit's own failure.
            transaction.Rollback("unit");
            transaction.Release("unit");
            db.TakeAfterCommit();
            unit.Fail(exception);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A group of {Count} writes was not committed.")]
    private partial void LogLost(Exception exception, int count);

    private abstract class UnitOfWork
    {
        public IReadOnlyList<Action> AfterCommit { get; set; } = [];

        public abstract Task RunAsync(MarketDbContext db);

        public abstract void Acknowledge(ILogger logger);

        public abstract void Fail(Exception exception);
    }

    private sealed class UnitOfWork<T>(Func<MarketDbContext, CancellationToken, Task<T>> work) : UnitOfWork
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _done.Task;

        public override async Task RunAsync(MarketDbContext db) => _result = await work(db, CancellationToken.None);

        public override void Acknowledge(ILogger logger)
        {
            if (_done.Task.IsCompleted) return;
            CommittedActions.Run(AfterCommit, logger);
            _done.TrySetResult(_result!);
        }

        public override void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
