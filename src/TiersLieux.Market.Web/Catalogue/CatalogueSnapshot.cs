using TiersLieux.Market.Domain.Catalogue.Search;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>The catalogue at one moment: the published offers, their index, the names of codes.</summary>
public sealed class CatalogueSnapshot
{
    private readonly Dictionary<string, CatalogueOffer> _byCode;

    public CatalogueSnapshot(IReadOnlyDictionary<Guid, CatalogueOffer> offers, OfferSearch search, CatalogueNames names)
    {
        Offers = offers;
        Search = search;
        Names = names;
        _byCode = offers.Values.ToDictionary(o => o.Code, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyDictionary<Guid, CatalogueOffer> Offers { get; }

    public OfferSearch Search { get; }

    public CatalogueNames Names { get; }

    public CatalogueOffer? Find(string code) => _byCode.GetValueOrDefault(code);
}
