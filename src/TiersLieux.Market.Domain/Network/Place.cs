using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Network;

public enum PlaceStatus
{
    /// <summary>Known from public data; shown, never selling, nothing bookable.</summary>
    Referenced,

    /// <summary>Takes part in the market.</summary>
    Active,
}

/// <summary>How well the position of a place is known.</summary>
public enum PositionPrecision
{
    Address,
    Commune,
    Approximate,
}

/// <summary>A tiers-lieu: a site with an address, opening hours, machines and spaces.</summary>
public sealed class Place
{
    private Place() { }

    public Place(Guid id, string code, string name, PlaceStatus status, Address address, GeoPoint position, PositionPrecision precision)
    {
        Id = id;
        Code = code;
        Name = name;
        Status = status;
        Address = address;
        Latitude = position.Latitude;
        Longitude = position.Longitude;
        Precision = precision;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public PlaceStatus Status { get; private set; }

    public Address Address { get; private set; } = null!;

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public PositionPrecision Precision { get; private set; }

    public GeoPoint Position => new(Latitude, Longitude);

    /// <summary>fablab, makerspace, coworking, manufacture…</summary>
    public string Kind { get; init; } = "";

    public string Labels { get; init; } = "";

    /// <summary>Territorial circle.</summary>
    public Guid? CircleId { get; init; }

    /// <summary>Who answers for the place; none for a referenced one.</summary>
    public Guid? OrganisationId { get; init; }

    public WeeklyHours? Hours { get; init; }

    public string? Website { get; init; }

    /// <summary>Where the facts come from; shown beside a referenced place.</summary>
    public string Source { get; init; } = "";

    public bool IsFictitious { get; init; }

    public Text? Description { get; init; }
}
