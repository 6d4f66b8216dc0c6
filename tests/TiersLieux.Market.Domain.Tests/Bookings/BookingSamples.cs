using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Tests.Bookings;

/// <summary>A laser in a place that opens on weekdays, and a member who may use it.</summary>
internal static class BookingSamples
{
    /// <summary>Monday 1 June 2026, 8:00 in Paris.</summary>
    public static DateTime Now { get; } = new(2026, 6, 1, 6, 0, 0, DateTimeKind.Utc);

    public static WeeklyHours PlaceHours { get; } = WeeklyHours.Parse("mo-fr 09:00-12:30 13:30-18:00; sa 10:00-17:00");

    public static Tariff Tariff { get; } = new(new Money(1200), new Money(2400), new Money(1800), 15, new Money(600), Money.Zero);

    public static Bookable Laser { get; } = Of(ResourceKind.Machine, 1, credential: "laser");

    public static Bookable Of(
        ResourceKind kind, int seats, string? credential = null, WeeklyHours? hours = null, bool pooled = true, PlaceStatus status = PlaceStatus.Active,
        GeoPoint? at = null, IReadOnlyList<Interval>? closures = null, WeeklyHours? placeHours = null, string code = "laser-1", int buffer = 0)
    {
        var place = new Place(Guid.CreateVersion7(), "lieu", "Lieu (démo)", status, new Address("", "59000", "Lille", "59350"), at ?? new GeoPoint(50.63, 3.06), PositionPrecision.Commune)
        {
            Hours = placeHours ?? PlaceHours,
        };
        var resource = new Resource(Guid.CreateVersion7(), code, kind, "Découpe laser (démo)", place.Id, null)
        {
            IsPooled = pooled, Tariff = Tariff, Seats = seats, Credential = credential, MinMinutes = 30, MaxMinutes = kind == ResourceKind.Equipment ? 4320 : 240, Hours = hours, Type = "laser-co2", BufferMinutes = buffer,
        };
        return new Bookable(resource, place, VatRegime.NormalOnDebits, closures ?? []);
    }

    public static Booker Member(
        string? credential = "laser", DateOnly? memberUntil = null, DateOnly? credentialUntil = null, params Interval[] own) => new(
        IsBusiness: true,
        HasApprovedTerms: false,
        [new Membership(Guid.CreateVersion7(), Guid.Empty, Guid.CreateVersion7(), new DateOnly(2026, 1, 1), memberUntil ?? new DateOnly(2026, 12, 31))],
        credential is null ? [] : [new Credential(Guid.CreateVersion7(), Guid.Empty, credential, Guid.CreateVersion7(), new DateOnly(2026, 3, 2), credentialUntil ?? new DateOnly(2029, 3, 1))],
        own);

    public static Booker Visitor { get; } = new(IsBusiness: false, HasApprovedTerms: false, [], [], []);

    /// <summary>A slot by Paris wall time.</summary>
    public static Interval Slot(string start, string end) => new(Paris(start), Paris(end));

    public static DateTime Paris(string wall)
    {
        var local = DateTime.ParseExact(wall, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return ParisTime.ToUtc(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
