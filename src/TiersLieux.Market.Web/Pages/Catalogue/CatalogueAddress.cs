using System.Globalization;
using System.Text;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Pages.Catalogue;

/// <summary>What the catalogue page shows, as its address says it. Values that make no sense count as absent.</summary>
public sealed record CatalogueAddress(
    string? Text, OfferKind? Kind, string? Process, string? Filiere, string? Circle, string? Place, int? MaxDays, decimal? MaxPrice, string? Town, int Page)
{
    public OfferQuery Query => new(Text, Kind, Process, Circle, Place, Filiere, MaxDays, MaxPrice is { } euros ? Money.FromEuros(euros) : null);

    public bool HasFilters => Process is not null || Filiere is not null || Circle is not null || Place is not null || MaxDays is not null || MaxPrice is not null;

    public static CatalogueAddress Read(IQueryCollection query) => new(
        Of(query, "q", 200),
        Enum.TryParse<OfferKind>(Of(query, "genre", 20), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        Of(query, "procede", 100), Of(query, "filiere", 100), Of(query, "cercle", 100), Of(query, "lieu", 100),
        Number(query, "delai") is { } days and >= 0 and < 10_000 ? (int)days : null,
        Number(query, "prix") is { } euros and >= 0 and < 100_000_000 ? euros : null,
        Of(query, "ville", 100),
        Number(query, "page") is { } page and >= 1 and < 100_000 ? (int)page : 1);

    public override string ToString()
    {
        var address = new StringBuilder("/catalogue");
        void Add(string name, string? value)
        {
            if (value is not null) address.Append(address.Length == 10 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        Add("q", Text);
        Add("genre", Kind is { } kind ? OfferSearch.Value(kind) : null);
        Add("procede", Process);
        Add("filiere", Filiere);
        Add("cercle", Circle);
        Add("lieu", Place);
        Add("delai", MaxDays?.ToString(CultureInfo.InvariantCulture));
        Add("prix", MaxPrice?.ToString(CultureInfo.InvariantCulture));
        Add("ville", Town);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return address.ToString();
    }

    private static string? Of(IQueryCollection query, string name, int longest)
    {
        var text = query[name].ToString().Trim();
        return text.Length == 0 ? null : text.Length > longest ? text[..longest] : text;
    }

    private static decimal? Number(IQueryCollection query, string name) => Typed.Number(query[name].ToString());
}
