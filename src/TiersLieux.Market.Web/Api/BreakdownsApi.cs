using Orleans;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Orders;

namespace TiersLieux.Market.Web.Api;

/// <param name="Until">When it is expected to work again, with an offset or in UTC.</param>
public sealed record BreakdownRequest(DateTimeOffset? Until, string? Reason);

/// <param name="DownUntil">Null while it works.</param>
public sealed record MachineStateDto(Guid Id, string Code, DateTime? DownUntil);

/// <summary>A machine breaks down, and works again.</summary>
internal static class BreakdownsApi
{
    public static void MapBreakdownsApi(this RouteGroupBuilder api)
    {
        Action(api, "breakdown", BreakAsync).Accepts<BreakdownRequest>("application/json")
            .WithName("reportBreakdown").WithSummary("The machine cannot be used until then: production on it is planned again.");
        Action(api, "repair", (http, code, machines, grains, current) => ActAsync(http, code, machines, grains, current, (machine, person) => machine.ReportRepair(person)))
            .WithName("reportRepair").WithSummary("The machine works again.");
    }

    private static RouteHandlerBuilder Action(RouteGroupBuilder api, string name, Func<HttpContext, string, WorkshopMachines, IGrainFactory, CurrentActor, Task<IResult>> act) =>
        api.MapPost("/machines/{code}/" + name, (HttpContext http, string code, WorkshopMachines machines, IGrainFactory grains, CurrentActor current) => act(http, code, machines, grains, current))
            .Produces<MachineStateDto>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithTags("machines");

    private static async Task<IResult> BreakAsync(HttpContext http, string code, WorkshopMachines machines, IGrainFactory grains, CurrentActor current)
    {
        var (request, unreadable) = await RequestBody.ReadAsync<BreakdownRequest>(http);
        if (request is null) return unreadable!;
        if (request.Until is not { } until) return new Reason("until-missing", "Dites jusqu'à quand (until).", "Say until when (until).") { Field = "until" }.Problem(http);
        if (OrderLimits.Check("reason", request.Reason, OrderLimits.Note) is { } tooLong) return tooLong.Problem(http);
        return await ActAsync(http, code, machines, grains, current, (machine, person) => machine.ReportBreakdown(person, until.UtcDateTime, request.Reason ?? ""));
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string code, WorkshopMachines machines, IGrainFactory grains, CurrentActor current, Func<IMachineGrain, Guid, Task<Outcome>> act)
    {
        var actor = await current.GetAsync(http.RequestAborted);
        if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
        if (await machines.FindAsync(code, actor, http.RequestAborted) is not { } found) return OrdersApi.NotFound.Problem(http);
        var outcome = await act(grains.GetGrain<IMachineGrain>(found.Id), actor.PersonId);
        if (outcome.Refusal is { } refusal) return refusal.ToReason().Problem(http);
        var now = await machines.FindAsync(code, actor, CancellationToken.None);
        return Results.Ok(new MachineStateDto(found.Id, found.Code, now!.Down?.End));
    }
}
