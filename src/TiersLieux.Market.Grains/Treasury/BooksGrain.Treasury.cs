using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Treasury;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;

namespace TiersLieux.Market.Grains.Billing;

/// <summary>The bank's side of the books. Every match has the key of its line and its own: done again after a crash, it finds what was written.</summary>
public sealed partial class BooksGrain
{
    public async Task<ImportAnswer> ImportStatement(Guid personId, string fileName, byte[] content)
    {
        var actor = await actors.FindAsync(personId);
        if (TreasuryAccess.Refuse(actor, EntityId) is { } forbidden) return ImportAnswer.No(Refusal.Of(forbidden));
        if (content.Length == 0) return ImportAnswer.No(Refusal.Of(TreasuryReasons.EmptyFile));
        if (statementReaders.FirstOrDefault() is not { } reader) return ImportAnswer.No(Refusal.Of(TreasuryReasons.UnknownFormat));
        using var file = new MemoryStream(content, writable: false);
        if (reader.Read(file) is not StatementReading.Read(var statements))
        {
            file.Position = 0;
            return reader.Read(file) is StatementReading.Refused(var reason, var line) ? ImportAnswer.No(Refusal.Of(reason), line) : ImportAnswer.No(Refusal.Of(TreasuryReasons.UnknownFormat));
        }

        ImportOutcome? outcome = null;
        await BookAsync(async register => outcome = await StoreAsync(register.Db, statements, reader.Format, Shorten(fileName), actor));
        var reconciled = await ReconcileAutomatically();
        return new ImportAnswer(outcome!.Read, outcome.New, outcome.AlreadyKnown, 0, reconciled.Matched, 0, null);
    }

    public async Task<ReconcileAnswer> ReconcileAutomatically()
    {
        var matched = 0;
        await BookAsync(async register =>
        {
            matched = 0;
            foreach (var proposal in await ProposeAsync(register.Db, EntityId, tracked: true))
            {
                if (proposal.Certain is not { } sure) continue;
                var line = proposal.Line;
                if (Match.Make(line, sure.Candidate, Joined(sure.Reasons), null, clock.UtcNow()) is not MatchResult.Made(var match)) continue;
                await SettleAsync(register, line, match, Actor.System);
                matched++;
            }
        });
        await using var db = await databases.CreateDbContextAsync();
        var left = await ProposeAsync(db, EntityId, tracked: false);
        return new ReconcileAnswer(matched, left.Count(p => p.Suggestions.Count > 0), left.Count);
    }

    public async Task<Outcome<Guid>> AcceptMatch(Guid personId, Guid bankLineId, CandidateKind candidateKind, Guid candidateId)
    {
        var actor = await actors.FindAsync(personId);
        if (TreasuryAccess.Refuse(actor, EntityId) is { } forbidden) return Outcome<Guid>.Refused(forbidden);
        var outcome = Outcome<Guid>.Refused(TreasuryReasons.LineUnknown);
        await BookAsync(async register => outcome = await AcceptAsync(register, actor, bankLineId, candidateKind, candidateId));
        return outcome;
    }

    public async Task<Outcome> UndoMatch(Guid personId, Guid matchId)
    {
        var actor = await actors.FindAsync(personId);
        if (TreasuryAccess.Refuse(actor, EntityId) is { } forbidden) return Outcome.Refused(forbidden);
        var outcome = Outcome.Done;
        await BookAsync(async register =>
        {
            var db = register.Db;
            var match = await db.Set<Match>().FirstOrDefaultAsync(m => m.Id == matchId);
            var line = match is null ? null : await db.Set<BankLine>().FirstOrDefaultAsync(l => l.Id == match.BankLineId && l.EntityId == EntityId);
            outcome = Outcome.Of(line is null ? TreasuryReasons.MatchUnknown : null);
            if (line is null || match is null || match.IsUndone) return;
            await PostBankAsync(register, line, match, undo: true);
            match.Undo(line, actor.PersonId, clock.UtcNow());
            db.Add(new AuditEntry(clock.UtcNow(), actor.PersonId, actor.Name, "bank-match", match.Id, "undone", match.CandidateReference, null));
        });
        return outcome;
    }

    /// <summary>What is proposed for the entity's open lines.</summary>
    internal static async Task<IReadOnlyList<LineProposal>> ProposeAsync(MarketDbContext db, Guid entityId, bool tracked)
    {
        var open = db.Set<BankLine>().Where(l => l.EntityId == entityId && l.State == BankLineState.Open).OrderBy(l => l.BookingDate).ThenBy(l => l.Id);
        var lines = await (tracked ? open : open.AsNoTracking()).ToListAsync();
        return lines.Count == 0 ? [] : Reconciliation.Propose(lines, await OpenItems.CandidatesAsync(db, entityId));
    }

    private async Task<ImportOutcome> StoreAsync(MarketDbContext db, IReadOnlyList<StatementData> statements, string format, string fileName, Actor actor)
    {
        var ibans = statements.Select(s => s.AccountIban).Distinct().ToArray();
        var from = statements.Min(s => s.OpeningDate).AddDays(-31);
        if (statements.SelectMany(s => s.Lines).Select(l => (DateOnly?)l.BookingDate).Min() is { } first && first < from) from = first;
        var hashes = await db.Set<BankLine>().Where(l => ibans.Contains(l.AccountIban) && l.BookingDate >= from).Select(l => l.ContentHash).ToListAsync();
        var references = await db.Set<BankStatement>().Where(s => ibans.Contains(s.AccountIban)).Select(s => s.AccountIban + "|" + s.Reference).ToListAsync();
        var outcome = StatementImport.Merge(
            EntityId, statements, hashes.ToHashSet(StringComparer.Ordinal), references.ToHashSet(StringComparer.Ordinal), format, fileName, clock.UtcNow());
        foreach (var statement in outcome.Statements)
        {
            db.Add(statement);
            db.Add(new AuditEntry(clock.UtcNow(), actor.PersonId, actor.Name, "bank-statement", statement.Id, "imported", null, $"{statement.Reference}, {statement.Lines.Count}"));
        }

        return outcome;
    }

    private async Task<Outcome<Guid>> AcceptAsync(Register register, Actor actor, Guid lineId, CandidateKind kind, Guid candidateId)
    {
        var db = register.Db;
        var line = await db.Set<BankLine>().FirstOrDefaultAsync(l => l.Id == lineId && l.EntityId == EntityId);
        if (line is null) return Outcome<Guid>.Refused(TreasuryReasons.LineUnknown);
        // Asked again, by the same person, for what stands: the answer is the same.
        if (await db.Set<Match>().FirstOrDefaultAsync(m => m.BankLineId == lineId && m.UndoneAt == null) is { } standing
            && standing.CandidateKind == kind && standing.CandidateId == candidateId && standing.MadeBy == actor.PersonId)
            return Outcome<Guid>.Done(standing.Id);

        var candidate = kind == CandidateKind.Fee
            ? new MatchCandidate(line.Id, CandidateKind.Fee, line.Amount, [ReferenceOf(line)], null, null, line.BookingDate)
            : (await OpenItems.CandidatesAsync(db, EntityId)).FirstOrDefault(c => c.Kind == kind && c.Id == candidateId);
        if (kind == CandidateKind.Fee && line.Amount >= Money.Zero) return Outcome<Guid>.Refused(TreasuryReasons.FeeIsMoneyOut);
        if (candidate is null && line.State == BankLineState.Open) return Outcome<Guid>.Refused(TreasuryReasons.CandidateGone);
        candidate ??= new MatchCandidate(candidateId, kind, line.Amount, [], null, null, line.BookingDate);
        switch (Match.Make(line, candidate, new Text($"accepté par {actor.Name}", $"accepted by {actor.Name}"), actor.PersonId, clock.UtcNow()))
        {
            case MatchResult.Made(var match):
                await SettleAsync(register, line, match, actor);
                return Outcome<Guid>.Done(match.Id);
            case MatchResult.Refused(var reason):
                return Outcome<Guid>.Refused(reason);
            default:
                throw new InvalidOperationException("A match result that is none.");
        }
    }

    /// <summary>Stores a match with its entry, and moves on the order whose balance it pays.</summary>
    private async Task SettleAsync(Register register, BankLine line, Match match, Actor actor)
    {
        var db = register.Db;
        await PostBankAsync(register, line, match, undo: false);
        db.Add(match);
        db.Add(new AuditEntry(clock.UtcNow(), actor.PersonId, actor.Name, "bank-match", match.Id, "matched", null, $"{match.CandidateKind} {match.CandidateReference} {match.Amount}"));
        if (match.CandidateKind != CandidateKind.Invoice) return;
        var open = (await OpenItems.InvoicesAsync(db, EntityId, match.CandidateId))[0];
        // The match itself is not stored yet.
        if (open.Due - match.Amount > Money.Zero || open.Invoice.OrderId is not { } orderId) return;
        var order = await db.Set<Order>().FirstOrDefaultAsync(o => o.Id == orderId);
        if (order is not { State: OrderState.AwaitingBalance }) return;
        order.BalancePaid(clock.UtcNow());
        db.Add(new OrderEvent(Guid.CreateVersion7(), orderId, clock.UtcNow(), "balance-paid", new Text("Solde reçu par virement", "Balance received by bank transfer"), ""));
    }

    /// <summary>
    /// The entry of a match: payout 5121/58, invoice 5121/411 with the VAT that falls due, bank fee 627/5121. Undone, the same event with the opposite
    /// amount, which the posting table puts on the other side; dated today, because the day of the line may be closed by then.
    /// </summary>
    private async Task PostBankAsync(Register register, BankLine line, Match match, bool undo)
    {
        var sign = undo ? -1 : 1;
        var movement = new Movement(line.Amount * sign, undo ? Today : line.BookingDate, ReferenceOf(line), line.Id, MoneyRoute.Bank);
        PostingEvent source;
        switch (match.CandidateKind)
        {
            case CandidateKind.Payout:
                source = PostingEvents.PayoutArrived(EntityId, movement);
                break;
            case CandidateKind.Fee:
                source = PostingEvents.BankFee(EntityId, movement with { Amount = -movement.Amount });
                break;
            case CandidateKind.Invoice:
                var open = (await OpenItems.InvoicesAsync(register.Db, EntityId, match.CandidateId))[0];
                // While it is undone the match still counts as paid before: the VAT that it made due goes back, to the cent.
                source = PostingEvents.Payment(open.Invoice, movement, open.Paid);
                break;
            default:
                throw new InvalidOperationException($"A bank line cannot be posted as {match.CandidateKind}.");
        }

        await register.PostAsync($"bankline:{line.Id:N}:{match.Id:N}{(undo ? ":undone" : "")}", source);
    }

    private static string ReferenceOf(BankLine line) => line.BankReference ?? line.EndToEndId ?? "BQ-" + line.Id.ToString("N")[^8..].ToUpperInvariant();

    private static Text Joined(IReadOnlyList<Text> reasons) =>
        new(string.Join(", ", reasons.Select(r => r.French)), string.Join(", ", reasons.Select(r => r.English)));

    private static string Shorten(string fileName) => fileName.Length <= 200 ? fileName : fileName[^200..];
}
