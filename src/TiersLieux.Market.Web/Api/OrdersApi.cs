using Microsoft.Extensions.Options;
using Orleans;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Orders;

namespace TiersLieux.Market.Web.Api;

/// <param name="Plan">Kind of the plan: fastest, cheapest, nearest or balanced.</param>
/// <param name="Street">Where in the commune, if there is something to say.</param>
public sealed record OrderRequest(Guid? QuoteId, string? Plan, string? Street);

/// <summary>An order for one viewer; what the viewer may not see is absent.</summary>
/// <param name="ExpectedDate">When it arrives as planned now, where that is sooner than promised.</param>
/// <param name="Deposit">Incl. VAT.</param>
/// <param name="Due">What is to be paid now, incl. VAT.</param>
/// <param name="PayUrl">Where it is paid; only while something is due.</param>
/// <param name="LaterDate">What the customer is asked; only while an answer is awaited.</param>
public sealed record OrderDto(
    Guid Id, string Number, string State, Guid? QuoteId, string? Plan, DateTime CreatedAt, DateOnly PromiseDate, DateOnly? ExpectedDate, string DeliverTo,
    TotalDto? Total, ApiMoney? Deposit, ApiMoney? Due, DateTime? HeldUntil, string? PayUrl, LaterDateDto? LaterDate,
    IReadOnlyList<OrderLineDto> Lines, IReadOnlyList<WorkOrderDto> WorkOrders, IReadOnlyList<DocumentDto> Invoices, IReadOnlyList<PaymentDto>? Payments,
    IReadOnlyList<EventDto> Timeline, ReceiptDto? Receipt, OrderLinksDto Links);

/// <summary>A later date that is proposed, since what is left cannot be made in time.</summary>
public sealed record LaterDateDto(DateOnly PromiseDate, DateTime AnswerBy);

public sealed record OrderLineDto(int Line, Guid? OfferId, string Title, decimal Quantity, string Unit, ApiMoney? ExclTax, decimal? VatRate);

/// <param name="Share">What the workshop earns, excl. VAT; for the workshop and the treasurer.</param>
public sealed record WorkOrderDto(
    Guid Id, string Number, string Workshop, string State, decimal Quantity, decimal Done, decimal Rejected, DateTime Start, DateTime End, DateTime? AnswerBy, ApiMoney? Share,
    IReadOnlyList<OperationDto> Operations);

public sealed record DocumentDto(Guid Id, string Number, string Kind, DateOnly IssueDate, ApiMoney InclTax, ApiMoney Payable, DocumentLinksDto Links);

public sealed record DocumentLinksDto(string Self, string Pdf);

public sealed record PaymentDto(Guid Id, string Purpose, string State, ApiMoney Amount, DateTime CreatedAt, DateTime? SettledAt);

public sealed record EventDto(DateTime At, string Kind, string Text, string By);

public sealed record ReceiptDto(string DeliveryNote, DateTime DeliveredAt, string? ReceivedBy, DateOnly? ReceivedOn, string? Reserve);

public sealed record OrderLinksDto(string Self, string Page, string? Pay, string? DeliveryNote);

public sealed record OrderSummaryDto(Guid Id, string Number, string State, DateTime CreatedAt, DateOnly PromiseDate, string Title, ApiMoney InclTax, string Link);

/// <summary><c>/api/v1/orders</c>.</summary>
internal static class OrdersApi
{
    public static Reason NotFound { get; } = new("not-found", "Nous ne trouvons pas ce que vous cherchez, ou cela ne vous concerne pas.", "We can't find what you are looking for, or it does not concern you.");

    public static Reason SignInFirst { get; } = new("sign-in-first", "Connectez-vous, ou joignez un jeton (Authorization: Bearer).", "Sign in, or send a token (Authorization: Bearer).");

    public static void MapOrdersApi(this RouteGroupBuilder api)
    {
        api.MapPost("/orders", PlaceAsync).Accepts<OrderRequest>("application/json").Produces<OrderDto>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createOrder").WithSummary("Accepts a plan of a quote; its capacity is held until the deposit is paid or its deadline passes.").WithTags("orders");
        api.MapGet("/orders", ListAsync).Produces<Page<OrderSummaryDto>>().ProducesProblem(StatusCodes.Status401Unauthorized).WithName("listOrders").WithSummary("One's own orders, the newest first.").WithTags("orders");
        api.MapGet("/orders/{number}", ReadAsync).Produces<OrderDto>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getOrder").WithSummary("State, work orders with progress, documents, payments, timeline.").WithTags("orders");
    }

    private static async Task<IResult> PlaceAsync(HttpContext http, IGrainFactory grains, OrderQueries queries, CurrentActor current, IOptions<PublicAddress> address, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return SignInFirst.Problem(http);
        var (request, unreadable) = await RequestBody.ReadAsync<OrderRequest>(http);
        if (request is null) return unreadable!;
        if (request.QuoteId is not { } quoteId) return new Reason("quote-missing", "Dites de quel devis il s'agit (quoteId).", "Say which quote it is (quoteId).") { Field = "quoteId" }.Problem(http);
        if (Wordings.PlanKindOf(request.Plan) is not { } kind)
            return new Reason("no-such-plan", "plan est fastest, cheapest, nearest ou balanced.", "plan is fastest, cheapest, nearest or balanced.") { Field = "plan" }.Problem(http);
        if (request.Street?.Length > OrderLimits.Street) return OrderLimits.StreetTooLong.Problem(http);

        var placed = await grains.GetGrain<IOrderGrain>(Idempotency.OperationId(http)).Accept(new AcceptPlan(actor.PersonId, quoteId, kind, request.Street));
        if (placed is not { IsDone: true, Value: { } number }) return placed.Refusal!.ToReason().Problem(http);
        // The order stands: what is read from here on must not be lost to a caller who has hung up.
        var view = await queries.FindAsync(number, actor, QuotesApi.IsEnglish(http), CancellationToken.None);
        return Results.Created($"/api/v1/orders/{number}", Describe(view!, address.Value.Root, QuotesApi.IsEnglish(http)));
    }

    private static async Task<IResult> ListAsync(string? after, int? limit, HttpContext http, OrderQueries queries, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return SignInFirst.Problem(http);
        var all = (await queries.ListAsync(actor, cancellation)).Select(o => new OrderSummaryDto(
            o.Id, o.Number, Camel(o.State), o.CreatedAt, o.PromiseDate, o.Title, ApiMoney.Of(o.InclTax), $"/api/v1/orders/{o.Number}"));
        return Results.Ok(Page<OrderSummaryDto>.Of(all, o => o.Id.ToString(), after, limit));
    }

    private static async Task<IResult> ReadAsync(string number, HttpContext http, OrderQueries queries, CurrentActor current, IOptions<PublicAddress> address, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return SignInFirst.Problem(http);
        var english = QuotesApi.IsEnglish(http);
        return await queries.FindAsync(number, actor, english, cancellation) is { } view
            ? Results.Ok(Describe(view, address.Value.Root, english))
            : NotFound.Problem(http);
    }

    internal static OrderDto Describe(OrderView view, Uri root, bool english)
    {
        var order = view.Order;
        var prices = view.SeesPrices;
        var pay = prices && view.Due.Cents > 0 ? new Uri(root, $"/pay/{order.Number}").AbsoluteUri : null;
        return new OrderDto(
            order.Id, order.Number, Camel(order.State), prices ? order.QuoteId : null, prices ? order.PlanKind.Code() : null, order.CreatedAt, order.PromiseDate, view.Expected,
            prices ? order.DeliverTo.ToString() : order.DeliverTo.City,
            prices ? new TotalDto(order.ExclTax.Cents, order.Tax.Cents, order.InclTax.Cents, order.InclTax.Currency) : null,
            prices ? ApiMoney.Of(order.Deposit) : null,
            prices ? ApiMoney.Of(view.Due) : null,
            order.HeldUntil,
            pay,
            prices && order.LaterDate is { IsAsked: true } later ? new LaterDateDto(later.PromiseDate, later.AnswerBy) : null,
            [.. order.Lines.Where(l => prices || l.Line > 0).Select(l => new OrderLineDto(
                l.Line, l.OfferId == Guid.Empty ? null : l.OfferId, l.Title, l.Quantity, l.Unit, prices ? ApiMoney.Of(l.ExclTax) : null, prices ? l.VatRate : null))],
            [.. view.WorkOrders.Select(w => Describe(w, view))],
            [.. view.Documents.Select(d => new DocumentDto(
                d.Id, d.Number, Camel(d.Kind), d.IssueDate, ApiMoney.Of(d.InclTax), ApiMoney.Of(d.Payable), new DocumentLinksDto(DocumentLinks.Data(d.Number, d.Kind, d.SellerSiren), DocumentLinks.Pdf(d.Number, d.Kind, d.SellerSiren))))],
            prices ? [.. view.Payments.Select(p => new PaymentDto(p.Id, Camel(p.Purpose), Camel(p.State), ApiMoney.Of(p.Amount), p.CreatedAt, p.SettledAt))] : null,
            [.. view.Events.Select(e => new EventDto(e.At, e.Kind, english ? e.Text.English : e.Text.French, e.By))],
            view.Note is { } note ? new ReceiptDto(note.Number, note.CreatedAt, order.ReceivedBy, order.ReceivedOn, order.ReceiptReserve) : null,
            new OrderLinksDto($"/api/v1/orders/{order.Number}", new Uri(root, $"/commandes/{order.Number}").AbsoluteUri, pay, view.Note is null ? null : new Uri(root, $"/bons/{view.Note.Number}").AbsoluteUri));
    }

    internal static WorkOrderDto Describe(WorkOrder work, OrderView view) => new(
        work.Id, work.Number, view.Sites.Name(work.WorkshopId), Camel(work.State), work.Quantity, work.QuantityDone, work.QuantityRejected, work.Start, work.End, work.AnswerBy,
        view.Access == OrderAccess.Customer ? null : ApiMoney.Of(work.Share),
        [.. work.Operations.Select(o => new OperationDto(o.Process, view.Sites.Name(work.WorkshopId), o.MachineId, view.Sites.Machine(o.MachineId), o.Start, o.End))]);

    internal static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
