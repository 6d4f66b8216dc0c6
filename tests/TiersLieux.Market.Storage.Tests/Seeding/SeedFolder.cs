using Xunit;

namespace TiersLieux.Market.Storage.Tests.Seeding;

/// <summary>The project's own seed tables, or a copy of them to break.</summary>
internal sealed class SeedFolder : IDisposable
{
    private SeedFolder(string path) => Path = path;

    public static string Original { get; } = Find();

    public string Path { get; }

    public static SeedFolder Copy()
    {
        var path = Directory.CreateTempSubdirectory("tlm-seed-").FullName;
        foreach (var file in Directory.GetFiles(Original, "*.csv")) File.Copy(file, System.IO.Path.Combine(path, System.IO.Path.GetFileName(file)));
        return new SeedFolder(path);
    }

    /// <summary>Replaces a text on a line (the header is 1); the line must hold it.</summary>
    public void Replace(string file, int line, string from, string to)
    {
        var path = System.IO.Path.Combine(Path, file);
        var lines = File.ReadAllLines(path);
        Assert.Contains(from, lines[line - 1], StringComparison.Ordinal);
        lines[line - 1] = lines[line - 1].Replace(from, to, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
    }

    /// <summary>The line on which a row begins.</summary>
    public int LineOf(string file, string start) => Array.FindIndex(File.ReadAllLines(System.IO.Path.Combine(Path, file)), l => l.StartsWith(start, StringComparison.Ordinal)) + 1;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TiersLieux.Market.sln"))) return System.IO.Path.Combine(folder.FullName, "catalog-seed");
        }

        throw new InvalidOperationException("There is no TiersLieux.Market.sln above the tests.");
    }
}
