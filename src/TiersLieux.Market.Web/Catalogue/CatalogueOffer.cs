using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>A published offer, ready for a card, a list or the API.</summary>
/// <param name="Processes">Codes, in the order of the work.</param>
/// <param name="Seller">Name of who sells it.</param>
/// <param name="Resource">What is booked, where it is bookable.</param>
/// <param name="Price">Per unit, before tax; null where none is known yet.</param>
/// <param name="PriceFor">The quantity at which a made-to-order price was reckoned; null for a price that is written in the offer.</param>
/// <param name="Soonest">The day it could be delivered if it were ordered now.</param>
public sealed record CatalogueOffer(
    Guid Id,
    string Code,
    OfferKind Kind,
    Text Title,
    Text Description,
    string Mark,
    IReadOnlyList<string> Processes,
    string Seller,
    CataloguePlace? Place,
    string? Circle,
    string? Filiere,
    string Unit,
    BookedResource? Resource,
    Money? Price,
    decimal? PriceFor,
    int? LeadDays,
    DateOnly? Soonest)
{
    public string Href => "/offre/" + Code;
}

/// <summary>Where an offer is.</summary>
public sealed record CataloguePlace(string Code, string Name, string City);

/// <summary>What is booked with an offer.</summary>
public sealed record BookedResource(Guid Id, string Code);

/// <summary>What a made-to-order offer costs and when it would come, as the planner sees it now.</summary>
/// <param name="Quantity">For this many.</param>
public sealed record OfferIndication(decimal Quantity, Money UnitPrice, DateOnly Date);
