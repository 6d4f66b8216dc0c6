namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>
/// Full-text search over the published offers, in memory and immutable: build a new one when the catalogue changes.
/// A word in the title counts more than any in the names of its trades, and these more than any in its description.
/// </summary>
public sealed class OfferSearch
{
    private const float Title = 100;
    private const float Trades = 10;
    private const float Body = 1;
    private const int MostWords = 12;

    private readonly OfferDocument[] _offers;
    private readonly Vocabulary _vocabulary;
    private readonly FacetColumn _kinds;
    private readonly FacetColumn _processes;
    private readonly FacetColumn _circles;
    private readonly FacetColumn _places;
    private readonly FacetColumn _filieres;

    public OfferSearch(IEnumerable<OfferDocument> offers)
    {
        _offers = [.. offers.OrderBy(o => o.Kind).ThenBy(o => o.Title, StringComparer.OrdinalIgnoreCase).ThenBy(o => o.Id)];
        _vocabulary = Vocabulary.Build(_offers.Select(o => new[] { (o.Title, Title), (o.Trades, Trades), (o.Body, Body) }));
        _kinds = new FacetColumn(_offers, o => [Value(o.Kind)]);
        _processes = new FacetColumn(_offers, o => o.Processes);
        _circles = new FacetColumn(_offers, o => One(o.Circle));
        _places = new FacetColumn(_offers, o => One(o.Place));
        _filieres = new FacetColumn(_offers, o => One(o.Filiere));
    }

    public int Count => _offers.Length;

    /// <summary>A kind as the API and the addresses of pages write it.</summary>
    public static string Value(OfferKind kind) => kind.ToString().ToLowerInvariant();

    public OfferFound Find(OfferQuery query)
    {
        var scores = Score(query.Text, out var isPartial);
        FacetColumn[] columns = [_kinds, _processes, _circles, _places, _filieres];
        int?[] wanted =
        [
            query.Kind is { } kind ? _kinds.Find(Value(kind)) : null, Wanted(_processes, query.Process), Wanted(_circles, query.Circle),
            Wanted(_places, query.Place), Wanted(_filieres, query.Filiere),
        ];
        var counts = Array.ConvertAll(columns, c => new int[c.Size]);
        var found = new List<long>();
        for (var offer = 0; offer < _offers.Length; offer++)
        {
            if (scores is not null && scores[offer] <= 0) continue;
            if (!Affordable(_offers[offer], query)) continue;
            // Filters it misses: with none it is found; with one it still counts as a choice for that filter.
            var (misses, missed) = (0, -1);
            for (var c = 0; c < columns.Length && misses < 2; c++)
            {
                if (wanted[c] is not { } value || columns[c].Has(offer, value)) continue;
                misses++;
                missed = c;
            }

            if (misses > 1) continue;
            for (var c = 0; c < columns.Length; c++)
            {
                if (misses == 0 || missed == c) columns[c].Add(offer, counts[c]);
            }

            if (misses == 0) found.Add(scores is null ? offer : Key(scores[offer], offer));
        }

        if (scores is not null) found.Sort();
        return new OfferFound(
            [.. found.Select(key => _offers[(int)(key & int.MaxValue)].Id)],
            new OfferFacets(_kinds.Counts(counts[0]), _processes.Counts(counts[1]), _circles.Counts(counts[2]), _places.Counts(counts[3]), _filieres.Counts(counts[4])),
            isPartial);
    }

    /// <summary>Null when no words were given; else 0 for what is not found.</summary>
    private float[]? Score(string? text, out bool isPartial)
    {
        isPartial = false;
        if (string.IsNullOrWhiteSpace(text)) return null;
        var words = Words.Of(text).Distinct(StringComparer.Ordinal).Take(MostWords).ToList();
        if (words.Count == 0) return null;

        var sums = new float[_offers.Length];
        var matched = new int[_offers.Length];
        var best = new float[_offers.Length];
        var most = 0;
        foreach (var word in words)
        {
            Array.Clear(best);
            _vocabulary.Match(word, best);
            for (var i = 0; i < best.Length; i++)
            {
                if (best[i] <= 0) continue;
                sums[i] += best[i];
                most = Math.Max(most, ++matched[i]);
            }
        }

        isPartial = most > 0 && most < words.Count;
        for (var i = 0; i < sums.Length; i++)
        {
            if (matched[i] < most) sums[i] = 0;
        }

        return sums;
    }

    /// <summary>Sorts by falling score, then by the order of the catalogue.</summary>
    private static long Key(float score, int offer) => ((int.MaxValue - (long)(score * 1000)) << 31) | (uint)offer;

    private static bool Affordable(OfferDocument offer, OfferQuery query) =>
        (query.MaxLeadDays is not { } days || offer.LeadDays <= days) && (query.MaxPrice is not { } price || (offer.Price is { } known && known <= price));

    private static int? Wanted(FacetColumn column, string? value) => string.IsNullOrEmpty(value) ? null : column.Find(value);

    private static IReadOnlyCollection<string> One(string? value) => value is null ? [] : [value];
}
