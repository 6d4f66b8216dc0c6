using TiersLieux.Market.Web.Components.Drawings;

namespace TiersLieux.Market.Web.Pages;

/// <summary>A plainly fictitious network in real communes, for the home page and the style guide.</summary>
public static class HomeSample
{
    private static readonly (string Commune, double Latitude, double Longitude)[] Communes =
    [
        ("Roubaix", 50.692, 3.178), ("Tourcoing", 50.724, 3.161), ("Lille", 50.637, 3.063), ("Villeneuve-d’Ascq", 50.623, 3.145),
        ("Armentières", 50.688, 2.881), ("Hazebrouck", 50.725, 2.537), ("Dunkerque", 51.034, 2.377), ("Calais", 50.951, 1.858),
        ("Saint-Omer", 50.748, 2.261), ("Béthune", 50.530, 2.640), ("Lens", 50.432, 2.833), ("Liévin", 50.422, 2.778),
        ("Douai", 50.371, 3.080), ("Arras", 50.291, 2.778), ("Cambrai", 50.176, 3.234), ("Valenciennes", 50.357, 3.523),
        ("Maubeuge", 50.279, 3.973), ("Fourmies", 50.017, 4.048), ("Amiens", 49.894, 2.302), ("Abbeville", 50.105, 1.834),
        ("Saint-Quentin", 49.847, 3.287), ("Laon", 49.564, 3.624), ("Soissons", 49.381, 3.323), ("Château-Thierry", 49.041, 3.403),
        ("Beauvais", 49.430, 2.081), ("Compiègne", 49.418, 2.826), ("Creil", 49.258, 2.483), ("Le Cateau-Cambrésis", 50.105, 3.542),
        ("Loos", 50.613, 3.018), ("Wattrelos", 50.702, 3.217), ("Croix", 50.678, 3.150), ("Hem", 50.655, 3.188),
    ];

    private static readonly (string Name, string Commune, double Latitude, double Longitude, string Process)[] Workshops =
    [
        ("Atelier du Canal Bleu", "Roubaix", 50.694, 3.170, "sewing"),
        ("La Scierie Imaginaire", "Saint-Omer", 50.752, 2.255, "saw"),
        ("Fabrique des Trois Marteaux", "Maubeuge", 50.277, 3.968, "weld"),
        ("Manufacture du Coq Rouge", "Amiens", 49.890, 2.310, "laser"),
        ("L’Établi des Dunes", "Dunkerque", 51.030, 2.390, "milling"),
        ("Four & Terre", "Beauvais", 49.436, 2.088, "kiln"),
        ("Les Copeaux d’Artois", "Arras", 50.287, 2.770, "plane"),
        ("Plastique Retrouvé", "Lens", 50.436, 2.820, "injection"),
        ("L’Encre Vive", "Saint-Quentin", 49.850, 3.280, "screenprint"),
        ("Atelier Volt", "Compiègne", 49.414, 2.820, "circuit"),
        ("La Couche Fine", "Lille", 50.628, 3.056, "print3d"),
    ];

    public static HomeModel Model(DateOnly today) => new(
        Workshops.Length,
        165,
        118,
        Points(),
        [
            ("laser", 14), ("milling", 9), ("sewing", 11), ("saw", 8), ("print3d", 12), ("screenprint", 6),
            ("weld", 7), ("kiln", 4), ("embroidery", 5), ("injection", 3), ("circuit", 4), ("joinery", 10),
        ],
        [
            new(40, "bancs de cour", "La Scierie Imaginaire", "Saint-Omer", "saw", today.AddDays(9), .45m),
            new(600, "sacs en toile de bâche", "Atelier du Canal Bleu", "Roubaix", "sewing", today.AddDays(4), .8m),
            new(24, "lampes en plastique recyclé", "Plastique Retrouvé", "Lens", "injection", today.AddDays(12), .15m),
            new(180, "badges gravés", "Manufacture du Coq Rouge", "Amiens", "laser", today.AddDays(2), .6m),
        ],
        [
            new(new("Banc de cour en chêne", "Banc de cour en chêne"), "/offre/banc-de-cour", new("La Scierie Imaginaire · Saint-Omer", "La Scierie Imaginaire · Saint-Omer"), "saw", ["plane", "joinery", "paint"], new(28_400), new("HT / pièce", "excl. VAT / piece"), today.AddDays(6)),
            new(new("Sac en bâche de récupération", "Sac en bâche de récupération"), "/offre/sac-bache", new("Atelier du Canal Bleu · Roubaix", "Atelier du Canal Bleu · Roubaix"), "sewing", ["cutting-textile", "screenprint"], new(1_850), new("HT / pièce", "excl. VAT / piece"), today.AddDays(3)),
            new(new("Découpeuse laser 100 W", "Découpeuse laser 100 W"), "/offre/laser-amiens", new("Manufacture du Coq Rouge · Amiens", "Manufacture du Coq Rouge · Amiens"), "laser", ["equipment"], new(1_800), new("HT / h", "excl. VAT / h"), today),
            new(new("S’initier au tour de potier", "S’initier au tour de potier"), "/offre/initiation-tour", new("Four & Terre · Beauvais", "Four & Terre · Beauvais"), "pottery", ["training"], new(4_500), new("HT / personne", "excl. VAT / person"), today.AddDays(10)),
        ],
        DemoAccounts.All);

    public static IReadOnlyList<MapPoint> Points() =>
    [
        .. Communes.Select(c => new MapPoint(c.Latitude, c.Longitude, "Tiers-lieu de " + c.Commune, Href: "/carte", Detail: "référencé", Approximate: true)),
        .. Workshops.Select(w => new MapPoint(w.Latitude, w.Longitude, w.Name, MapPointKind.Workshop, "/carte", w.Commune, w.Process)),
    ];
}

/// <summary>The home page without a database: for the style guide and for tests of the pages alone.</summary>
internal sealed class SampleHomeData : IHomeData
{
    public Task<HomeModel> ReadAsync(DateOnly today, CancellationToken cancellation) => Task.FromResult(HomeSample.Model(today));
}
