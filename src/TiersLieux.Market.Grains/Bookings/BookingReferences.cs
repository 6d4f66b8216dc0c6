using System.Collections.Concurrent;
using TiersLieux.Market.Storage.Numbering;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>
/// References of bookings, drawn in blocks: one counter row per booking would make all machines queue on one another's commits.
/// Those left of a block when the program stops are skipped; references are unique, not gapless.
/// </summary>
public sealed class BookingReferences(IMarketWriter writer)
{
    private const string Prefix = "RES";
    private const int Block = 64;

    private readonly SemaphoreSlim _drawing = new(1, 1);
    private readonly ConcurrentQueue<string> _drawn = new();
    private int _year;

    /// <summary>Never to be called within a unit of work: it may need one of its own.</summary>
    public async ValueTask<string> NextAsync(int year)
    {
        if (Volatile.Read(ref _year) == year && _drawn.TryDequeue(out var ready)) return ready;
        await _drawing.WaitAsync();
        try
        {
            if (_year != year)
            {
                _drawn.Clear();
                Volatile.Write(ref _year, year);
            }

            if (_drawn.TryDequeue(out var meanwhile)) return meanwhile;
            var block = await writer.WriteAsync((db, c) => ReferenceCounter.NextAsync(db, Prefix, year, Block, c));
            foreach (var reference in block.Skip(1)) _drawn.Enqueue(reference);
            return block[0];
        }
        finally
        {
            _drawing.Release();
        }
    }
}
