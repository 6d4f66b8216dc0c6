using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>A row of a table that people edit, by column name, with its place for the message when it is wrong.</summary>
/// <param name="Line">In the file, from 1, the header being line 1.</param>
public sealed record TableRow(string File, int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.TryGetValue(column, out var value) ? value.Trim() : "";
}

/// <summary>A table is taken whole or refused whole.</summary>
public abstract record TableResult<T>
{
    private TableResult()
    {
    }

    public sealed record Loaded(T Value) : TableResult<T>;

    public sealed record Refused(string File, int Line, Reason Reason) : TableResult<T>;
}
