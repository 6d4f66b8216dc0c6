using System.ComponentModel;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Web.Api;

/// <summary>Found offers, best first, with the counts that other choices would give.</summary>
/// <param name="Total">Of all pages.</param>
/// <param name="Partial">No offer has all the words; these have most of them.</param>
public sealed record OfferList(IReadOnlyList<OfferItem> Items, string? Next, int Total, bool Partial, OfferFacetList Facets);

public sealed record OfferFacetList(
    IReadOnlyList<FacetItem> Kind, IReadOnlyList<FacetItem> Process, IReadOnlyList<FacetItem> Circle, IReadOnlyList<FacetItem> Place, IReadOnlyList<FacetItem> Filiere);

public sealed record FacetItem(string Value, string Label, int Count);

/// <param name="UnitPrice">Before tax; absent where it depends on the quantity and nothing was reckoned yet.</param>
/// <param name="PriceForQuantity">The quantity at which a made-to-order price was reckoned.</param>
/// <param name="Soonest">The day it could be delivered if ordered now, in the middle of the region.</param>
public sealed record OfferItem(
    Guid Id,
    string Code,
    OfferKind Kind,
    string Title,
    string Description,
    string Seller,
    OfferPlace? Place,
    string? Circle,
    string? Filiere,
    IReadOnlyList<string> Processes,
    string Unit,
    ApiMoney? UnitPrice,
    decimal? PriceForQuantity,
    int? LeadDays,
    DateOnly? Soonest,
    string Url);

public sealed record OfferPlace(string Code, string Name, string City);

/// <summary>An offer with everything its page says.</summary>
/// <param name="VatRate">Percent.</param>
/// <param name="ResourceId">What is booked; absent where nothing is.</param>
public sealed record OfferDetail(
    Guid Id,
    string Code,
    OfferKind Kind,
    string Title,
    string Description,
    string Seller,
    SellerMode SellerMode,
    OfferPlace? Place,
    string? Circle,
    string? Filiere,
    string Unit,
    decimal MinQuantity,
    decimal MaxQuantity,
    decimal VatRate,
    IReadOnlyList<OfferPrice> Prices,
    int? LeadDays,
    string? Materials,
    string? DesignLicence,
    bool MadeToSpecification,
    Guid? ResourceId,
    IReadOnlyList<OfferStep> Routing,
    IReadOnlyList<OfferMakerItem> Makers,
    string Url);

public sealed record OfferPrice(decimal From, ApiMoney UnitPrice);

/// <param name="TimesObserved">False: the times are estimates.</param>
/// <param name="MaterialPerUnit">In the material's stock unit.</param>
public sealed record OfferStep(
    int Sequence, string Process, string Name, decimal SetUpMinutes, decimal UnitMinutes, bool TimesObserved, string? Material, decimal? MaterialPerUnit, string? MaterialUnit);

public sealed record OfferMakerItem(string Workshop, string Place, string City, IReadOnlyList<string> Processes);

/// <param name="Status">referenced: known from public data, sells nothing and cannot be booked.</param>
/// <param name="Precision">How well the position is known.</param>
/// <param name="Source">Where the facts come from.</param>
public sealed record PlaceItem(
    Guid Id,
    string Code,
    string Name,
    string Kind,
    PlaceStatus Status,
    bool Fictitious,
    string? Circle,
    PlaceAddress Address,
    double Latitude,
    double Longitude,
    PositionPrecision Precision,
    string? Hours,
    string? Website,
    string Source,
    IReadOnlyList<string> Workshops,
    IReadOnlyList<string> Processes,
    int Machines);

public sealed record PlaceAddress(string Street, string PostalCode, string City, string Insee);

/// <param name="Pooled">Members may book it.</param>
/// <param name="Km">By road from <c>near</c>, estimated.</param>
public sealed record MachineItem(
    Guid Id,
    string Code,
    string Name,
    string Type,
    string? Make,
    string? Model,
    IReadOnlyList<MachineProcess> Processes,
    int? WidthMm,
    int? DepthMm,
    OfferPlace Place,
    string? Workshop,
    bool Pooled,
    string? Credential,
    MachineTariff? Tariff,
    decimal? Km);

/// <param name="Speed">1: the times of routings hold; 2: twice as fast.</param>
public sealed record MachineProcess(string Process, decimal Speed);

/// <summary>Per hour, before tax.</summary>
public sealed record MachineTariff(ApiMoney Member, ApiMoney Professional, ApiMoney Public, int StepMinutes, ApiMoney Minimum);

/// <summary>What to look for; all of it optional.</summary>
public sealed record OfferFilter
{
    [Description("Words, with or without accents; a typing slip is forgiven.")]
    public string? Q { get; init; }

    [Description("good, service, machine, space, equipment, training or expert.")]
    public string? Kind { get; init; }

    [Description("Code of a process; one above others finds them, too.")]
    public string? Process { get; init; }

    [Description("Code of a circle.")]
    public string? Circle { get; init; }

    [Description("Code of a place.")]
    public string? Place { get; init; }

    [Description("Code of a filière.")]
    public string? Filiere { get; init; }

    [Description("Days to make it, at most; leaves out offers whose time is not known.")]
    public int? MaxLeadDays { get; init; }

    [Description("Price of a unit before tax in cents, at most; leaves out offers whose price is not known.")]
    public long? MaxPrice { get; init; }

    [Description("The `next` of the page before.")]
    public string? After { get; init; }

    [Description("1 to 200; 50 otherwise.")]
    public int? Limit { get; init; }
}
