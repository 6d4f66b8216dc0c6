namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>Random numbers that are the same for the same seed on every machine and version: xorshift64* (Vigna 2016).</summary>
internal sealed class SearchRandom(ulong seed)
{
    private ulong _state = Mix(seed);

    /// <summary>From 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)((Next() * (ulong)limit) >> 32);

    private ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 2685821657736338717UL) >> 32;
    }

    /// <summary>Neighbouring seeds begin far apart (splitmix64); never 0, which the generator would not leave.</summary>
    private static ulong Mix(ulong seed)
    {
        var z = seed + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (z ^ (z >> 31)) | 1;
    }
}
