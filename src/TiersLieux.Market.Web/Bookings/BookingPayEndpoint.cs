using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>From a held booking to the provider's payment page; from one that is not, to the booking, which says why.</summary>
internal static class BookingPayEndpoint
{
    public static void MapBookingPayment(this IEndpointRouteBuilder app) => app.MapGet("/pay/reservation/{reference}", PayAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> PayAsync(string reference, HttpContext http, IDbContextFactory<MarketDbContext> databases, BookingPayments payments, CurrentActor current)
    {
        var actor = await current.GetAsync(http.RequestAborted);
        Guid id;
        await using (var db = await databases.CreateDbContextAsync(http.RequestAborted))
        {
            id = await db.Set<Booking>().Where(b => b.Reference == reference).Select(b => b.Id).FirstOrDefaultAsync(http.RequestAborted);
        }

        var page = await payments.OpenAsync(id, actor.PersonId, http.RequestAborted);
        return Results.Redirect(page.IsDone ? page.Value! : $"/reservations/{Uri.EscapeDataString(reference)}?refus={Uri.EscapeDataString(page.Refusal!.Code)}");
    }
}
