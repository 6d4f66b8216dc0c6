using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Ledger;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Grains.Billing;

/// <summary>Numbers, seals and posts within one unit of work; each operation has a key and is done once.</summary>
internal sealed class Register(MarketDbContext db, TimeProvider clock)
{
    private PostingTable? _table;

    public MarketDbContext Db => db;

    public static Task<Invoice?> FindInvoiceAsync(MarketDbContext db, string key) =>
        db.Set<Invoice>().AsNoTracking().FirstOrDefaultAsync(i => EF.Property<string>(i, OperationKey.Name) == key);

    public Task<Invoice?> FindInvoiceAsync(string key) => FindInvoiceAsync(db, key);

    /// <summary>Gives the draft the next number of its series and its seal.</summary>
    /// <param name="issuerId">Whose books these are: for a self-billed document the buyer.</param>
    /// <exception cref="InvalidOperationException">The rules refuse the document: the rows it is made from are wrong, and a person must look.</exception>
    public async Task<Invoice> IssueAsync(string key, InvoiceDraft draft, Guid issuerId)
    {
        var issuer = draft.BuyerId == issuerId && draft.Kind.IsSelfBilled() ? draft.Buyer : draft.Seller;
        var prefix = NumberSeries.PrefixFor(draft.Kind, issuer.Siren);
        var year = draft.IssueDate.Year;
        var series = await db.Set<NumberSeries>().FirstOrDefaultAsync(s => s.SellerId == draft.SellerId && s.Prefix == prefix && s.Year == year);
        if (series is null) db.Add(series = NumberSeries.Open(draft.SellerId, prefix, year));
        switch (Invoicing.Issue(draft, series, new IssueContext(clock.UtcNow())))
        {
            case IssueResult.Issued(var invoice):
                db.Add(invoice).Property(OperationKey.Name).CurrentValue = key;
                return invoice;
            case IssueResult.Refused(var reason):
                throw new InvalidOperationException($"The document {key} is refused ({reason.Code}): {reason.English}");
            default:
                throw new InvalidOperationException("An issue result that is none.");
        }
    }

    /// <summary>Posts an event once. Lines are stored first, then the entry is marked: the database refuses an unbalanced one.</summary>
    public async Task PostAsync(string key, PostingEvent source)
    {
        if (await db.Set<JournalEntry>().AnyAsync(e => EF.Property<string>(e, OperationKey.Name) == key)) return;
        _table ??= await PostingTableStore.LoadAsync(db, default);
        var journal = _table.JournalOf(source.Code) ?? throw new InvalidOperationException($"The posting table has no event {source.Code}.");
        var (entity, year) = (source.EntityId, source.Date.Year);
        var sequence = db.Set<JournalSequence>().Local.FirstOrDefault(s => s.EntityId == entity && s.Journal == journal && s.Year == year)
            ?? await db.Set<JournalSequence>().FirstOrDefaultAsync(s => s.EntityId == entity && s.Journal == journal && s.Year == year);
        if (sequence is null) db.Add(sequence = JournalSequence.Open(entity, journal, year));
        switch (Posting.Post(_table, source, sequence, clock.UtcNow()))
        {
            case PostingResult.Posted(var entry):
                db.Add(entry).Property(OperationKey.Name).CurrentValue = key;
                await db.SaveChangesAsync();
                entry.MarkPosted();
                await db.SaveChangesAsync();
                return;
            case PostingResult.Refused(var reason):
                throw new InvalidOperationException($"The entry {key} is refused ({reason.Code}): {reason.English}");
        }
    }
}
