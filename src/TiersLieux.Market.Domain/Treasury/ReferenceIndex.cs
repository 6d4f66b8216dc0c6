namespace TiersLieux.Market.Domain.Treasury;

/// <summary>
/// Finds the references of candidates anywhere in a text. Texts from banks lose case and punctuation and gain spaces,
/// so both sides are cut into runs of letters and digits; neighbouring runs are joined until they spell a reference.
/// A reference inside a longer run is not found: F-2026-00012 is not in F-2026-000123.
/// </summary>
internal sealed class ReferenceIndex
{
    private const int ShortestReference = 5;
    private const int MostRuns = 8;

    private readonly Dictionary<string, List<MatchCandidate>> byReference = new(StringComparer.Ordinal);

    public ReferenceIndex(IEnumerable<MatchCandidate> candidates)
    {
        foreach (var candidate in candidates)
        foreach (var key in candidate.References.Select(Compact).Where(k => k.Length >= ShortestReference).Distinct(StringComparer.Ordinal))
        {
            if (!byReference.TryGetValue(key, out var named)) byReference.Add(key, named = []);
            named.Add(candidate);
        }
    }

    /// <summary>Each reference found, as its compact key, with the candidates that bear it.</summary>
    public IReadOnlyDictionary<string, List<MatchCandidate>> Find(params string?[] texts)
    {
        var found = new Dictionary<string, List<MatchCandidate>>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (string.IsNullOrEmpty(text)) continue;
            var runs = Runs(text);
            for (var start = 0; start < runs.Count; start++)
            {
                var joined = "";
                for (var end = start; end < runs.Count && end < start + MostRuns; end++)
                {
                    joined += runs[end];
                    if (byReference.TryGetValue(joined, out var named)) found[joined] = named;
                }
            }
        }

        return found;
    }

    public static string Compact(string reference) => string.Concat(Runs(reference));

    private static List<string> Runs(string text)
    {
        var runs = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            runs.Add(text[start..i].ToUpperInvariant());
            start = -1;
        }

        return runs;
    }
}
