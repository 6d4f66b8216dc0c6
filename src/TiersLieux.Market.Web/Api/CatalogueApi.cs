using System.ComponentModel;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Web.Catalogue;

namespace TiersLieux.Market.Web.Api;

/// <summary>What the network offers and where: public, read only.</summary>
public static class CatalogueApi
{
    private static readonly Reason NoOffer = new("not-found", "Cette offre n'est pas au catalogue.", "This offer is not in the catalogue.");
    private static readonly Reason NoKind = new("kind-unknown", "kind est l'un de : good, service, machine, space, equipment, training, expert.", "kind is one of: good, service, machine, space, equipment, training, expert.") { Field = "kind" };
    private static readonly Reason NoCommune = new("commune-unknown", "near est le code INSEE ou le code postal d'une commune.", "near is the INSEE or postal code of a town.") { Field = "near" };
    private static readonly Reason NoProcess = new("process-unknown", "process n'est pas le code d'un procédé.", "process is not the code of a process.") { Field = "process" };

    public static void MapCatalogueApi(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Catalogue");
        group.MapGet("/offers", OffersAsync).WithName("ListOffers").WithSummary("Searches the catalogue").Produces<OfferList>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/offers/{id:guid}", OfferAsync).WithName("GetOffer").WithSummary("An offer with its routing").Produces<OfferDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/places", PlacesAsync).WithName("ListPlaces").WithSummary("Places, those that take part first").Produces<Page<PlaceItem>>();
        group.MapGet("/machines", MachinesAsync).WithName("ListMachines").WithSummary("Machines by process, the nearest first").Produces<Page<MachineItem>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> OffersAsync([AsParameters] OfferFilter filter, OfferCatalogue catalogue, HttpContext http)
    {
        OfferKind? kind = null;
        if (!string.IsNullOrEmpty(filter.Kind))
        {
            if (!Enum.TryParse<OfferKind>(filter.Kind, ignoreCase: true, out var read) || OfferSearch.Value(read) != filter.Kind.ToLowerInvariant()) return NoKind.Problem(http);
            kind = read;
        }

        var now = await catalogue.GetAsync(http.RequestAborted);
        var language = Problems.Language(http);
        var found = now.Search.Find(new OfferQuery(
            filter.Q, kind, filter.Process, filter.Circle, filter.Place, filter.Filiere, filter.MaxLeadDays, filter.MaxPrice is { } cents ? new Money(cents) : null));
        var page = Page<Guid>.Of(found.Offers, id => id.ToString(), filter.After, filter.Limit);
        IReadOnlyList<FacetItem> Facet(IReadOnlyList<FacetCount> counts, Func<string, string> label) => [.. counts.Select(c => new FacetItem(c.Value, label(c.Value), c.Count))];
        return Results.Ok(new OfferList(
            [.. page.Items.Select(id => Item(now.Offers[id], language))],
            page.Next, found.Offers.Count, found.IsPartial,
            new OfferFacetList(
                Facet(found.Facets.Kinds, value => CatalogueNames.Kind(Enum.Parse<OfferKind>(value, ignoreCase: true)).In(language)),
                Facet(found.Facets.Processes, value => now.Names.Process(value).In(language)),
                Facet(found.Facets.Circles, value => now.Names.Circle(value).In(language)),
                Facet(found.Facets.Places, now.Names.Place),
                Facet(found.Facets.Filieres, value => now.Names.Filiere(value).In(language)))));
    }

    private static async Task<IResult> OfferAsync(Guid id, OfferSheetReader sheets, HttpContext http)
    {
        var sheet = await sheets.FindAsync(id, http.RequestAborted);
        if (sheet is not { Offer.State: OfferState.Published }) return NoOffer.Problem(http);
        var language = Problems.Language(http);
        var offer = sheet.Offer;
        return Results.Ok(new OfferDetail(
            offer.Id, offer.Code, offer.Kind, offer.Title.In(language), offer.Description.In(language), sheet.Seller.Name, offer.SellerMode, PlaceOf(sheet.Place),
            sheet.Circle?.Code, offer.Filiere, offer.Unit, offer.MinQuantity, offer.MaxQuantity, offer.VatRate,
            [.. offer.Prices.Select(p => new OfferPrice(p.From, ApiMoney.Of(p.UnitPrice)))],
            offer.LeadDays, offer.Origin?.In(language), offer.DesignLicence, offer.MadeToSpecification, offer.ResourceId,
            [.. offer.Routing.Select(o => new OfferStep(
                o.Sequence, o.Process, sheet.Names.Process(o.Process).In(language), o.SetUpMinutes, o.UnitMinutes, o.TimesObserved, o.Material,
                o.Material is null ? null : o.MaterialPerUnit, o.Material is { } material ? sheet.Names.Materials.GetValueOrDefault(material)?.Unit : null))],
            [.. sheet.Makers.Select(m => new OfferMakerItem(m.Name, m.PlaceCode, m.City, m.Processes))],
            "/offre/" + offer.Code));
    }

    private static async Task<IResult> PlacesAsync(
        NetworkReader network, HttpContext http, [Description("The `next` of the page before.")] string? after = null, [Description("1 to 200; 50 otherwise.")] int? limit = null)
    {
        var places = await network.PlacesAsync(http.RequestAborted);
        var page = Page<PlaceSummary>.Of(places, p => p.Place.Id.ToString(), after, limit);
        return Results.Ok(new Page<PlaceItem>([.. page.Items.Select(Item)], page.Next));
    }

    private static async Task<IResult> MachinesAsync(
        NetworkReader network, OfferCatalogue catalogue, HttpContext http,
        [Description("Code of a process; one above others finds them, too.")] string? process = null,
        [Description("INSEE code of a town, else a postal code: the nearest come first, with their distance.")] string? near = null,
        [Description("The `next` of the page before.")] string? after = null,
        [Description("1 to 200; 50 otherwise.")] int? limit = null)
    {
        var names = (await catalogue.GetAsync(http.RequestAborted)).Names;
        if (!string.IsNullOrEmpty(process) && !names.Processes.ContainsKey(process)) return NoProcess.Problem(http);
        Commune? commune = null;
        if (!string.IsNullOrEmpty(near))
        {
            commune = await network.CommuneAsync(near, http.RequestAborted);
            if (commune is null) return NoCommune.Problem(http);
        }

        var processes = string.IsNullOrEmpty(process) ? null : names.Processes.Keys.Where(code => names.WithParents(code).Contains(process, StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var page = Page<MachineFound>.Of(await network.MachinesAsync(processes, commune, http.RequestAborted), m => m.Machine.Id.ToString(), after, limit);
        var language = Problems.Language(http);
        return Results.Ok(new Page<MachineItem>([.. page.Items.Select(m => Item(m, language))], page.Next));
    }

    private static OfferItem Item(CatalogueOffer offer, string language) => new(
        offer.Id, offer.Code, offer.Kind, offer.Title.In(language), offer.Description.In(language), offer.Seller,
        offer.Place is { } place ? new OfferPlace(place.Code, place.Name, place.City) : null,
        offer.Circle, offer.Filiere, offer.Processes, offer.Unit, offer.Price is { } price ? ApiMoney.Of(price) : null, offer.PriceFor, offer.LeadDays, offer.Soonest, offer.Href);

    private static PlaceItem Item(PlaceSummary found)
    {
        var place = found.Place;
        return new PlaceItem(
            place.Id, place.Code, place.Name, place.Kind, place.Status, place.IsFictitious, found.Circle,
            new PlaceAddress(place.Address.Street, place.Address.PostalCode, place.Address.City, place.Address.Insee),
            place.Latitude, place.Longitude, place.Precision, place.Hours?.ToString(), place.Website, place.Source, found.Workshops, found.Processes, found.Machines);
    }

    private static MachineItem Item(MachineFound found, string language)
    {
        var machine = found.Machine;
        return new MachineItem(
            machine.Id, machine.Code, language == "en" ? machine.EnglishName ?? machine.Name : machine.Name, machine.Type, Filled(machine.Make), Filled(machine.Model),
            [.. machine.Capabilities.Select(c => new MachineProcess(c.Process, c.Speed))], machine.WidthMm, machine.DepthMm, PlaceOf(found.Place)!, found.Workshop?.Name,
            machine.IsPooled, machine.Credential, machine.Tariff is { } tariff ? Item(tariff) : null, found.Km);
    }

    private static MachineTariff Item(Tariff tariff) => new(
        ApiMoney.Of(tariff.MemberPerHour), ApiMoney.Of(tariff.ProfessionalPerHour), ApiMoney.Of(tariff.PublicPerHour), tariff.StepMinutes, ApiMoney.Of(tariff.MinimumCharge));

    private static OfferPlace? PlaceOf(Place? place) => place is null ? null : new OfferPlace(place.Code, place.Name, place.Address.City);

    private static string? Filled(string text) => text.Length == 0 ? null : text;
}
