namespace TiersLieux.Market.Connectors.Payments;

/// <summary>When a call is tried again, and after how long.</summary>
public static class StripeRetry
{
    public const int Retries = 2;

    public static TimeSpan TimeOut { get; } = TimeSpan.FromSeconds(80);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(5);

    /// <summary>
    /// As the server says if it says so; otherwise 409 (the same key is in flight) and every 5xx. A plain 429 means "slow down":
    /// trying at once makes it worse, so it goes back to the caller.
    /// </summary>
    public static bool Worthwhile(int status, string? shouldRetry) => shouldRetry switch
    {
        "true" => true,
        "false" => false,
        _ => status is 409 or >= 500,
    };

    /// <summary>0.5 s · 2ⁿ, at most 5 s, of which a random part is left out so that callers do not come back together.</summary>
    /// <param name="retry">0 before the first retry.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int retry, double random)
    {
        var full = First * Math.Pow(2, retry);
        return (full < Cap ? full : Cap) * (1 - 0.25 * random);
    }
}
