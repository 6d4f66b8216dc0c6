namespace TiersLieux.Market.Domain.Bookings;

/// <summary>A training or an expert's hours that come again every few weeks; <see cref="ResourceId"/> is what its seats are booked on.</summary>
public sealed class SessionSeries
{
    private SessionSeries() { }

    public SessionSeries(Guid id, Guid offerId, Guid resourceId, Guid trainerId, DayOfWeek weekday, TimeOnly start, int minutes, int everyWeeks)
    {
        Id = id;
        OfferId = offerId;
        ResourceId = resourceId;
        TrainerId = trainerId;
        Weekday = weekday;
        Start = start;
        Minutes = minutes;
        EveryWeeks = everyWeeks;
    }

    public Guid Id { get; private set; }

    public Guid OfferId { get; private set; }

    public Guid ResourceId { get; private set; }

    public Guid TrainerId { get; private set; }

    public DayOfWeek Weekday { get; private set; }

    /// <summary>Paris time.</summary>
    public TimeOnly Start { get; private set; }

    public int Minutes { get; private set; }

    public int EveryWeeks { get; private set; }

    /// <summary>With fewer people at the deadline it does not take place.</summary>
    public int Threshold { get; init; } = 1;

    /// <summary>Days before the session.</summary>
    public int DeadlineDays { get; init; }

    /// <summary>Kind of credential granted to those who took part.</summary>
    public string? Credential { get; init; }
}
