namespace TiersLieux.Market.Domain.Ledger;

/// <summary>A row of the posting table as an accountant edits it; <see cref="PostingTable.Parse"/> says whether the table as a whole can post.</summary>
public sealed class PostingRow
{
    private PostingRow() { }

    public PostingRow(Guid id, TableRow row)
    {
        Id = id;
        Event = row["evenement"];
        Operation = row["operation"];
        Journal = row["journal"];
        Condition = row["condition"];
        Order = row["ordre"];
        Side = row["sens"];
        Account = row["compte"];
        Amount = row["montant"];
        Auxiliary = row["auxiliaire"];
        Label = row["libelle"];
    }

    public Guid Id { get; private set; }

    public string Event { get; private set; } = "";

    public string Operation { get; private set; } = "";

    public string Journal { get; private set; } = "";

    public string Condition { get; private set; } = "";

    public string Order { get; private set; } = "";

    public string Side { get; private set; } = "";

    public string Account { get; private set; } = "";

    public string Amount { get; private set; } = "";

    public string Auxiliary { get; private set; } = "";

    public string Label { get; private set; } = "";

    /// <summary>The row by the names of its columns, with its place for messages.</summary>
    public TableRow ToTableRow(string table, int line) => new(table, line, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["evenement"] = Event,
        ["operation"] = Operation,
        ["journal"] = Journal,
        ["condition"] = Condition,
        ["ordre"] = Order,
        ["sens"] = Side,
        ["compte"] = Account,
        ["montant"] = Amount,
        ["auxiliaire"] = Auxiliary,
        ["libelle"] = Label,
    });
}
