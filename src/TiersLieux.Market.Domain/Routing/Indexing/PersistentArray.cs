using System.Collections;

namespace TiersLieux.Market.Domain.Routing.Indexing;

/// <summary>An array whose changed copies share all but the chunks that changed.</summary>
internal sealed class PersistentArray<T> : IReadOnlyList<T>
{
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly T[][] _chunks;

    public PersistentArray(T[] items)
        : this([.. items.Chunk(ChunkSize)], items.Length)
    {
    }

    private PersistentArray(T[][] chunks, int count)
    {
        (_chunks, Count) = (chunks, count);
    }

    public int Count { get; }

    public T this[int index] => _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    public PersistentArray<T> With(IEnumerable<(int Index, T Item)> changes)
    {
        T[][]? chunks = null;
        foreach (var (index, item) in changes)
        {
            chunks ??= [.. _chunks];
            var at = index >> ChunkBits;
            if (chunks[at] == _chunks[at]) chunks[at] = [.. _chunks[at]];
            chunks[at][index & (ChunkSize - 1)] = item;
        }

        return chunks is null ? this : new PersistentArray<T>(chunks, Count);
    }

    public IEnumerator<T> GetEnumerator() => _chunks.SelectMany(chunk => chunk).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
