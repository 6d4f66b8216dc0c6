using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

public enum ResourceKind
{
    Machine,
    Space,
    Equipment,
    Training,
    Expert,
}

/// <summary>A process that a machine offers, at its own speed.</summary>
/// <param name="Speed">1 = the routing's times; 2 = twice as fast.</param>
public sealed record Capability(string Process, decimal Speed);

/// <summary>What members pay for its time, excl. VAT.</summary>
/// <param name="StepMinutes">Time is billed in whole steps of this length.</param>
public sealed record Tariff(
    Money MemberPerHour,
    Money ProfessionalPerHour,
    Money PublicPerHour,
    int StepMinutes,
    Money MinimumCharge,
    Money StartUpFee);

/// <summary>A bookable machine, space, piece of equipment or session: one at a time, or numbered seats.</summary>
public sealed class Resource
{
    private readonly List<Capability> _capabilities = [];

    private Resource() { }

    public Resource(Guid id, string code, ResourceKind kind, string name, Guid placeId, Guid? workshopId)
    {
        Id = id;
        Code = code;
        Kind = kind;
        Name = name;
        PlaceId = placeId;
        WorkshopId = workshopId;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public ResourceKind Kind { get; private set; }

    public string Name { get; private set; } = "";

    public string? EnglishName { get; init; }

    public Guid PlaceId { get; private set; }

    /// <summary>The workshop that produces with it; none for what is only booked.</summary>
    public Guid? WorkshopId { get; private set; }

    public string Make { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>Type as members know it: découpe laser, fraiseuse…</summary>
    public string Type { get; init; } = "";

    public string Mark { get; init; } = "";

    /// <summary>Working area in millimetres; null where it does not apply.</summary>
    public int? WidthMm { get; init; }

    public int? DepthMm { get; init; }

    /// <summary>Codes of the materials it takes, separated by spaces; empty means any.</summary>
    public string Materials { get; init; } = "";

    /// <summary>Height of the piece it takes; null, no limit.</summary>
    public int? HeightMm { get; init; }

    /// <summary>The space it stands in, or the machine or room a session takes: one of the two is used at a time.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Time kept free between two bookings, for cleaning or setting back.</summary>
    public int BufferMinutes { get; init; }

    /// <summary>Rated.</summary>
    public decimal PowerKw { get; init; }

    /// <summary>Rate for production, per machine hour, excl. VAT.</summary>
    public Money ProductionRate { get; init; }

    public int Seats { get; init; } = 1;

    /// <summary>Members may book it.</summary>
    public bool IsPooled { get; init; }

    public Tariff? Tariff { get; init; }

    /// <summary>Kind of credential asked for; null, none.</summary>
    public string? Credential { get; init; }

    public int MinMinutes { get; init; } = 15;

    public int MaxMinutes { get; init; } = 8 * 60;

    /// <summary>Its own hours within those of the place; null, the same.</summary>
    public WeeklyHours? Hours { get; init; }

    /// <summary>Hours a week kept for members; production takes no more than the rest.</summary>
    public int MemberHoursPerWeek { get; init; }

    public IReadOnlyList<Capability> Capabilities => _capabilities;

    public Resource WithCapabilities(IEnumerable<Capability> capabilities)
    {
        _capabilities.Clear();
        _capabilities.AddRange(capabilities);
        return this;
    }
}
