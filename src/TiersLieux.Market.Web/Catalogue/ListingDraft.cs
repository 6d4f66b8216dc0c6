using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>What an artisan wrote about an offer, checked. It has a routing (the consortium sells it) or prices (the artisan sells it), never both.</summary>
public sealed record ListingDraft(
    Guid OrganisationId,
    OfferKind Kind,
    Text Title,
    Text Description,
    decimal VatRate,
    Guid CircleId,
    string? Filiere,
    string Mark,
    string Unit,
    decimal UnitWeightKg,
    decimal MinQuantity,
    decimal MaxQuantity,
    Text? Origin,
    int? LeadDays,
    string? DesignLicence,
    bool MadeToSpecification,
    IReadOnlyList<OfferOperation> Routing,
    IReadOnlyList<QuantityBreak> Prices)
{
    public SellerMode SellerMode => Routing.Count > 0 ? SellerMode.Consortium : SellerMode.Producer;
}

/// <summary>What came of changing an offer.</summary>
public abstract record ListingResult
{
    private ListingResult()
    {
    }

    public sealed record Done(Guid Id, string Code, Text Title) : ListingResult;

    public sealed record Refused(Reason Reason) : ListingResult;
}
