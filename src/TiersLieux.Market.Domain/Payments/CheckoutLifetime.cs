namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// How long a payment page stays open. The provider takes 30 minutes to 24 hours, counted from when it hears of it; the
/// margins leave time for retries. Whatever the page holds (capacity of an order, a booking) must be held until it closes.
/// </summary>
public static class CheckoutLifetime
{
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(33);

    public static TimeSpan Longest { get; } = TimeSpan.FromHours(23);

    /// <summary>The expiry nearest to <paramref name="wanted"/> that the provider accepts, in whole seconds.</summary>
    public static DateTime Expiry(DateTime now, DateTime wanted)
    {
        var earliest = now + Shortest;
        var latest = now + Longest;
        var chosen = wanted < earliest ? earliest : wanted > latest ? latest : wanted;
        return new DateTime(chosen.Ticks - chosen.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }
}
