using System.Globalization;
using System.Text.RegularExpressions;

namespace TiersLieux.Market.Bench.Routing;

/// <summary>
/// Best known makespans of the public flexible job shop instances: the tables of FJSPLib as of 2026, which state for most of them that they are optimal.
/// Older tables in circulation are wrong for some (Kacem 4, la20 and la27 of rdata).
/// </summary>
internal static partial class BestKnown
{
    /// <summary>Brandimarte 1993, mk01 to mk15.</summary>
    private static readonly int[] Brandimarte = [40, 26, 204, 60, 172, 57, 139, 523, 307, 193, 609, 508, 390, 694, 333];

    /// <summary>Dauzère-Pérès &amp; Paulli 1994, 01a to 18a.</summary>
    private static readonly int[] DauzerePeres = [2505, 2228, 2228, 2503, 2199, 2169, 2254, 2061, 2061, 2241, 2037, 1984, 2236, 2161, 2161, 2231, 2105, 2070];

    /// <summary>Kacem, Hammadi &amp; Borne 2002, 1 to 4.</summary>
    private static readonly int[] Kacem = [11, 11, 7, 11];

    /// <summary>Chambers &amp; Barnes 1996.</summary>
    private static readonly Dictionary<string, int> Barnes = new(StringComparer.Ordinal)
    {
        ["mt10x"] = 918, ["mt10xx"] = 918, ["mt10xxx"] = 918, ["mt10xy"] = 905, ["mt10xyz"] = 847, ["mt10c1"] = 927, ["mt10cc"] = 908,
        ["setb4x"] = 925, ["setb4xx"] = 925, ["setb4xxx"] = 925, ["setb4xy"] = 910, ["setb4xyz"] = 902, ["setb4c9"] = 914, ["setb4cc"] = 907,
        ["seti5x"] = 1198, ["seti5xx"] = 1194, ["seti5xxx"] = 1194, ["seti5xy"] = 1135, ["seti5xyz"] = 1125, ["seti5c12"] = 1169, ["seti5cc"] = 1135,
    };

    /// <summary>Hurink, Jurisch &amp; Thole 1994, la01 to la40 of each degree of flexibility.</summary>
    private static readonly Dictionary<string, int[]> Hurink = new(StringComparer.Ordinal)
    {
        ["edata"] =
        [
            609, 655, 550, 568, 503, 833, 762, 845, 878, 866, 1103, 960, 1053, 1123, 1111, 892, 707, 842, 796, 857,
            1009, 880, 950, 908, 936, 1106, 1181, 1142, 1107, 1188, 1532, 1698, 1547, 1599, 1736, 1160, 1397, 1141, 1184, 1144,
        ],
        ["rdata"] =
        [
            570, 529, 477, 502, 457, 799, 749, 765, 853, 804, 1071, 936, 1038, 1070, 1089, 717, 646, 666, 700, 756,
            825, 753, 831, 795, 779, 1057, 1085, 1076, 994, 1071, 1520, 1657, 1497, 1535, 1549, 1023, 1062, 954, 1011, 955,
        ],
        ["vdata"] =
        [
            570, 529, 477, 502, 457, 799, 749, 765, 853, 804, 1071, 936, 1038, 1070, 1089, 717, 646, 663, 617, 756,
            800, 733, 809, 773, 751, 1052, 1084, 1069, 993, 1068, 1520, 1657, 1497, 1535, 1549, 948, 986, 943, 922, 955,
        ],
    };

    /// <summary>The set and the name of an instance by its file, and its best known makespan; null for a file of no known set.</summary>
    /// <param name="path">The name decides; for Hurink's, which share their names, the folder or the name says edata, rdata or vdata.</param>
    public static (string Set, string Name, int Makespan)? Of(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "").ToLowerInvariant();
        if (Mk().Match(name) is { Success: true } mk && Number(mk) is >= 1 and <= 15 and var m) return (m <= 10 ? "mk01-10" : "mk11-15", $"mk{m:00}", Brandimarte[m - 1]);
        if (Dp().Match(name) is { Success: true } dp && Number(dp) is >= 1 and <= 18 and var d) return ("dauzere-peres", $"{d:00}a", DauzerePeres[d - 1]);
        if (KacemName().Match(name) is { Success: true } kacem && (kacem.Groups["word"].Success || folder.Contains("kacem", StringComparison.Ordinal)) && Number(kacem) is >= 1 and <= 4 and var k) return ("kacem", $"kacem{k}", Kacem[k - 1]);
        if (La().Match(name) is { Success: true } la && Number(la) is >= 1 and <= 40 and var l)
        {
            var kind = Hurink.Keys.FirstOrDefault(each => name.Contains(each, StringComparison.Ordinal) || folder.Contains(each, StringComparison.Ordinal));
            return kind is null ? null : ($"hurink-{kind}", $"la{l:00} {kind}", Hurink[kind][l - 1]);
        }

        return Barnes.TryGetValue(name, out var barnes) ? ("barnes", name, barnes) : null;
    }

    private static int Number(Match match) => int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"mk0?(?<n>\d{1,2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mk();

    [GeneratedRegex(@"^(dpp?(aulli)?_?)?0?(?<n>\d{1,2})a$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dp();

    [GeneratedRegex(@"^(?<word>kacem_?|kacem_?k)?k?0?(?<n>\d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KacemName();

    [GeneratedRegex(@"(^|_|-)la0?(?<n>\d{1,2})($|_|-)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex La();
}
