using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Bookings;

namespace TiersLieux.Market.Web.Api;

/// <summary>Free time and bookings. Refused times come with alternatives, refused rights with the rule that refuses.</summary>
public static class BookingsApi
{
    public static void MapBookings(this RouteGroupBuilder api)
    {
        api.MapGet("/machines/{id}/free", FreeAsync).WithTags("Bookings").Produces<ApiFreeTime>().ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Free intervals of a resource, the starts for a length, and what it costs.");
        var bookings = api.MapGroup("/bookings").WithTags("Bookings").AddEndpointFilter(OnlySignedInAsync).ProducesProblem(401).ProducesProblem(403);
        bookings.MapGet("", ListAsync).Produces<Page<ApiBooking>>().WithSummary("One's own bookings: those to come, soonest first, then those past.");
        bookings.MapPost("", BookAsync).Produces<ApiBooking>(201).ProducesProblem(409).ProducesProblem(422).WithSummary("Books time; by card, payUrl says where it is paid.");
        bookings.MapGet("/{id:guid}", FindAsync).Produces<ApiBooking>().ProducesProblem(404);
        bookings.MapPatch("/{id:guid}", MoveAsync).Produces<ApiBooking>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Moves a booking; refused, it keeps its time.");
        bookings.MapDelete("/{id:guid}", (Guid id, Desk desk) => desk.ChangeAsync(id, (machine, actor) => machine.CancelBooking(id, actor.PersonId)))
            .Produces<ApiBooking>().ProducesProblem(404).ProducesProblem(409).WithSummary("Cancels a booking; what was paid goes back.");
        bookings.MapPost("/{id:guid}/check-in", (Guid id, Desk desk) => desk.ChangeAsync(id, (machine, actor) => machine.CheckIn(id, actor.PersonId)))
            .Produces<ApiBooking>().ProducesProblem(404).ProducesProblem(409);
        bookings.MapPost("/{id:guid}/check-out", (Guid id, Desk desk) => desk.ChangeAsync(id, (machine, actor) => machine.CheckOut(id, actor.PersonId)))
            .Produces<ApiBooking>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async ValueTask<object?> OnlySignedInAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (CurrentActor.PersonId(http.User) == Guid.Empty) return Refused(BookingRefusals.SignIn, http);
        return await next(context);
    }

    private static async Task<IResult> FreeAsync(
        string id, string? from, string? to, string? minutes, HttpContext http, BookingCalendar calendar, BookingQueries queries, TimeProvider clock)
    {
        var (first, last, length) = (clock.UtcNow(), default(DateTime), default(int?));
        if (from is not null && !TryInstant(from, out first)) return Refused(BookingRefusals.Instant("from"), http);
        if (to is null) last = first.AddDays(7);
        else if (!TryInstant(to, out last)) return Refused(BookingRefusals.Instant("to"), http);
        if (minutes is not null)
        {
            if (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
                return Refused(new Reason("minutes-not-bookable", "La durée est un nombre entier de minutes, par exemple 60.", "The length is a whole number of minutes, for instance 60.") { Field = "minutes" }, http);
            length = whole;
        }

        if (await calendar.FindAsync(id, http.RequestAborted) is not { } what) return Refused(BookingRefusals.Unknown, http);
        var person = CurrentActor.PersonId(http.User);
        var (answer, refusal) = await queries.FreeAsync(
            what.Resource.Id, first, last, length ?? BookingCalendar.NearestLength(what.Resource, 0), person == Guid.Empty ? null : person, http.RequestAborted);
        return answer is null ? Refused(refusal!, http) : Results.Ok(ApiFreeTime.Of(answer, Problems.Language(http)));
    }

    private static async Task<IResult> ListAsync(string? after, int? limit, BookingQueries queries, Desk desk, HttpContext http)
    {
        var actor = await desk.ActorAsync();
        var coming = await queries.OfPersonAsync(actor.PersonId, past: false, 0, Desk.MostListed, http.RequestAborted);
        var past = await queries.OfPersonAsync(actor.PersonId, past: true, 0, Desk.MostListed, http.RequestAborted);
        return Results.Ok(Page<ApiBooking>.Of(coming.Concat(past).Select(desk.Show), booking => booking.Id.ToString(), after, limit));
    }

    private static async Task<IResult> FindAsync(Guid id, BookingQueries queries, Desk desk, HttpContext http) =>
        await queries.FindAsync(await desk.ActorAsync(), id, http.RequestAborted) is { } found ? Results.Ok(desk.Show(found)) : Refused(BookingRefusals.Unknown, http);

    private static async Task<IResult> BookAsync(BookingRequest request, Desk desk, BookingCalendar calendar, IGrainFactory grains, HttpContext http)
    {
        if (string.IsNullOrWhiteSpace(request.ResourceId)) return Refused(BookingRefusals.ResourceNeeded, http);
        if (!TryInstant(request.Start, out var start)) return Refused(BookingRefusals.Instant("start"), http);
        if (!TryInstant(request.End, out var end)) return Refused(BookingRefusals.Instant("end"), http);
        if (request.Payment is not (null or "card" or "account")) return Refused(BookingRefusals.PaymentUnknown, http);
        if (await calendar.FindAsync(request.ResourceId, http.RequestAborted) is not { } what) return Refused(BookingRefusals.Unknown with { Field = "resourceId" }, http);
        var actor = await desk.ActorAsync();
        var id = Idempotency.OperationId(http);
        var outcome = await grains.GetGrain<IMachineGrain>(what.Resource.Id).Book(new BookTime(
            id, actor.PersonId, start, end, request.Seats ?? 1,
            request.Payment == "account" ? BookingSettlement.Account : BookingSettlement.Card, request.OrganisationId));
        return await desk.AnswerAsync(outcome, actor, booking => Results.Created($"/api/v1/bookings/{booking.Id}", booking));
    }

    private static async Task<IResult> MoveAsync(Guid id, BookingMoveRequest request, Desk desk, BookingQueries queries, HttpContext http)
    {
        if (await queries.FindAsync(await desk.ActorAsync(), id, http.RequestAborted) is not { Booking: var now }) return Refused(BookingRefusals.Unknown, http);
        var start = now.Start;
        if (request.Start is not null && !TryInstant(request.Start, out start)) return Refused(BookingRefusals.Instant("start"), http);
        var end = start + (now.End - now.Start);
        if (request.End is not null && !TryInstant(request.End, out end)) return Refused(BookingRefusals.Instant("end"), http);
        return await desk.ChangeAsync(id, (machine, actor) => machine.MoveBooking(new MoveTime(id, actor.PersonId, start, end)));
    }

    private static IResult Refused(Reason reason, HttpContext http) => reason.Problem(http, BookingRefusals.StatusOf(reason.Code));

    private static bool TryInstant(string? text, out DateTime instant)
    {
        // Years that nobody books leave room to add days to.
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 2000 and < 2200;
        instant = read ? ParisTime.ToMicroseconds(at.UtcDateTime) : default;
        return read;
    }

    /// <summary>What every change of a booking shares: who asks, whether they see it, and how its outcome is answered.</summary>
    internal sealed class Desk(CurrentActor current, BookingQueries queries, IGrainFactory grains, IOptions<PublicAddress> address, IHttpContextAccessor accessor)
    {
        public const int MostListed = 1000;

        private HttpContext Http => accessor.HttpContext!;

        public ValueTask<Actor> ActorAsync() => current.GetAsync(Http.RequestAborted);

        public ApiBooking Show(NamedBooking named) => ApiBooking.Of(named, address.Value.Root, Problems.Language(Http));

        /// <summary>A booking that one may not see is not there.</summary>
        public async Task<IResult> ChangeAsync(Guid id, Func<IMachineGrain, Actor, Task<BookingOutcome>> change)
        {
            var actor = await ActorAsync();
            if (await queries.FindAsync(actor, id, Http.RequestAborted) is not { } found) return Refused(BookingRefusals.Unknown, Http);
            var outcome = await change(grains.GetGrain<IMachineGrain>(found.Booking.ResourceId), actor);
            return await AnswerAsync(outcome, actor, Results.Ok);
        }

        public async Task<IResult> AnswerAsync(BookingOutcome outcome, Actor actor, Func<ApiBooking, IResult> done)
        {
            if (outcome.Refusal is { } refusal)
            {
                var extra = new Dictionary<string, object?>(StringComparer.Ordinal);
                if (BookingReasons.HasAlternatives(refusal.Code)) extra["alternatives"] = outcome.Alternatives.Select(ApiAlternative.Of).ToList();
                if (BookingRefusals.IsAboutRights(refusal.Code)) extra["rule"] = refusal.Code;
                return refusal.ToReason().Problem(Http, BookingRefusals.StatusOf(refusal.Code), extra);
            }

            var named = await queries.FindAsync(actor, outcome.Booking!.Id, Http.RequestAborted);
            return done(Show(named!));
        }
    }
}
