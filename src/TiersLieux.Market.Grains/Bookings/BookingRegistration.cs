using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage.Messaging;

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
        services.TryAddSingleton<SaleDocuments>();
        services.TryAddSingleton<BookingSweep>();
        services.TryAddSingleton<BookingPayments>();
        services.AddSingleton<ISweepStep>(provider => provider.GetRequiredService<BookingSweep>());
        services.AddSingleton<IBookingPayments>(provider => provider.GetRequiredService<BookingPayments>());
        services.AddSingleton<IOutboxHandler, BookingRefundHandler>();
        return services;
    }
}
