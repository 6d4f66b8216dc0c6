using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>A resource with all that decides when and at what price it is booked, whoever asks.</summary>
/// <param name="Seller">VAT regime of the organisation that runs the place and bills its time; null when none does.</param>
/// <param name="Closures">Exceptional closures of the place or of this resource.</param>
public sealed record Bookable(Resource Resource, Place Place, VatRegime? Seller, IReadOnlyList<Interval> Closures)
{
    /// <summary>The space it stands in, or what stands in it: where one is in use, the other is not free.</summary>
    public IReadOnlyList<Guid> Related { get; init; } = [];

    /// <summary>All resources whose occupations take its time.</summary>
    public IReadOnlyList<Guid> Uses => [Resource.Id, .. Related];

    public TimeSpan Buffer => TimeSpan.FromMinutes(Resource.BufferMinutes);

    public BookingLength Length => new(TimeSpan.FromMinutes(Resource.MinMinutes), TimeSpan.FromMinutes(Resource.MaxMinutes));

    /// <summary>It is lent and taken away, so it is used while the place is shut; only handing over needs somebody there.</summary>
    public bool IsLent => Resource.Kind == ResourceKind.Equipment;

    /// <summary>Whether members can book it at all: pooled, priced, in an active place with hours and somebody who bills.</summary>
    public bool IsOffered => Resource is { IsPooled: true, Tariff: not null } && Seller is not null && Place is { Status: PlaceStatus.Active, Hours: not null };

    /// <summary>When it may be in use, before anybody has booked.</summary>
    public AvailabilityCalendar Calendar => IsLent
        ? new AvailabilityCalendar(WeeklyHours.Always, Resource.Hours ?? Place.Hours ?? WeeklyHours.Never) { OpenOnHolidays = true, Closures = Closures, Buffer = Buffer }
        : Staffed;

    /// <summary>When the place is open for it.</summary>
    private AvailabilityCalendar Staffed =>
        new(Place.Hours ?? WeeklyHours.Never, IsLent ? WeeklyHours.Always : Resource.Hours ?? WeeklyHours.Always) { Closures = Closures, Buffer = Buffer };

    /// <summary>Whether the hours allow the slot; other people's bookings are another matter.</summary>
    public bool IsOpen(Interval slot)
    {
        if (!Contains(Calendar, slot)) return false;
        return !IsLent
            || (Contains(Staffed, new Interval(slot.Start, slot.Start + BookingGrid.Step)) && Contains(Staffed, new Interval(slot.End - BookingGrid.Step, slot.End)));
    }

    private static bool Contains(AvailabilityCalendar calendar, Interval slot) =>
        BookingGrid.IsFree(slot, FreeTime.Of(calendar, [], slot.Start, slot.End));
}
