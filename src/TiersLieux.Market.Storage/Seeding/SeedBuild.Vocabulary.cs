using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    /// <summary>Tables without a date hold from here on.</summary>
    private static readonly DateOnly FromTheStart = new(2000, 1, 1);

    private readonly Dictionary<string, string> _communes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);

    private void Vocabulary()
    {
        Each("circles.csv", Code, (row, id, insert) => insert(new Circle(
            id, row["code"], row.Choice("kind", ("territorial", CircleKind.Territorial), ("thematic", CircleKind.Thematic)), row.Bilingual("name"))));
        Each("filieres.csv", Code, (row, _, insert) => insert(new Filiere(row["code"], row.Bilingual("name"))));
        Each("processes.csv", Code, (row, _, insert) =>
        {
            _marks[row["code"]] = row.Text("mark");
            insert(new Process(row["code"], row.Bilingual("name"), row.Optional("parent"), row.Optional("din_code"), row["mark"]) { LoadFactor = row.Number("load_factor", 0, 1) });
        });
        foreach (var row in tables["processes.csv"].Rows) Reference(row, "parent", "processes.csv");
        Each("materials.csv", Code, (row, _, insert) =>
        {
            _units[row["code"]] = row.Choice("stock_unit", ("kg", "kg"), ("l", "l"), ("m", "m"), ("km", "km"), ("m2", "m2"), ("m3", "m3"), ("piece", "piece"), ("lot", "lot"));
            row.Text("price_cents");
            insert(new Material(row["code"], row.Bilingual("name"), row.Text("family"), row["stock_unit"], row.Number("kg_per_unit", 0, 100_000)));
            insert(new MaterialPriceRow(SeedId.Of("material-price", row["code"]), row["code"], FromTheStart, row.Cents("price_cents")));
        });
        Each("communes.csv", Insee, (row, _, insert) =>
        {
            _communes[row["insee"]] = row.Text("name");
            insert(new Commune(row["insee"], row["name"], row.Text("postcodes"), row.Text("department"), row.Position(), row.Precision("precision")));
        });
        Each("credential_kinds.csv", Code, (row, _, insert) => insert(new CredentialKind(row["code"], row.Bilingual("name"), row.Whole("valid_months", 1, 600))));
    }

    private static string Insee(SeedRow row)
    {
        var insee = row.Text("insee");
        if (insee.Length is not (0 or 5) || !insee.All(char.IsAsciiLetterOrDigit))
            row.Refuse("insee", "seed-insee", $"« {insee} » : un code commune a cinq caractères.", $"\"{insee}\": a commune code has five characters.");
        return insee;
    }

    private Address Address(SeedRow row)
    {
        var insee = row.Text("insee");
        if (insee.Length > 0) Exists(row, "insee", insee, "communes.csv", out _);
        return new Address(row["address"], row.Identifier("postcode", Postcode.Check) ?? "", _communes.GetValueOrDefault(insee, ""), insee);
    }
}
