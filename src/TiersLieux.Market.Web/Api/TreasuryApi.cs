using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Treasury;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Treasury;

namespace TiersLieux.Market.Web.Api;

public sealed record StatementImportDto(int Read, int New, int AlreadyKnown, int Refused, int Matched);

public sealed record ReconcileDto(int Matched, int Suggested, int Open);

/// <param name="Counts">Matched in all, open with a suggestion, open in all.</param>
public sealed record ReconciliationDto(ReconcileDto Counts, IReadOnlyList<OpenLineDto> Open, IReadOnlyList<MatchedLineDto> Matched);

/// <param name="Amount">Positive: money in.</param>
public sealed record BankLineDto(DateOnly BookingDate, ApiMoney Amount, string Text, string? Counterparty, string? CounterpartyIban, string? Reference);

public sealed record OpenLineDto(Guid Id, BankLineDto Line, IReadOnlyList<SuggestionDto> Suggestions);

/// <param name="Difference">Line less candidate; a match needs zero.</param>
public sealed record SuggestionDto(CandidateKind CandidateKind, Guid CandidateId, string Reference, string? Name, ApiMoney Amount, ApiMoney Difference, IReadOnlyList<string> Reasons);

public sealed record MatchedLineDto(Guid Id, Guid BankLineId, BankLineDto Line, CandidateKind CandidateKind, Guid CandidateId, string Reference, bool Automatic, string Reason, DateTime MadeAt);

/// <param name="CandidateKind">invoice, payout, or fee for a bank fee; then candidateId may be left out.</param>
public sealed record MatchRequest(Guid? BankLineId, CandidateKind? CandidateKind, Guid? CandidateId);

public sealed record MatchDto(Guid Id, Guid BankLineId, CandidateKind CandidateKind, Guid CandidateId);

/// <summary><c>/api/v1/statements</c> and <c>/api/v1/reconciliation</c>: for treasurers.</summary>
internal static class TreasuryApi
{
    private static readonly Reason Incomplete = new(
        "match-incomplete", "Dites quelle ligne (bankLineId) et avec quoi (candidateKind, candidateId).", "Say which line (bankLineId) and with what (candidateKind, candidateId).");

    public static void MapTreasuryApi(this RouteGroupBuilder api)
    {
        api.MapPost("/statements", ImportAsync).Accepts<IFormFile>("multipart/form-data").Produces<StatementImportDto>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("importStatement").WithSummary("Takes a bank statement (CAMT.053) whole or not at all, then matches what is certain.").WithTags("treasury");
        api.MapGet("/reconciliation", ReadAsync).Produces<ReconciliationDto>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("getReconciliation").WithSummary("Open bank lines with suggestions, and the last matches.").WithTags("treasury");
        api.MapPost("/reconciliation", ReconcileAsync).Produces<ReconcileDto>().ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("reconcile").WithSummary("Matches what is certain.").WithTags("treasury");
        api.MapPost("/reconciliation/matches", MatchAsync).Accepts<MatchRequest>("application/json").Produces<MatchDto>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createMatch").WithSummary("Settles a bank line with an invoice, a payout, or as a bank fee.").WithTags("treasury");
        api.MapDelete("/reconciliation/matches/{id:guid}", UndoAsync).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("undoMatch").WithSummary("Opens the line again; the ledger gets the opposite entry.").WithTags("treasury");
    }

    private static async Task<IResult> ImportAsync(HttpContext http, TreasuryDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (await desk.OpenAsync(actor, cancellation) is { Refusal: { } closed }) return closed.Problem(http);
        if (http.Request.ContentLength > TreasuryWeb.MaxStatementBytes + 4096) return TreasuryWeb.TooLarge.Problem(http, StatusCodes.Status413PayloadTooLarge);
        if (!http.Request.HasFormContentType) return TreasuryWeb.NoFile.Problem(http, StatusCodes.Status415UnsupportedMediaType);
        http.Request.Body.Position = 0;
        IFormFileCollection files;
        try
        {
            files = (await http.Request.ReadFormAsync(cancellation)).Files;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return TreasuryWeb.NoFile.Problem(http, StatusCodes.Status400BadRequest);
        }

        if ((files.GetFile("file") ?? files.FirstOrDefault()) is not { } file) return TreasuryWeb.NoFile.Problem(http);
        if (file.Length > TreasuryWeb.MaxStatementBytes) return TreasuryWeb.TooLarge.Problem(http, StatusCodes.Status413PayloadTooLarge);
        var bytes = await TreasuryWeb.BytesAsync(file, cancellation);
        var answer = await (await desk.GrainAsync(cancellation)).ImportStatement(actor.PersonId, file.FileName, bytes);
        return answer.Refusal is { } refusal
            ? refusal.ToReason().Problem(http, extra: new Dictionary<string, object?>(StringComparer.Ordinal) { ["line"] = answer.FaultLine, ["refused"] = answer.Refused })
            : Results.Ok(new StatementImportDto(answer.Read, answer.New, answer.AlreadyKnown, answer.Refused, answer.Matched));
    }

    private static async Task<IResult> ReadAsync(HttpContext http, TreasuryDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        var (books, closed) = await desk.OpenAsync(await current.GetAsync(cancellation), cancellation);
        if (books is null) return closed!.Problem(http);
        var view = await books.ReconciliationAsync(Page<object>.MaxLimit, cancellation);
        var language = Problems.Language(http);
        return Results.Ok(new ReconciliationDto(
            new ReconcileDto(view.MatchedCount, view.Open.Count(p => p.Certain is not null || p.Suggestions.Count > 0), view.Open.Count),
            [.. view.Open.Select(p => new OpenLineDto(p.Line.Id, Describe(p.Line), [.. Of(p).Select(s => Describe(s, language))]))],
            [
                .. view.Matched.Select(m => new MatchedLineDto(
                    m.Match.Id, m.Line.Id, Describe(m.Line), m.Match.CandidateKind, m.Match.CandidateId, m.Match.CandidateReference, m.Match.Automatic,
                    language == "en" ? m.Match.ReasonEnglish : m.Match.ReasonFrench, m.Match.MadeAt)),
            ]));
    }

    private static async Task<IResult> ReconcileAsync(HttpContext http, TreasuryDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        if (await desk.OpenAsync(await current.GetAsync(cancellation), cancellation) is { Refusal: { } closed }) return closed.Problem(http);
        var answer = await (await desk.GrainAsync(cancellation)).ReconcileAutomatically();
        return Results.Ok(new ReconcileDto(answer.Matched, answer.Suggested, answer.Open));
    }

    private static async Task<IResult> MatchAsync(HttpContext http, TreasuryDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (await desk.OpenAsync(actor, cancellation) is { Refusal: { } closed }) return closed.Problem(http);
        var (request, unreadable) = await RequestBody.ReadAsync<MatchRequest>(http);
        if (request is null) return unreadable!;
        if (request is not { BankLineId: { } line, CandidateKind: { } kind } || (request.CandidateId is null && kind != CandidateKind.Fee)) return Incomplete.Problem(http);
        var candidate = kind == CandidateKind.Fee ? line : request.CandidateId!.Value;
        var made = await (await desk.GrainAsync(cancellation)).AcceptMatch(actor.PersonId, line, kind, candidate);
        return made.Refusal is { } refusal
            ? refusal.ToReason().Problem(http, refusal.Code is "line-already-matched" or "candidate-gone" ? StatusCodes.Status409Conflict : null)
            : Results.Created("/api/v1/reconciliation", new MatchDto(made.Value, line, kind, candidate));
    }

    private static async Task<IResult> UndoAsync(Guid id, HttpContext http, TreasuryDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (await desk.OpenAsync(actor, cancellation) is { Refusal: { } closed }) return closed.Problem(http);
        var outcome = await (await desk.GrainAsync(cancellation)).UndoMatch(actor.PersonId, id);
        return outcome.IsDone ? Results.NoContent() : outcome.Refusal!.ToReason().Problem(http);
    }

    private static IEnumerable<Suggestion> Of(LineProposal proposal) => proposal.Certain is { } sure ? [sure] : proposal.Suggestions;

    private static SuggestionDto Describe(Suggestion s, string language) => new(
        s.Candidate.Kind, s.Candidate.Id, s.Candidate.References[0], s.Candidate.Name, ApiMoney.Of(s.Candidate.Amount), ApiMoney.Of(s.Difference), [.. s.Reasons.Select(r => r.In(language))]);

    private static BankLineDto Describe(BankLine line) =>
        new(line.BookingDate, ApiMoney.Of(line.Amount), line.Text, line.CounterpartyName, line.CounterpartyIban, line.BankReference ?? line.EndToEndId);
}
