using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>Names of the codes that offers and filters use.</summary>
public sealed record CatalogueNames(
    IReadOnlyDictionary<string, Process> Processes,
    IReadOnlyDictionary<string, Text> Filieres,
    IReadOnlyDictionary<string, Text> Circles,
    IReadOnlyDictionary<string, string> Places,
    IReadOnlyDictionary<string, Material> Materials)
{
    public static CatalogueNames None { get; } = new(
        new Dictionary<string, Process>(StringComparer.Ordinal), new Dictionary<string, Text>(StringComparer.Ordinal), new Dictionary<string, Text>(StringComparer.Ordinal),
        new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, Material>(StringComparer.Ordinal));

    public Text Process(string code) => Processes.TryGetValue(code, out var process) ? process.Name : new Text(code, code);

    public Text Filiere(string code) => Filieres.GetValueOrDefault(code) ?? new Text(code, code);

    public Text Circle(string code) => Circles.GetValueOrDefault(code) ?? new Text(code, code);

    public string Place(string code) => Places.GetValueOrDefault(code) ?? code;

    public Text Material(string code) => Materials.TryGetValue(code, out var material) ? material.Name : new Text(code, code);

    /// <summary>A process and those above it.</summary>
    public IEnumerable<string> WithParents(string process)
    {
        // A table that by mistake goes round in a circle must not hang the catalogue.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? code = process; code is not null && seen.Add(code); code = Processes.GetValueOrDefault(code)?.ParentCode) yield return code;
    }

    public static Text Kind(OfferKind kind) => kind switch
    {
        OfferKind.Good => new("Objets", "Goods"),
        OfferKind.Service => new("Services", "Services"),
        OfferKind.Machine => new("Machines", "Machines"),
        OfferKind.Space => new("Espaces", "Spaces"),
        OfferKind.Equipment => new("Matériel", "Equipment"),
        OfferKind.Training => new("Formations", "Trainings"),
        _ => new("Heures d’expert", "Expert hours"),
    };
}
