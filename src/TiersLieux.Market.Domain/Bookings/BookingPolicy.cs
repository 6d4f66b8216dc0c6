namespace TiersLieux.Market.Domain.Bookings;

/// <summary>The delays around a booking.</summary>
public sealed record BookingPolicy
{
    public static BookingPolicy Default { get; } = new();

    /// <summary>Between asking and the start. None: a member in front of a free machine books it from the next quarter of an hour.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.Zero;

    /// <summary>How far ahead a booking may start.</summary>
    public int HorizonDays { get; init; } = 60;

    /// <summary>How long time is kept while the card is paid.</summary>
    public TimeSpan PaymentTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Until so long before the start a member cancels or moves freely; later only the place's manager does.</summary>
    public TimeSpan FreeCancellation { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long before the start a person may check in.</summary>
    public TimeSpan EarlyCheckIn { get; init; } = TimeSpan.FromMinutes(15);
}
