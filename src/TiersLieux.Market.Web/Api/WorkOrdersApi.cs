using Microsoft.Extensions.Options;
using Orleans;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Orders;

namespace TiersLieux.Market.Web.Api;

/// <summary>A work order as its workshop sees it.</summary>
/// <param name="Titles">What is made, with the order's line it is for.</param>
/// <param name="Share">What the workshop earns, excl. VAT.</param>
public sealed record WorkCardDto(
    Guid Id, string Number, string OrderNumber, string Workshop, string State, decimal Quantity, decimal Done, decimal Rejected, string? Note, DateTime Start, DateTime End, DateTime? AnswerBy,
    DateOnly PromiseDate, string DeliverTo, IReadOnlyDictionary<int, string> Titles, ApiMoney Share, IReadOnlyList<OperationDto> Operations);

public sealed record DeclineRequest(string? Reason);

/// <summary>Totals so far, not increments, so that saying it twice changes nothing.</summary>
public sealed record ProgressRequest(decimal? Done, decimal? Rejected, string? Note);

/// <param name="Name">Who received the delivery.</param>
/// <param name="Reserve">What was not as it should be, if anything.</param>
public sealed record ReceiptRequest(string? Name, string? Reserve);

/// <param name="PromiseDate">The date that was proposed.</param>
/// <param name="Agrees">False cancels the order and refunds its deposit.</param>
public sealed record LaterDateAnswer(DateOnly? PromiseDate, bool? Agrees);

/// <summary><c>/api/v1/work-orders</c>, and what a customer does with an order after placing it.</summary>
internal static class WorkOrdersApi
{
    public static void MapWorkOrdersApi(this RouteGroupBuilder api)
    {
        var works = api.MapGroup("/work-orders").WithTags("work-orders").ProducesProblem(StatusCodes.Status401Unauthorized);
        works.MapGet("", ListAsync).Produces<Page<WorkCardDto>>().WithName("listWorkOrders")
            .WithSummary("Work of one's own workshops: to answer, to do, and what was done last.");
        Action(works, "accept", (http, id, desk) => desk.WorkAsync(http, id, (order, person) => order.AcceptWork(person, id)))
            .WithName("acceptWorkOrder").WithSummary("The workshop will do it.");
        Action(works, "decline", DeclineAsync).Accepts<DeclineRequest>("application/json")
            .WithName("declineWorkOrder").WithSummary("The workshop says no, with a reason; the work is planned elsewhere at once.");
        Action(works, "progress", ProgressAsync).Accepts<ProgressRequest>("application/json")
            .WithName("reportWorkOrder").WithSummary("Pieces good and rejected so far, and a note on quality.");
        Action(works, "finish", (http, id, desk) => desk.WorkAsync(http, id, (order, person) => order.FinishWork(person, id)))
            .WithName("finishWorkOrder").WithSummary("All pieces are made; the last work order of an order to finish sends its delivery.");

        api.MapPost("/orders/{number}/receipt", ReceiveAsync).Accepts<ReceiptRequest>("application/json").Produces<OrderDto>().ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("signReceipt").WithSummary("The customer signs for what arrived; invoices follow.").WithTags("orders");
        api.MapPost("/orders/{number}/cancel", (string number, HttpContext http, Desk desk) => desk.OrderAsync(http, number, (order, person) => order.Cancel(person)))
            .Produces<OrderDto>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("cancelOrder").WithSummary("Before the deposit is paid: gives back all that is held.").WithTags("orders");
        api.MapPost("/orders/{number}/later-date", AnswerLaterAsync).Accepts<LaterDateAnswer>("application/json").Produces<OrderDto>().ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("answerLaterDate").WithSummary("Whether the later date that is proposed suits: a yes goes on, a no cancels the order and refunds the deposit.").WithTags("orders");
    }

    private static async Task<IResult> AnswerLaterAsync(string number, HttpContext http, Desk desk)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<LaterDateAnswer>(http);
        if (request is null) return unreadable!;
        if (request is not { PromiseDate: { } date, Agrees: { } agrees })
            return new Domain.Common.Reason("answer-missing", "Dites pour quelle date (promiseDate) et si elle convient (agrees).", "Say for which date (promiseDate) and whether it suits (agrees).") { Field = "agrees" }.Problem(http);
        return await desk.OrderAsync(http, number, (order, person) => order.AnswerLaterDate(person, date, agrees));
    }

    private static RouteHandlerBuilder Action(RouteGroupBuilder works, string name, Func<HttpContext, Guid, Desk, Task<IResult>> act) =>
        works.MapPost("/{id:guid}/" + name, (HttpContext http, Guid id, Desk desk) => act(http, id, desk))
            .Produces<WorkOrderDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ListAsync(string? after, int? limit, HttpContext http, WorkshopQueries workshops, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
        var board = await workshops.BoardAsync(actor, QuotesApi.IsEnglish(http), cancellation);
        var all = board.ToAnswer.Concat(board.ToDo).Concat(board.Done).Select(card => Describe(card, board.Sites));
        return Results.Ok(Page<WorkCardDto>.Of(all, card => card.Id.ToString(), after, limit));
    }

    private static async Task<IResult> DeclineAsync(HttpContext http, Guid id, Desk desk)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<DeclineRequest>(http);
        if (request is null) return unreadable!;
        if (OrderLimits.Check("reason", request.Reason, OrderLimits.Note) is { } tooLong) return tooLong.Problem(http);
        return await desk.WorkAsync(http, id, (order, person) => order.DeclineWork(person, id, request.Reason ?? ""));
    }

    private static async Task<IResult> ProgressAsync(HttpContext http, Guid id, Desk desk)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<ProgressRequest>(http);
        if (request is null) return unreadable!;
        if (request.Done is not { } done)
            return new Domain.Common.Reason("quantity-missing", "Dites combien de pièces sont faites (done).", "Say how many pieces are made (done).") { Field = "done" }.Problem(http);
        if (OrderLimits.Check("note", request.Note, OrderLimits.Note) is { } tooLong) return tooLong.Problem(http);
        return await desk.WorkAsync(http, id, (order, person) => order.ReportWork(person, id, done, request.Rejected ?? 0, request.Note));
    }

    private static async Task<IResult> ReceiveAsync(string number, HttpContext http, Desk desk)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<ReceiptRequest>(http);
        if (request is null) return unreadable!;
        if ((OrderLimits.Check("name", request.Name, OrderLimits.Name) ?? OrderLimits.Check("reserve", request.Reserve, OrderLimits.Note)) is { } tooLong) return tooLong.Problem(http);
        return await desk.OrderAsync(http, number, (order, person) => order.SignReceipt(person, request.Name ?? "", request.Reserve));
    }

    private static WorkCardDto Describe(WorkCard card, WorkshopSites sites)
    {
        var work = card.Work;
        return new WorkCardDto(
            work.Id, work.Number, card.OrderNumber, sites.Name(work.WorkshopId), OrdersApi.Camel(work.State), work.Quantity, work.QuantityDone, work.QuantityRejected, work.QualityNote,
            work.Start, work.End, work.AnswerBy, card.PromiseDate, card.DeliverTo, card.Titles, ApiMoney.Of(work.Share),
            [.. work.Operations.Select(o => new OperationDto(o.Process, sites.Name(work.WorkshopId), o.MachineId, sites.Machine(o.MachineId), o.Start, o.End))]);
    }

    /// <summary>What every step shares: who asks, whether they may know of it, and what it has become.</summary>
    internal sealed class Desk(CurrentActor current, WorkshopQueries workshops, OrderQueries orders, IGrainFactory grains, IOptions<PublicAddress> address)
    {
        public async Task<IResult> WorkAsync(HttpContext http, Guid workOrderId, Func<IOrderGrain, Guid, Task<Outcome>> step)
        {
            var actor = await current.GetAsync(http.RequestAborted);
            if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
            if (await workshops.OrderOfAsync(workOrderId, actor, http.RequestAborted) is not { } orderId) return OrdersApi.NotFound.Problem(http);
            var outcome = await step(grains.GetGrain<IOrderGrain>(orderId), actor.PersonId);
            if (outcome.Refusal is { } refusal) return refusal.ToReason().Problem(http);
            // The step is done: what is read from here on must not be lost to a caller who has hung up.
            var view = await ViewAsync(await orders.NumberAsync(orderId, CancellationToken.None), actor, http);
            return Results.Ok(OrdersApi.Describe(view.WorkOrders.First(w => w.Id == workOrderId), view));
        }

        public async Task<IResult> OrderAsync(HttpContext http, string number, Func<IOrderGrain, Guid, Task<Outcome>> step)
        {
            var actor = await current.GetAsync(http.RequestAborted);
            if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
            if (await orders.FindAsync(number, actor, QuotesApi.IsEnglish(http), http.RequestAborted) is not { } found) return OrdersApi.NotFound.Problem(http);
            var outcome = await step(grains.GetGrain<IOrderGrain>(found.Order.Id), actor.PersonId);
            if (outcome.Refusal is { } refusal) return refusal.ToReason().Problem(http);
            return Results.Ok(OrdersApi.Describe(await ViewAsync(number, actor, http), address.Value.Root, QuotesApi.IsEnglish(http)));
        }

        private async Task<OrderView> ViewAsync(string number, Actor actor, HttpContext http) =>
            (await orders.FindAsync(number, actor, QuotesApi.IsEnglish(http), CancellationToken.None))!;
    }
}
