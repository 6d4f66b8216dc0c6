namespace TiersLieux.Market.Storage.Writing;

/// <summary>The only way to change the database: one unit of work, durable when the task completes, or nothing.</summary>
public interface IMarketWriter
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and saves what it changed. It may run twice (a deadlock, a serialisation failure), so it
    /// must do nothing but read and change the context, and must never wait for a grain or for another write.
    /// </summary>
    /// <exception cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException">Somebody else changed the same row: drop what is cached and read again.</exception>
    Task<T> WriteAsync<T>(Func<MarketDbContext, CancellationToken, Task<T>> work, CancellationToken cancellation = default);
}

public static class MarketWriterExtensions
{
    public static Task WriteAsync(this IMarketWriter writer, Func<MarketDbContext, CancellationToken, Task> work, CancellationToken cancellation = default) =>
        writer.WriteAsync(async (db, c) =>
        {
            await work(db, c);
            return true;
        }, cancellation);

    /// <summary>For a change that reads nothing first.</summary>
    public static Task WriteAsync(this IMarketWriter writer, Action<MarketDbContext> work, CancellationToken cancellation = default) =>
        writer.WriteAsync((db, _) =>
        {
            work(db);
            return Task.FromResult(true);
        }, cancellation);
}
