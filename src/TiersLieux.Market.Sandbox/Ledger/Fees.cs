namespace TiersLieux.Market.Sandbox.Ledger;

/// <summary>Prices of the sandbox, in cents.</summary>
internal static class Fees
{
    /// <summary>Charged by the sandbox for a dispute, and not given back.</summary>
    public const long Dispute = 2000;

    /// <summary>1.5 % rounded half up, plus 0.25 €.</summary>
    public static long OfCharge(long amount) => ((amount * 15) + 500) / 1000 + 25;
}
