using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;

namespace TiersLieux.Market.Web.Api;

/// <param name="ResourceId">Id or code of a machine, space or piece of equipment.</param>
/// <param name="Start">ISO 8601 with its offset, on a quarter of an hour.</param>
/// <param name="End">Likewise, exclusive.</param>
/// <param name="Seats">1 without it.</param>
/// <param name="Payment"><c>card</c> (without it) or <c>account</c>.</param>
/// <param name="OrganisationId">For whom; without it, the person's own.</param>
public sealed record BookingRequest(string? ResourceId, string? Start, string? End, int? Seats, string? Payment, Guid? OrganisationId);

/// <summary>The new time of a booking; what is left out stays as it is, the length with it.</summary>
public sealed record BookingMoveRequest(string? Start, string? End);

/// <summary>A stretch of time, UTC, half-open.</summary>
public sealed record ApiInterval(DateTime Start, DateTime End)
{
    public static ApiInterval Of(Interval time) => new(Utc(time.Start), Utc(time.End));

    /// <summary>As an instant of the API: UTC, written with its Z.</summary>
    public static DateTime Utc(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Utc);
}

public sealed record ApiPriceLine(string Label, ApiMoney ExclTax);

/// <param name="VatRate">Percent.</param>
public sealed record ApiBookingPrice(IReadOnlyList<ApiPriceLine> Lines, decimal VatRate, ApiMoney ExclTax, ApiMoney Tax, ApiMoney InclTax);

public sealed record ApiAudiencePrice(Audience Audience, ApiBookingPrice Price);

/// <param name="Minutes">The length that starts and prices are for.</param>
/// <param name="Free">At least one seat is free at any moment of these.</param>
/// <param name="Starts">Every start from which that length can be booked now.</param>
/// <param name="Yours">Which price is the asking person's; absent for a visitor.</param>
public sealed record ApiFreeTime(
    Guid ResourceId, string Resource, Guid PlaceId, int Minutes, int MinMinutes, int MaxMinutes, int Seats,
    IReadOnlyList<ApiInterval> Free, IReadOnlyList<DateTime> Starts, IReadOnlyList<ApiAudiencePrice> Prices, Audience? Yours)
{
    public static ApiFreeTime Of(FreeTimeAnswer answer, string language) => new(
        answer.ResourceId, answer.Resource, answer.PlaceId, answer.Minutes, answer.MinMinutes, answer.MaxMinutes, answer.Seats,
        [.. answer.Free.Select(ApiInterval.Of)],
        [.. answer.Starts.Select(ApiInterval.Utc)],
        [.. answer.Prices.Select(priced => new ApiAudiencePrice(priced.Audience, Price(priced.Price, language)))],
        answer.Yours);

    private static ApiBookingPrice Price(BookingPrice price, string language) => new(
        [.. price.Lines.Select(line => new ApiPriceLine(language == "en" ? line.Label.English : line.Label.French, ApiMoney.Of(line.ExclTax)))],
        price.VatRate, ApiMoney.Of(price.ExclTax), ApiMoney.Of(price.Tax), ApiMoney.Of(price.InclTax));
}

/// <summary>A booking as its person sees it.</summary>
/// <param name="PayUrl">Where it is paid, while it is held for that.</param>
public sealed record ApiBooking(
    Guid Id, string Reference, Guid ResourceId, string Resource, Guid PlaceId, string Place, DateTime Start, DateTime End, int Seats,
    BookingState State, BookingSettlement Payment, ApiBookingPrice Price, DateTime? HeldUntil, Guid? InvoiceId, Uri? PayUrl)
{
    public static ApiBooking Of(NamedBooking named, Uri root, string language)
    {
        var b = named.Booking;
        var price = new ApiBookingPrice(
            [.. b.Price.Select(line => new ApiPriceLine(language == "en" ? line.English : line.French, new ApiMoney(line.Cents, "EUR")))],
            b.VatRate, new ApiMoney(b.ExclTaxCents, "EUR"), new ApiMoney(b.TaxCents, "EUR"), new ApiMoney(b.InclTaxCents, "EUR"));
        return new ApiBooking(
            b.Id, b.Reference, b.ResourceId, named.Resource, b.PlaceId, named.Place, ApiInterval.Utc(b.Start), ApiInterval.Utc(b.End), b.Seats,
            b.State, b.Settlement, price, b.HeldUntil is { } until ? ApiInterval.Utc(until) : null, b.InvoiceId,
            b.State == BookingState.Held ? new Uri(root, $"/pay/reservation/{b.Reference}") : null);
    }
}

/// <summary>Another slot to book instead; <c>km</c> is from the place first asked for.</summary>
public sealed record ApiAlternative(Guid ResourceId, string Resource, Guid PlaceId, string Place, double Km, DateTime Start, DateTime End)
{
    public static ApiAlternative Of(AlternativeView view) =>
        new(view.ResourceId, view.Resource, view.PlaceId, view.Place, Math.Round(view.Km, 1), ApiInterval.Utc(view.Start), ApiInterval.Utc(view.End));
}
