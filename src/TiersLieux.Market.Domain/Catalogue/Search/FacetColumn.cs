namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>The values of one filter, numbered, for every offer.</summary>
internal sealed class FacetColumn
{
    private readonly List<string> _values = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly int[][] _offers;

    public FacetColumn(OfferDocument[] offers, Func<OfferDocument, IReadOnlyCollection<string>> values) =>
        _offers = Array.ConvertAll(offers, offer => values(offer).Select(Number).Distinct().ToArray());

    public int Size => _values.Count;

    /// <summary>The value's number; -1, which no offer has, for a value nobody knows.</summary>
    public int Find(string value) => _numbers.GetValueOrDefault(value, -1);

    public bool Has(int offer, int value) => Array.IndexOf(_offers[offer], value) >= 0;

    public void Add(int offer, int[] counts)
    {
        foreach (var value in _offers[offer]) counts[value]++;
    }

    public IReadOnlyList<FacetCount> Counts(int[] counts) =>
        [.. counts.Select((count, value) => new FacetCount(_values[value], count)).Where(c => c.Count > 0).OrderByDescending(c => c.Count).ThenBy(c => c.Value, StringComparer.Ordinal)];

    private int Number(string value)
    {
        if (_numbers.TryGetValue(value, out var number)) return number;
        _values.Add(value);
        return _numbers[value] = _values.Count - 1;
    }
}
