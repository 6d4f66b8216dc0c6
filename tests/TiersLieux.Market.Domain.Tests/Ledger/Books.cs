using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Tests.Billing;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Ledger;

/// <summary>Books kept with the tables that the product ships.</summary>
internal sealed class Books
{
    private readonly Dictionary<(Guid, string, int), JournalSequence> sequences = [];

    public static ChartOfAccounts Chart { get; } =
        Assert.IsType<TableResult<ChartOfAccounts>.Loaded>(ChartOfAccounts.Parse(Rows("accounts.csv"))).Value;

    public static PostingTable Table { get; } =
        Assert.IsType<TableResult<PostingTable>.Loaded>(PostingTable.Parse(Rows("posting-table.csv"), Chart)).Value;

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>The tables hold no quoted cell, so cutting at commas reads them.</summary>
    public static List<TableRow> Rows(string file)
    {
        var text = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "catalog-seed", file));
        var header = text[0].Split(',');
        return
        [
            .. text.Skip(1).Select((line, i) =>
            {
                var cells = line.Split(',');
                Assert.Equal(header.Length, cells.Length);
                return new TableRow(file, i + 2, header.Zip(cells).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
            }),
        ];
    }

    public PostingResult TryPost(PostingEvent source)
    {
        var key = (source.EntityId, Table.JournalOf(source.Code)!, source.Date.Year);
        if (!sequences.TryGetValue(key, out var sequence)) sequence = sequences[key] = JournalSequence.Open(key.EntityId, key.Item2, key.Year);
        return Posting.Post(Table, source, sequence, Sample.Now);
    }

    public JournalEntry Post(PostingEvent source)
    {
        var entry = Assert.IsType<PostingResult.Posted>(TryPost(source)).Entry;
        Assert.True(entry.IsBalanced);
        Entries.Add(entry);
        return entry;
    }

    /// <summary>Debit less credit of an account over all entries, in cents.</summary>
    public long Balance(string account) => Entries.SelectMany(e => e.Lines).Where(l => l.Account == account).Sum(l => l.Balance.Cents);

    /// <summary>"D 411 36000 / C 4191 30000 / C 44574 6000", in the order of the entry.</summary>
    public static string Shown(JournalEntry entry) => string.Join(" / ",
        entry.Lines.OrderBy(l => l.Order).Select(l => l.Debit.IsZero ? $"C {l.Account} {l.Credit.Cents}" : $"D {l.Account} {l.Debit.Cents}"));
}
