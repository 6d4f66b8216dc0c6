namespace TiersLieux.Market.EmbeddedSilo;

/// <summary>What only the embedded edition has.</summary>
public class EmbeddedSiloOptions
{
    /// <summary>
    /// Whether every argument and result is copied as a wire would copy it, and a type that could not travel fails the call.
    /// For tests: one process needs no copies.
    /// </summary>
    public bool CopyMessages { get; set; }
}
