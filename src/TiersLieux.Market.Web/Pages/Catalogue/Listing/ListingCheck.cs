using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Web.Catalogue;

namespace TiersLieux.Market.Web.Pages.Catalogue.Listing;

/// <summary>What the form of an offer may refer to.</summary>
public sealed record ListingChoices(IReadOnlyList<Organisation> Organisations, IReadOnlyList<Circle> Circles, CatalogueNames Names);

/// <summary>Reads what was typed into a draft, or says at each field what is wrong and what to do.</summary>
public sealed class ListingCheck
{
    private static readonly decimal[] VatRates = [20, 10, 5.5m, 2.1m, 0];
    private readonly Dictionary<string, Reason> _errors = new(StringComparer.Ordinal);
    private readonly ListingForm _form;
    private readonly ListingChoices _choices;

    private ListingCheck(ListingForm form, ListingChoices choices)
    {
        _form = form;
        _choices = choices;
    }

    /// <summary>By the name of the field.</summary>
    public static (ListingDraft? Draft, IReadOnlyDictionary<string, Reason> Errors) Read(ListingForm form, ListingChoices choices)
    {
        var check = new ListingCheck(form, choices);
        var draft = check.Draft();
        return (check._errors.Count == 0 ? draft : null, check._errors);
    }

    private ListingDraft Draft()
    {
        var organisation = _choices.Organisations.FirstOrDefault(o => o.Id.ToString() == _form.Organisation);
        if (organisation is null) Wrong("structure", "Choisissez la structure qui propose l’offre.", "Choose the organisation that lists the offer.");
        var kind = _form.Kind == OfferSearch.Value(OfferKind.Service) ? OfferKind.Service : OfferKind.Good;
        if (kind == OfferKind.Good && _form.Kind != OfferSearch.Value(OfferKind.Good)) Wrong("genre", "Choisissez un objet ou un service.", "Choose a good or a service.");
        if (_form.Selling is not (ListingForm.ByRouting or ListingForm.ByPrice)) Wrong("vente", "Dites comment l’offre se vend.", "Say how the offer is sold.");
        var circle = _choices.Circles.FirstOrDefault(c => c.Code == _form.Circle);
        if (circle is null) Wrong("cercle", "Choisissez le cercle qui relira l’offre.", "Choose the circle that will review the offer.");
        if (_form.Filiere.Length > 0 && !_choices.Names.Filieres.ContainsKey(_form.Filiere)) Wrong("filiere", "Choisissez une filière de la liste.", "Choose a trade from the list.");
        if (!_choices.Names.Processes.TryGetValue(_form.Process, out var process)) Wrong("procede", "Choisissez le procédé qui la caractérise : il donne son dessin.", "Choose the process that characterises it: it gives its drawing.");
        var title = Words("titre", _form.Title, 3, 120, "un titre", "a title");
        var description = Words("description", _form.Description, 20, 2_000, "une description", "a description");
        Short("titreEn", _form.TitleEnglish, 120);
        Short("descriptionEn", _form.DescriptionEnglish, 2_000);
        Short("origine", _form.Origin, 500);
        Short("origineEn", _form.OriginEnglish, 500);
        Short("licence", _form.Licence, 200);
        var unit = Words("unite", _form.Unit, 1, 20, "une unité", "a unit");
        var weight = Number("poids", _form.Weight, 0, 10_000, optional: true) ?? 0;
        var min = Number("min", _form.Min, 0.01m, 1_000_000) ?? 1;
        var max = Number("max", _form.Max, 0.01m, 1_000_000) ?? min;
        if (max < min) Wrong("max", "La quantité la plus grande vient après la plus petite.", "The largest quantity comes after the smallest.");
        var vat = Typed.Number(_form.Vat);
        if (vat is not { } rate || !VatRates.Contains(rate)) Wrong("tva", "Choisissez un taux de TVA de la liste.", "Choose a VAT rate from the list.");
        var lead = Whole("delai", _form.LeadDays, 0, 365);
        var routing = _form.IsRouted ? Steps() : [];
        IReadOnlyList<QuantityBreak> prices = _form.IsRouted ? [] : Prices();
        return new ListingDraft(
            organisation?.Id ?? Guid.Empty, kind, Both(title, _form.TitleEnglish), Both(description, _form.DescriptionEnglish), vat ?? 0, circle?.Id ?? Guid.Empty,
            Filled(_form.Filiere), process?.Mark ?? "", unit, weight, min, max, Filled(_form.Origin) is { } origin ? Both(origin, _form.OriginEnglish) : null,
            _form.IsRouted ? null : lead, Filled(_form.Licence), _form.ToSpecification, routing, prices);
    }

    private List<OfferOperation> Steps()
    {
        var steps = new List<OfferOperation>();
        for (var i = 0; i < _form.Steps.Count; i++)
        {
            var typed = _form.Steps[i];
            if (typed == StepTyped.Blank) continue;
            string At(string field) => $"etape[{i}].{field}";
            if (!_choices.Names.Processes.ContainsKey(typed.Process)) Wrong(At("procede"), $"Étape {i + 1} : choisissez un procédé.", $"Step {i + 1}: choose a process.");
            var material = Filled(typed.Material);
            if (material is not null && !_choices.Names.Materials.ContainsKey(material)) Wrong(At("matiere"), $"Étape {i + 1} : choisissez une matière de la liste.", $"Step {i + 1}: choose a material from the list.");
            var width = Whole(At("largeur"), typed.Width, 1, 100_000);
            var depth = Whole(At("profondeur"), typed.Depth, 1, 100_000);
            if (width is null != depth is null) Wrong(At(width is null ? "largeur" : "profondeur"), $"Étape {i + 1} : donnez les deux côtés, ou aucun.", $"Step {i + 1}: give both sides, or neither.");
            var setUp = Number(At("preparation"), typed.SetUp, 0, 10_000, optional: true) ?? 0;
            var unit = Number(At("temps"), typed.Unit, 0, 10_000) ?? 0;
            if (setUp + unit == 0 && !_errors.ContainsKey(At("temps"))) Wrong(At("temps"), $"Étape {i + 1} : indiquez le temps qu’elle prend, en minutes.", $"Step {i + 1}: give the time it takes, in minutes.");
            steps.Add(new OfferOperation(
                (steps.Count + 1) * 10, typed.Process, setUp, unit, material,
                material is null ? 0 : Number(At("quantite"), typed.MaterialPerUnit, 0.000001m, 100_000) ?? 0,
                (Number(At("presence"), typed.Attendance, 0, 1_000) ?? 0) / 100, typed.Interruptible, width, depth) { TimesObserved = typed.Observed });
        }

        if (steps.Count == 0) Wrong("etape[0].procede", "Décrivez au moins une étape de fabrication.", "Describe at least one step.");
        return steps;
    }

    private List<QuantityBreak> Prices()
    {
        var prices = new List<QuantityBreak>();
        for (var i = 0; i < _form.Prices.Count; i++)
        {
            var typed = _form.Prices[i];
            if (typed.Euros.Trim().Length == 0 && typed.From.Trim().Length <= 1) continue;
            var from = Number($"prix[{i}].des", typed.From, 0.01m, 1_000_000);
            var euros = Number($"prix[{i}].euros", typed.Euros, 0.01m, 10_000_000);
            if (from is { } quantity && prices.Exists(p => p.From == quantity)) Wrong($"prix[{i}].des", "Cette quantité a déjà un prix.", "This quantity has a price already.");
            prices.Add(new QuantityBreak(from ?? 0, Money.FromEuros(euros ?? 0)));
        }

        if (prices.Count == 0) Wrong("prix[0].euros", "Donnez au moins un prix par unité.", "Give at least one price per unit.");
        return prices;
    }

    private string Words(string field, string typed, int least, int most, string french, string english)
    {
        var text = typed.Trim();
        if (text.Length < least || text.Length > most)
            Wrong(field, text.Length == 0 ? $"Écrivez {french}." : $"Écrivez {french} de {least} à {most} caractères.", text.Length == 0 ? $"Write {english}." : $"Write {english} of {least} to {most} characters.");
        return text;
    }

    private void Short(string field, string typed, int most)
    {
        if (typed.Trim().Length > most) Wrong(field, $"Au plus {most} caractères.", $"{most} characters at most.");
    }

    private decimal? Number(string field, string typed, decimal least, decimal most, bool optional = false)
    {
        if (optional && typed.Trim().Length == 0) return null;
        if (Typed.Number(typed) is { } number && number >= least && number <= most) return number;
        Wrong(field, $"Écrivez un nombre de {Typed.Text(least)} à {Typed.Text(most)}.", $"Write a number from {Typed.Text(least)} to {Typed.Text(most)}.");
        return null;
    }

    private int? Whole(string field, string typed, int least, int most)
    {
        if (typed.Trim().Length == 0) return null;
        if (Typed.Number(typed) is { } number && number >= least && number <= most && number == decimal.Truncate(number)) return (int)number;
        Wrong(field, $"Écrivez un nombre entier de {least} à {most}, ou rien.", $"Write a whole number from {least} to {most}, or nothing.");
        return null;
    }

    private void Wrong(string field, string french, string english) => _errors.TryAdd(field, new Reason("listing", french, english) { Field = field });

    private static Text Both(string french, string english) => new(french, Filled(english) ?? french);

    private static string? Filled(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
