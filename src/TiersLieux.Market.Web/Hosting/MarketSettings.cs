namespace TiersLieux.Market.Web.Hosting;

/// <summary>Where the program keeps its data and where it listens, from the environment (README, "Settings").</summary>
/// <param name="DataFolder">Database, mails, keys; made when missing.</param>
/// <param name="PostgreSql">Connection string; null keeps the market in SQLite in the data folder.</param>
/// <param name="SeedFolder">Tables a new consortium starts from.</param>
public sealed record MarketSettings(string DataFolder, string Urls, string SandboxUrls, string? PostgreSql, string SeedFolder)
{
    /// <summary>Whether the demo tables are loaded into an empty database at start.</summary>
    public bool LoadDemo { get; init; } = true;

    public string DatabaseFile => Path.Combine(DataFolder, "market.db");

    public static MarketSettings Read(IConfiguration configuration) => new(
        Path.GetFullPath(Filled(configuration["TLM_DATA"]) ?? "data"),
        Filled(configuration["TLM_URLS"]) ?? "http://127.0.0.1:5080",
        Filled(configuration["TLM_SANDBOX_URLS"]) ?? "http://127.0.0.1:5081",
        Filled(configuration.GetConnectionString("Market")),
        Filled(configuration["TLM_SEED"]) ?? FindSeedFolder())
    {
        LoadDemo = configuration["TLM_DEMO"] != "0",
    };

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Beside the program when it is deployed, at the top of the repository when it is run from its build folder.</summary>
    private static string FindSeedFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "catalog-seed");
            if (Directory.Exists(candidate)) return candidate;
        }

        return Path.GetFullPath("catalog-seed");
    }
}
