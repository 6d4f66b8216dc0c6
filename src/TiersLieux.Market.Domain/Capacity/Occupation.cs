using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

public enum OccupationKind
{
    /// <summary>Kept until its deadline while somebody decides or pays.</summary>
    Hold,

    /// <summary>Production time of a confirmed order.</summary>
    Reservation,

    /// <summary>A member's booking.</summary>
    Booking,
    Maintenance,
}

/// <summary>
/// Time taken on one seat of one resource. Holds, production, bookings and maintenance share this one table,
/// so that one constraint of the database keeps any two from overlapping.
/// </summary>
public sealed class Occupation
{
    private Occupation() { }

    public Occupation(Guid id, Guid resourceId, int seat, Interval time, OccupationKind kind, Guid ownerId, DateTime? deadline)
    {
        Id = id;
        ResourceId = resourceId;
        Seat = seat;
        Start = time.Start;
        End = time.End;
        Kind = kind;
        OwnerId = ownerId;
        Deadline = deadline;
    }

    public Guid Id { get; private set; }

    public Guid ResourceId { get; private set; }

    /// <summary>1 for a machine; seats of a space or a session are numbered from 1.</summary>
    public int Seat { get; private set; }

    /// <summary>UTC; the occupation is [Start, End).</summary>
    public DateTime Start { get; private set; }

    public DateTime End { get; private set; }

    public OccupationKind Kind { get; private set; }

    /// <summary>The order, booking or maintenance it is for.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>A hold past its deadline counts for nothing and is deleted by whoever claims its time.</summary>
    public DateTime? Deadline { get; private set; }

    public Interval Time => new(Start, End);

    public bool IsExpired(DateTime now) => Kind == OccupationKind.Hold && Deadline <= now;

    /// <summary>Turns a hold into what it was kept for; the kind of a confirmed occupation is left alone.</summary>
    public void Confirm(OccupationKind kind)
    {
        if (Kind != OccupationKind.Hold) return;
        Kind = kind;
        Deadline = null;
    }

    public void Extend(DateTime deadline)
    {
        if (Kind == OccupationKind.Hold) Deadline = deadline;
    }

    /// <summary>Gives back what lies after an instant within it.</summary>
    public void CutAt(DateTime end)
    {
        if (Start < end && end < End) End = end;
    }
}

/// <summary>Time when a resource or a whole place is shut: a closure, a repair.</summary>
public sealed class Closure
{
    private Closure() { }

    public Closure(Guid id, Guid placeId, Guid? resourceId, Interval time, string reason)
    {
        Id = id;
        PlaceId = placeId;
        ResourceId = resourceId;
        Start = time.Start;
        End = time.End;
        Reason = reason;
    }

    public Guid Id { get; private set; }

    public Guid PlaceId { get; private set; }

    /// <summary>Null: the whole place.</summary>
    public Guid? ResourceId { get; private set; }

    public DateTime Start { get; private set; }

    public DateTime End { get; private set; }

    public string Reason { get; private set; } = "";

    public void EndAt(DateTime end) => End = end;
}

/// <summary>People-minutes of a workshop promised on a day; the database refuses more than there are.</summary>
public sealed class WorkshopDay
{
    private WorkshopDay() { }

    public WorkshopDay(Guid workshopId, DateOnly day, int capacityMinutes)
    {
        WorkshopId = workshopId;
        Day = day;
        CapacityMinutes = capacityMinutes;
    }

    public Guid WorkshopId { get; private set; }

    /// <summary>Paris date.</summary>
    public DateOnly Day { get; private set; }

    public int CapacityMinutes { get; private set; }

    public int PromisedMinutes { get; private set; }

    public int Version { get; private set; }

    public int LeftMinutes => CapacityMinutes - PromisedMinutes;

    public bool TryPromise(int minutes)
    {
        if (minutes > LeftMinutes) return false;
        PromisedMinutes += minutes;
        return true;
    }

    public void GiveBack(int minutes)
    {
        PromisedMinutes = Math.Max(0, PromisedMinutes - minutes);
    }
}

/// <summary>What one order was promised of a workshop's people on a day; held until a deadline, then kept.</summary>
public sealed class PeopleHold
{
    private PeopleHold() { }

    public PeopleHold(Guid id, Guid workshopId, DateOnly day, Guid ownerId, int minutes, DateTime? deadline)
    {
        Id = id;
        WorkshopId = workshopId;
        Day = day;
        OwnerId = ownerId;
        Minutes = minutes;
        Deadline = deadline;
    }

    public Guid Id { get; private set; }

    public Guid WorkshopId { get; private set; }

    public DateOnly Day { get; private set; }

    public Guid OwnerId { get; private set; }

    public int Minutes { get; private set; }

    public DateTime? Deadline { get; private set; }

    public void Confirm() => Deadline = null;

    public void Extend(DateTime deadline)
    {
        if (Deadline is not null) Deadline = deadline;
    }
}
