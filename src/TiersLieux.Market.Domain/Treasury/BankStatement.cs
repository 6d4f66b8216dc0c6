using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>A statement as it was imported: one account, one stretch of days, opening and closing balance.</summary>
public sealed class BankStatement
{
    private readonly List<BankLine> lines = [];

    private BankStatement() => AccountIban = Reference = Format = FileName = Currency = "";

    internal BankStatement(Guid entityId, StatementData data, string format, string fileName, IEnumerable<BankLine> newLines, DateTime importedAt)
        : this()
    {
        Id = Guid.CreateVersion7();
        EntityId = entityId;
        AccountIban = data.AccountIban;
        Reference = data.Reference;
        Currency = data.Opening.Currency;
        Format = format;
        FileName = fileName;
        OpeningDate = data.OpeningDate;
        Opening = data.Opening;
        ClosingDate = data.ClosingDate;
        Closing = data.Closing;
        ImportedAt = importedAt;
        lines.AddRange(newLines);
    }

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    /// <summary>The legal person who holds the account.</summary>
    public Guid EntityId { get; private set; }

    public string AccountIban { get; private set; }

    /// <summary>The bank's own number of the statement.</summary>
    public string Reference { get; private set; }

    public string Currency { get; private set; }

    /// <summary>"camt.053".</summary>
    public string Format { get; private set; }

    public string FileName { get; private set; }

    public DateOnly OpeningDate { get; private set; }

    public Money Opening { get; private set; }

    public DateOnly ClosingDate { get; private set; }

    public Money Closing { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime ImportedAt { get; private set; }

    /// <summary>The lines that this import brought; what was already known stays with the statement that brought it.</summary>
    public IReadOnlyList<BankLine> Lines => lines;
}

public enum BankLineState
{
    Open = 1,
    Matched = 2,
}

/// <summary>One movement of a bank account.</summary>
public sealed class BankLine
{
    private BankLine() => AccountIban = Text = ContentHash = "";

    internal BankLine(Guid entityId, int order, string accountIban, StatementLine line, string contentHash) : this()
    {
        Id = Guid.CreateVersion7();
        EntityId = entityId;
        Order = order;
        AccountIban = accountIban;
        Amount = line.Amount;
        BookingDate = line.BookingDate;
        ValueDate = line.ValueDate;
        Text = line.Text;
        CounterpartyName = line.CounterpartyName;
        CounterpartyIban = line.CounterpartyIban;
        BankReference = line.BankReference;
        EndToEndId = line.EndToEndId;
        StructuredReference = line.StructuredReference;
        IsReversal = line.IsReversal;
        ContentHash = contentHash;
        State = BankLineState.Open;
    }

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    public Guid EntityId { get; private set; }

    public int Order { get; private set; }

    public string AccountIban { get; private set; }

    /// <summary>Positive: money in.</summary>
    public Money Amount { get; private set; }

    public DateOnly BookingDate { get; private set; }

    public DateOnly? ValueDate { get; private set; }

    /// <summary>Remittance text as the bank gives it.</summary>
    public string Text { get; private set; }

    public string? CounterpartyName { get; private set; }

    public string? CounterpartyIban { get; private set; }

    public string? BankReference { get; private set; }

    public string? EndToEndId { get; private set; }

    /// <summary>ISO 11649 or another structured creditor reference.</summary>
    public string? StructuredReference { get; private set; }

    public bool IsReversal { get; private set; }

    /// <summary>Unique per account: the same movement in two files gives the same hash.</summary>
    public string ContentHash { get; private set; }

    public BankLineState State { get; private set; }

    internal void SetState(BankLineState state) => State = state;
}
