using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TiersLieux.Market.Domain.Bookings;

namespace TiersLieux.Market.Grains.Bookings;

public static class BookingRegistration
{
    /// <summary>What the booking half of the machine grain needs, and the queries of pages and API.</summary>
    public static IServiceCollection AddBookings(this IServiceCollection services)
    {
        services.TryAddSingleton(BookingPolicy.Default);
        services.TryAddSingleton<BookingReferences>();
        services.TryAddSingleton<BookingDesk>();
        services.TryAddSingleton<BookingQueries>();
        services.TryAddSingleton<BookingSweep>();
        return services;
    }
}
