using System.Text.Json;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Orders;

namespace TiersLieux.Market.Web.Api;

public sealed record QuoteRequest(IReadOnlyList<QuoteRequestLine>? Lines, QuoteDestination? DeliverTo, DateOnly? DueDate);

public sealed record QuoteRequestLine(Guid? OfferId, decimal? Quantity);

/// <param name="Insee">Official code of the commune; or postal code and name.</param>
public sealed record QuoteDestination(string? Insee, string? Postcode, string? City);

/// <param name="Id">Null when nothing can be made: there is nothing to order then.</param>
public sealed record QuoteDto(Guid? Id, string? Number, DateTime? ValidUntil, IReadOnlyList<PlanDto> Plans, IReadOnlyList<UnavailableDto>? Unavailable);

/// <param name="Line">From 1.</param>
/// <param name="Possible">The earliest delivery when only the due date is in the way.</param>
/// <param name="Remedies">What would make it possible, the least change first.</param>
public sealed record UnavailableDto(int Line, string Reason, string Code, DateOnly? Possible, IReadOnlyList<RemedyDto> Remedies);

/// <param name="Kind">laterDate, moreLots, otherMaterial or smallerQuantity; the field of that name says how much.</param>
public sealed record RemedyDto(string Kind, DateOnly? Date, int? Lots, string? Material, decimal? Quantity, string Text);

/// <param name="Kind">fastest, cheapest, nearest or balanced.</param>
/// <param name="Co2Kg">Of the transport.</param>
/// <param name="Reason">Why one might choose it.</param>
public sealed record PlanDto(
    string Kind, DateOnly PromiseDate, TotalDto Total, decimal Km, decimal Co2Kg, IReadOnlyList<WorkshopDto> Workshops, string Reason, IReadOnlyList<LotDto> Lots, IReadOnlyList<PriceLineDto> Price);

/// <summary>Whole cents.</summary>
public sealed record TotalDto(long ExclTax, long Tax, long InclTax, string Currency);

public sealed record WorkshopDto(Guid Id, string Name, string City);

/// <param name="Workshop">Where it is finished; each operation names its own.</param>
public sealed record LotDto(int Line, string Workshop, decimal Quantity, DateTime Delivered, IReadOnlyList<OperationDto> Operations);

public sealed record OperationDto(string Process, string Workshop, Guid MachineId, string Machine, DateTime Start, DateTime End);

/// <param name="Kind">share, transport or fee.</param>
/// <param name="Amount">Cents, before tax.</param>
public sealed record PriceLineDto(string Kind, int? Line, string Explanation, long Amount, decimal VatRate);

/// <summary><c>POST /api/v1/quotes</c>.</summary>
internal static class QuotesApi
{
    public static void MapQuotesApi(this RouteGroupBuilder api)
    {
        api.MapPost("/quotes", CreateAsync).Accepts<QuoteRequest>("application/json").Produces<QuoteDto>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createQuote").WithSummary("Plans, dates and prices for lines to be delivered somewhere. Holds nothing and binds nobody.").WithTags("orders");
        api.MapGet("/quotes/{id:guid}", ReadAsync).Produces<QuoteDto>().ProducesProblem(StatusCodes.Status404NotFound).WithName("getQuote").WithSummary("A quote again.").WithTags("orders");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, QuoteDesk desk, QuoteQueries queries, CurrentActor current, CancellationToken cancellation)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<QuoteRequest>(http);
        if (request is null) return unreadable!;
        if (Fault(request) is { } fault) return fault.Problem(http);
        var wish = new QuoteWish(
            [.. request.Lines!.Select(l => new QuoteWishLine(l.OfferId!.Value, l.Quantity!.Value))],
            request.DeliverTo!.Insee, request.DeliverTo.Postcode, request.DeliverTo.City, request.DueDate);
        switch (await desk.CreateAsync(wish, await current.GetAsync(cancellation), cancellation))
        {
            case QuoteAnswer.Refused(var reason):
                return reason.Problem(http);
            case QuoteAnswer.Given(var quote, var unavailable):
                var english = IsEnglish(http);
                var dto = Describe(quote, await queries.SitesAsync(quote, english, cancellation), english) with { Unavailable = Describe(unavailable, english) };
                return quote.Plans.Count == 0
                    ? Results.Ok(dto with { Id = null, Number = null, ValidUntil = null })
                    : Results.Created($"/api/v1/quotes/{quote.Id}", dto);
            default:
                throw new InvalidOperationException("An answer that is none.");
        }
    }

    private static async Task<IResult> ReadAsync(Guid id, HttpContext http, QuoteQueries queries, CurrentActor current, CancellationToken cancellation)
    {
        var english = IsEnglish(http);
        return await queries.FindAsync(id.ToString(), await current.GetAsync(cancellation), english, cancellation) is { } view
            ? Results.Ok(Describe(view.Quote, view.Sites, english))
            : OrdersApi.NotFound.Problem(http);
    }

    internal static bool IsEnglish(HttpContext http) => string.Equals(Problems.Language(http), "en", StringComparison.Ordinal);

    private static Reason? Fault(QuoteRequest request)
    {
        if (request.Lines is not { Count: > 0 } lines)
            return new Reason("quote-empty", "Donnez au moins une ligne : {offerId, quantity}.", "Give at least one line: {offerId, quantity}.") { Field = "lines" };
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i]?.OfferId is null) return new Reason("offer-missing", "Chaque ligne nomme une offre (offerId).", "Each line names an offer (offerId).") { Field = $"lines[{i}].offerId" };
            if (lines[i].Quantity is not > 0) return new Reason("quantity-out-of-range", "La quantité est un nombre plus grand que zéro.", "The quantity is a number above zero.") { Field = $"lines[{i}].quantity" };
        }

        return request.DeliverTo is null
            ? new Reason("commune-missing", "Dites où livrer : deliverTo {insee} ou {postcode, city}.", "Say where to deliver: deliverTo {insee} or {postcode, city}.") { Field = "deliverTo" }
            : null;
    }

    private static IReadOnlyList<UnavailableDto>? Describe(IReadOnlyList<UnavailableLine> unavailable, bool english) => unavailable.Count == 0
        ? null
        : [.. unavailable.Select(u => new UnavailableDto(
            u.Line, english ? u.Reason.English : u.Reason.French, u.Reason.Code, u.Possible,
            [.. u.Remedies.Select(r => new RemedyDto(JsonNamingPolicy.CamelCase.ConvertName(r.Kind.ToString()), r.Date, r.Lots, r.Material, r.Quantity, english ? r.Text.English : r.Text.French))]))];

    private static QuoteDto Describe(Quote quote, WorkshopSites sites, bool english) =>
        new(quote.Id, quote.Number, quote.ValidUntil, [.. quote.Plans.Select(p => Describe(p, sites, english))], null);

    private static PlanDto Describe(Plan plan, WorkshopSites sites, bool english) => new(
        plan.Kind.Code(),
        plan.PromiseDate,
        new TotalDto(plan.Price.ExclTax.Cents, plan.Price.Tax.Cents, plan.Price.InclTax.Cents, plan.Price.InclTax.Currency),
        plan.Km,
        plan.Co2Kg,
        [.. plan.Workshops.Select(id => new WorkshopDto(id, sites.Name(id), sites.Workshops.TryGetValue(id, out var site) ? site.City : ""))],
        english ? plan.Reason.English : plan.Reason.French,
        [.. plan.Lots.Select(l => new LotDto(
            l.Line, sites.Name(l.Operations[^1].Workshop), l.Quantity, l.Delivered,
            [.. l.Operations.Select(o => new OperationDto(o.Process, sites.Name(o.Workshop), o.Machine, sites.Machine(o.Machine), o.Start, o.End))]))],
        [.. plan.Price.Lines.Select(l => new PriceLineDto(
            l.Kind.ToString().ToLowerInvariant(), l.Line, english ? l.Explanation.English : l.Explanation.French, l.Amount.Cents, l.VatRate))]);
}
