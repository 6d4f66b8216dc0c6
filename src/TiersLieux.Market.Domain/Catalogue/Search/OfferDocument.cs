using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>An offer as the search knows it. Texts are in all languages, one after the other.</summary>
/// <param name="Title">Found first.</param>
/// <param name="Trades">Names of its processes and its filière; found next.</param>
/// <param name="Body">Description, materials, who and where; found last.</param>
/// <param name="Processes">Codes of its processes and of the processes above them.</param>
/// <param name="Price">The lowest price of a unit, before tax, where one is known.</param>
/// <param name="LeadDays">Days to make it, where known.</param>
public sealed record OfferDocument(
    Guid Id,
    OfferKind Kind,
    string Title,
    string Trades,
    string Body,
    IReadOnlyCollection<string> Processes,
    string? Circle,
    string? Place,
    string? Filiere,
    Money? Price,
    int? LeadDays);

/// <summary>What somebody looks for. Everything that is null lets everything pass.</summary>
/// <param name="Text">Words in any order, with or without accents.</param>
/// <param name="Process">Code; a process above others finds them, too.</param>
/// <param name="MaxLeadDays">Leaves out offers whose time is not known.</param>
/// <param name="MaxPrice">Leaves out offers whose price is not known.</param>
public sealed record OfferQuery(
    string? Text = null,
    OfferKind? Kind = null,
    string? Process = null,
    string? Circle = null,
    string? Place = null,
    string? Filiere = null,
    int? MaxLeadDays = null,
    Money? MaxPrice = null);

/// <summary>How many offers one would find with this value in place of the one chosen now.</summary>
public sealed record FacetCount(string Value, int Count);

/// <summary>Counts per filter, the most frequent first.</summary>
public sealed record OfferFacets(
    IReadOnlyList<FacetCount> Kinds,
    IReadOnlyList<FacetCount> Processes,
    IReadOnlyList<FacetCount> Circles,
    IReadOnlyList<FacetCount> Places,
    IReadOnlyList<FacetCount> Filieres);

/// <summary>Ids of what was found, best first.</summary>
/// <param name="IsPartial">No offer has all the words; these have most of them.</param>
public sealed record OfferFound(IReadOnlyList<Guid> Offers, OfferFacets Facets, bool IsPartial);
