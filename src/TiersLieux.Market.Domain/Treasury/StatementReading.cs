using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>A statement as a bank file tells it.</summary>
public sealed record StatementData(
    string AccountIban, string Reference, DateOnly OpeningDate, Money Opening, DateOnly ClosingDate, Money Closing,
    IReadOnlyList<StatementLine> Lines);

/// <summary>A movement as a bank file tells it.</summary>
/// <param name="Amount">Positive: money in.</param>
public sealed record StatementLine(Money Amount, DateOnly BookingDate, string Text)
{
    public DateOnly? ValueDate { get; init; }

    public string? CounterpartyName { get; init; }

    public string? CounterpartyIban { get; init; }

    public string? BankReference { get; init; }

    public string? EndToEndId { get; init; }

    public string? StructuredReference { get; init; }

    public bool IsReversal { get; init; }
}

/// <summary>A file is read whole or refused whole.</summary>
public abstract record StatementReading
{
    private StatementReading()
    {
    }

    public sealed record Read(IReadOnlyList<StatementData> Statements) : StatementReading;

    /// <param name="Line">Line in the file where the fault is, from 1; 0 when the file as a whole is at fault.</param>
    public sealed record Refused(Reason Reason, int Line) : StatementReading;
}

/// <summary>Reads one format of bank file.</summary>
public interface IStatementReader
{
    /// <summary>"camt.053".</summary>
    string Format { get; }

    StatementReading Read(Stream file, CancellationToken cancellation = default);
}
