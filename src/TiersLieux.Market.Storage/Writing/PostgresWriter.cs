using Microsoft.Extensions.Logging;
using Npgsql;

namespace TiersLieux.Market.Storage.Writing;

/// <summary>One transaction per unit of work; PostgreSQL groups the commits itself. Deadlocks, serialisation failures and version conflicts are tried again.</summary>
internal sealed class PostgresWriter(MarketDatabase database, ILogger<PostgresWriter> logger) : IMarketWriter
{
    private const int Attempts = 4;

    public async Task<T> WriteAsync<T>(Func<MarketDbContext, CancellationToken, Task<T>> work, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.CreateContext();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
                var result = await work(db, CancellationToken.None);
                await db.SaveChangesAsync(CancellationToken.None);
                var afterCommit = db.TakeAfterCommit();
                await transaction.CommitAsync(CancellationToken.None);
                CommittedActions.Run(afterCommit, logger);
                return result;
            }
            catch (Exception exception) when (attempt < Attempts && IsTransient(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25 * attempt)), CancellationToken.None);
            }
        }
    }

    /// <summary>Also when another program changed a row between reading and writing: done again, the work sees what is there now.</summary>
    private static bool IsTransient(Exception exception) => StorageErrors.IsConflict(exception)
        || StorageErrors.Postgres(exception)?.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
