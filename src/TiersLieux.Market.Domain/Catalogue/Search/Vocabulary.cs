namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>All words of the catalogue, each with the offers that contain it.</summary>
internal sealed class Vocabulary
{
    private const float Exact = 1f;
    private const float Beginning = .8f;
    private const float Slip = .6f;

    private readonly string[] _words;
    private readonly int[] _letters;
    private readonly Posting[][] _postings;
    private readonly ILookup<string, int> _byStem;

    private Vocabulary(string[] words, Posting[][] postings)
    {
        _words = words;
        _postings = postings;
        _letters = Array.ConvertAll(words, Spelling.Letters);
        _byStem = Enumerable.Range(0, words.Length).ToLookup(i => Words.Stem(words[i]), StringComparer.Ordinal);
    }

    /// <summary>An offer with a word, and what the word weighs there.</summary>
    internal readonly record struct Posting(int Offer, float Weight);

    /// <param name="texts">Of each offer: texts with their weights, the heaviest first.</param>
    public static Vocabulary Build(IEnumerable<IEnumerable<(string Text, float Weight)>> texts)
    {
        var postings = new SortedDictionary<string, List<Posting>>(StringComparer.Ordinal);
        var offer = 0;
        foreach (var fields in texts)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (text, weight) in fields)
            {
                foreach (var word in Words.Of(text))
                {
                    if (!seen.Add(word)) continue;
                    if (!postings.TryGetValue(word, out var list)) postings[word] = list = [];
                    list.Add(new Posting(offer, weight));
                }
            }

            offer++;
        }

        return new Vocabulary([.. postings.Keys], [.. postings.Values.Select(list => list.ToArray())]);
    }

    /// <summary>Gives each offer that has the word its best weight; words that only resemble it count when none is it or begins with it.</summary>
    public void Match(string word, float[] best)
    {
        var found = false;
        foreach (var same in _byStem[Words.Stem(word)])
        {
            Raise(same, Exact, best);
            found = true;
        }

        if (word.Length >= 2)
        {
            for (var i = FirstFrom(word); i < _words.Length && _words[i].StartsWith(word, StringComparison.Ordinal); i++)
            {
                Raise(i, Beginning, best);
                found = true;
            }
        }

        var allowed = Spelling.Allowed(word.Length);
        if (found || allowed == 0) return;
        var letters = Spelling.Letters(word);
        for (var i = 0; i < _words.Length; i++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)(_letters[i] ^ letters)) > 2 * allowed) continue;
            if (_words[i].Length >= 3 && Spelling.Within(word, _words[i], allowed)) Raise(i, Slip, best);
        }
    }

    private void Raise(int word, float quality, float[] best)
    {
        foreach (var (offer, weight) in _postings[word]) best[offer] = Math.Max(best[offer], weight * quality);
    }

    private int FirstFrom(string word)
    {
        var index = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        return index < 0 ? ~index : index;
    }
}
