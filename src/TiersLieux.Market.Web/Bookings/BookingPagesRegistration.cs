using TiersLieux.Market.Web.Api;

namespace TiersLieux.Market.Web.Bookings;

public static class BookingPagesRegistration
{
    /// <summary>What the booking pages and their API need besides the grains.</summary>
    public static IServiceCollection AddBookingPages(this IServiceCollection services)
    {
        services.AddSingleton<BookingCalendar>();
        services.AddScoped<BookingsApi.Desk>();
        return services;
    }

    /// <summary>What is no page but leads to one: the payment of a booking, the manager's place.</summary>
    public static void MapBookingPages(this IEndpointRouteBuilder app)
    {
        app.MapBookingPayment();
        app.MapOwnPlace();
    }
}
