namespace TiersLieux.Market.Domain.Catalogue.Search;

/// <summary>Typing slips: a letter too many, missing, wrong, or two swapped (Damerau–Levenshtein, each place touched once).</summary>
public static class Spelling
{
    private const int Longest = 64;

    /// <summary>How many slips a word of this length is forgiven: 0 below four letters, 1 up to seven, then 2.</summary>
    public static int Allowed(int length) => length switch { < 4 => 0, < 8 => 1, _ => 2 };

    /// <summary>Whether one word can be the other with at most <paramref name="most"/> slips.</summary>
    public static bool Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most) return false;
        if (a.Length > Longest || b.Length > Longest) return a.SequenceEqual(b);
        Span<int> before = stackalloc int[Longest + 1];
        Span<int> last = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var distance = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) distance = Math.Min(distance, before[j - 2] + 1);
                row[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > most) return false;
            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[b.Length] <= most;
    }

    /// <summary>The letters of a word as bits: words that differ in more bits than slips can explain need no comparison.</summary>
    internal static int Letters(string word)
    {
        var letters = 0;
        foreach (var c in word) letters |= 1 << (c & 31);
        return letters;
    }
}
