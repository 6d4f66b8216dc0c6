namespace TiersLieux.Market.Sandbox.Common;

/// <summary>The wall clock plus what was advanced by hand. The offset is stored with the rest.</summary>
internal sealed class SandboxClock(TimeProvider wall)
{
    private long _offset;

    /// <summary>Seconds added to the wall clock.</summary>
    public long Offset { get => Interlocked.Read(ref _offset); set => Interlocked.Exchange(ref _offset, value); }

    /// <summary>Unix seconds of the sandbox.</summary>
    public long Now => WallSeconds + Offset;

    /// <summary>Unix seconds as the rest of the world counts them: signatures and deliveries use these.</summary>
    public long WallSeconds => wall.GetUtcNow().ToUnixTimeSeconds();

    public long WallMilliseconds => wall.GetUtcNow().ToUnixTimeMilliseconds();
}
