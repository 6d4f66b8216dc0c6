using System.Globalization;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;

namespace TiersLieux.Market.Web.Pages.Catalogue.Listing;

/// <summary>One operation as it was typed.</summary>
public sealed record StepTyped(
    string Process, string SetUp, string Unit, string Material, string MaterialPerUnit, string Attendance, bool Interruptible, bool Observed, string Width, string Depth)
{
    public static StepTyped Blank { get; } = new("", "", "", "", "", "100", false, false, "", "");
}

/// <summary>One price as it was typed.</summary>
public sealed record PriceTyped(string From, string Euros)
{
    public static PriceTyped Blank { get; } = new("", "");
}

/// <summary>The form of an offer, as typed: nothing is corrected in silence.</summary>
public sealed class ListingForm
{
    /// <summary>Rows beyond this are not read.</summary>
    public const int MostRows = 30;

    public const string ByRouting = "gamme";
    public const string ByPrice = "prix";

    public string Organisation { get; init; } = "";
    public string Kind { get; init; } = OfferSearch.Value(OfferKind.Good);
    public string Selling { get; init; } = ByRouting;
    public string Title { get; init; } = "";
    public string TitleEnglish { get; init; } = "";
    public string Description { get; init; } = "";
    public string DescriptionEnglish { get; init; } = "";
    public string Circle { get; init; } = "";
    public string Filiere { get; init; } = "";
    public string Process { get; init; } = "";
    public string Unit { get; init; } = "pièce";
    public string Weight { get; init; } = "";
    public string Min { get; init; } = "1";
    public string Max { get; init; } = "1000";
    public string Vat { get; init; } = "20";
    public string Origin { get; init; } = "";
    public string OriginEnglish { get; init; } = "";
    public string LeadDays { get; init; } = "";
    public string Licence { get; init; } = "";
    public bool ToSpecification { get; init; }

    /// <summary>Of the offer when it was read into the form.</summary>
    public int Version { get; init; }

    public List<StepTyped> Steps { get; } = [];

    public List<PriceTyped> Prices { get; } = [];

    public bool IsRouted => Selling == ByRouting;

    /// <summary>An empty form with one row of each to fill.</summary>
    public static ListingForm Blank(string organisation)
    {
        var form = new ListingForm { Organisation = organisation };
        form.Steps.Add(StepTyped.Blank);
        form.Prices.Add(new PriceTyped("1", ""));
        return form;
    }

    public static ListingForm Of(Offer offer, string? circle, CatalogueMarks marks)
    {
        var form = new ListingForm
        {
            Organisation = offer.SellerOrganisationId.ToString(),
            Kind = OfferSearch.Value(offer.Kind),
            Selling = offer.IsRouted ? ByRouting : ByPrice,
            Title = offer.Title.French,
            TitleEnglish = Different(offer.Title.English, offer.Title.French),
            Description = offer.Description.French,
            DescriptionEnglish = Different(offer.Description.English, offer.Description.French),
            Circle = circle ?? "",
            Filiere = offer.Filiere ?? "",
            Process = marks.ProcessOf(offer),
            Unit = offer.Unit,
            Weight = offer.UnitWeightKg == 0 ? "" : Typed.Text(offer.UnitWeightKg),
            Min = Typed.Text(offer.MinQuantity),
            Max = Typed.Text(offer.MaxQuantity),
            Vat = Typed.Text(offer.VatRate),
            Origin = offer.Origin?.French ?? "",
            OriginEnglish = offer.Origin is { } origin ? Different(origin.English, origin.French) : "",
            LeadDays = offer.LeadDays?.ToString(CultureInfo.InvariantCulture) ?? "",
            Licence = offer.DesignLicence ?? "",
            ToSpecification = offer.MadeToSpecification,
            Version = offer.Version,
        };
        form.Steps.AddRange(offer.Routing.Select(o => new StepTyped(
            o.Process, Typed.Text(o.SetUpMinutes), Typed.Text(o.UnitMinutes), o.Material ?? "", o.Material is null ? "" : Typed.Text(o.MaterialPerUnit), Typed.Text(o.Attendance * 100),
            o.Interruptible, o.TimesObserved, Whole(o.MinWidthMm), Whole(o.MinDepthMm))));
        form.Prices.AddRange(offer.Prices.Select(p => new PriceTyped(Typed.Text(p.From), Typed.Text(p.UnitPrice.Amount))));
        if (form.Steps.Count == 0) form.Steps.Add(StepTyped.Blank);
        if (form.Prices.Count == 0) form.Prices.Add(new PriceTyped("1", ""));
        return form;
    }

    public static ListingForm Read(IFormCollection posted)
    {
        string Of(string name) => posted[name].ToString();
        var form = new ListingForm
        {
            Organisation = Of("structure"),
            Kind = Of("genre"),
            Selling = Of("vente"),
            Title = Of("titre"),
            TitleEnglish = Of("titreEn"),
            Description = Of("description"),
            DescriptionEnglish = Of("descriptionEn"),
            Circle = Of("cercle"),
            Filiere = Of("filiere"),
            Process = Of("procede"),
            Unit = Of("unite"),
            Weight = Of("poids"),
            Min = Of("min"),
            Max = Of("max"),
            Vat = Of("tva"),
            Origin = Of("origine"),
            OriginEnglish = Of("origineEn"),
            LeadDays = Of("delai"),
            Licence = Of("licence"),
            ToSpecification = Of("surMesure") == "oui",
            Version = int.TryParse(Of("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
        };
        for (var i = 0; i < MostRows && posted.ContainsKey($"etape[{i}].procede"); i++)
        {
            form.Steps.Add(new StepTyped(
                Of($"etape[{i}].procede"), Of($"etape[{i}].preparation"), Of($"etape[{i}].temps"), Of($"etape[{i}].matiere"), Of($"etape[{i}].quantite"), Of($"etape[{i}].presence"),
                Of($"etape[{i}].pause") == "oui", Of($"etape[{i}].observe") == "oui", Of($"etape[{i}].largeur"), Of($"etape[{i}].profondeur")));
        }

        for (var i = 0; i < MostRows && posted.ContainsKey($"prix[{i}].euros"); i++) form.Prices.Add(new PriceTyped(Of($"prix[{i}].des"), Of($"prix[{i}].euros")));
        return form;
    }

    /// <summary>Adds or takes away a row, as a button of the form asks; false when it asks for something else.</summary>
    public bool Rearrange(string action)
    {
        switch (action.Split(':'))
        {
            case ["ajouter-etape"]:
                if (Steps.Count < MostRows) Steps.Add(StepTyped.Blank);
                return true;
            case ["ajouter-prix"]:
                if (Prices.Count < MostRows) Prices.Add(PriceTyped.Blank);
                return true;
            case ["retirer-etape", var step] when Index(step, Steps.Count) is { } i:
                Steps.RemoveAt(i);
                return true;
            case ["monter-etape", var step] when Index(step, Steps.Count) is { } i and > 0:
                (Steps[i - 1], Steps[i]) = (Steps[i], Steps[i - 1]);
                return true;
            case ["retirer-prix", var price] when Index(price, Prices.Count) is { } i:
                Prices.RemoveAt(i);
                return true;
            case ["montrer"]:
                return true;
            default:
                return false;
        }
    }

    private static int? Index(string text, int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < count ? i : null;

    private static string Different(string english, string french) => english == french ? "" : english;

    private static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Marks and the processes that they stand for.</summary>
public sealed class CatalogueMarks(IReadOnlyDictionary<string, Process> processes)
{
    /// <summary>The process whose mark an offer wears: of its routing where there is one.</summary>
    public string ProcessOf(Offer offer) =>
        offer.Routing.Select(o => o.Process).FirstOrDefault(code => processes.TryGetValue(code, out var process) && process.Mark == offer.Mark)
        ?? processes.Values.Where(p => p.Mark == offer.Mark).OrderBy(p => p.ParentCode is not null).ThenBy(p => p.Code, StringComparer.Ordinal).FirstOrDefault()?.Code
        ?? "";
}
