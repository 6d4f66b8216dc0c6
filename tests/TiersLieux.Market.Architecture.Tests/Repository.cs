using System.Text.RegularExpressions;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>The sources that these tests read.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => Path.GetExtension(path) is ".cs" or ".razor" or ".css" or ".js" && !BuildOutput.IsMatch(path))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>C# and Razor of some projects (short names: Domain, Grains…); of all when none is named.</summary>
    public static IEnumerable<SourceFile> Code(params string[] projects) =>
        Sources.Where(s => s.Path.EndsWith(".cs", StringComparison.Ordinal) || s.Path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(s => projects.Length == 0 || projects.Contains(s.Project, StringComparer.Ordinal));

    /// <summary>Project files under a folder, by short name.</summary>
    public static IReadOnlyDictionary<string, string> Projects(string folder) =>
        Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).ToDictionary(ShortName, path => path, StringComparer.Ordinal);

    public static string ShortName(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["TiersLieux.Market.".Length..];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TiersLieux.Market.sln"))) return folder.FullName;
        throw new InvalidOperationException("These tests read the sources: run them from within the repository.");
    }

    [GeneratedRegex("/(bin|obj)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuildOutput { get; }
}

/// <param name="Path">From the root of the repository, with forward slashes.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>Domain, Storage, Grains…</summary>
    public string Project => Path.Split('/')[1]["TiersLieux.Market.".Length..];

    /// <summary>Folders below the project, joined by dots: <c>Orders.Pricing</c>; empty at its top.</summary>
    public string Area => string.Join('.', Path.Split('/')[2..^1]);

    public string FileName => Path.Split('/')[^1];

    /// <summary>The text without comments. What looks like one within a string goes too, which hides nothing that is looked for here.</summary>
    public string Code => Comment.Replace(Text, "");

    public override string ToString() => Path;

    [GeneratedRegex(@"(?<=^|\s)//[^\n]*|/\*.*?\*/|@\*.*?\*@", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment { get; }
}
