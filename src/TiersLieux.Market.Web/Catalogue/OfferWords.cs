using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>How offers are put into words on cards and pages.</summary>
internal static class OfferWords
{
    /// <summary>Who and where; what several workshops make is everywhere.</summary>
    public static Text Where(CatalogueOffer offer) => offer.Place is { } place
        ? new Text($"{place.Name} · {place.City}", $"{place.Name} · {place.City}")
        : new Text("Fabriqué par les ateliers du réseau", "Made by the network’s workshops");

    public static Text PriceNote(CatalogueOffer offer) => offer switch
    {
        { PriceFor: { } quantity } => new($"HT / {offer.Unit}, par {quantity:0.##}", $"excl. VAT / {English(offer.Unit)}, for {quantity:0.##}"),
        { Kind: OfferKind.Machine or OfferKind.Space or OfferKind.Equipment } => new("HT / h, adhérents", "excl. VAT / h, members"),
        _ => new($"HT / {offer.Unit}", $"excl. VAT / {English(offer.Unit)}"),
    };

    /// <summary>How soon: a date that was reckoned, else the days the seller gives.</summary>
    public static string? Soonest(CatalogueOffer offer, Lang lang) => offer switch
    {
        { Soonest: { } date } => lang.T($"dès {lang.Format.ShortDate(date)}", $"from {lang.Format.ShortDate(date)}"),
        { LeadDays: { } days } => lang.T($"{days} jours ouvrés", $"{days} working days"),
        { Kind: OfferKind.Machine or OfferKind.Space or OfferKind.Equipment } => lang.T("à réserver", "to book"),
        _ => null,
    };

    public static string English(string unit) => unit switch
    {
        "pièce" => "piece",
        "heure" => "hour",
        "place" => "seat",
        "lot" => "batch",
        _ => unit,
    };

    public static Text PlaceKind(string kind) => kind switch
    {
        "coworking" => new("Coworking", "Coworking"),
        "fablab" => new("Fablab", "Fab lab"),
        "manufacture" => new("Manufacture de proximité", "Local manufacture"),
        "third-place" => new("Tiers-lieu", "Third place"),
        _ => new(kind, kind),
    };

    public static Text State(OfferState state) => state switch
    {
        OfferState.Draft => new("Brouillon", "Draft"),
        OfferState.Submitted => new("Chez le cercle", "With the circle"),
        OfferState.Published => new("Publiée", "Published"),
        OfferState.Returned => new("À corriger", "To mend"),
        _ => new("Retirée", "Withdrawn"),
    };

    public static Text ResourceKinds(ResourceKind kind) => kind switch
    {
        ResourceKind.Machine => new("Machines", "Machines"),
        ResourceKind.Space => new("Espaces", "Spaces"),
        ResourceKind.Equipment => new("Matériel", "Equipment"),
        ResourceKind.Training => new("Formations", "Trainings"),
        _ => new("Permanences d’experts", "Expert hours"),
    };
}
