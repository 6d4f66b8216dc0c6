using System.Globalization;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// The counter of one seller, series and year, with the seal of its last document. One writer, one row: numbers are
/// gapless because the row changes in the transaction that stores the document.
/// </summary>
public sealed class NumberSeries
{
    /// <summary>Own invoices, of a seller that issues them itself.</summary>
    public const string Invoices = "F";

    /// <summary>Deposit invoices.</summary>
    public const string Deposits = "AC";

    /// <summary>Credit notes.</summary>
    public const string Credits = "AV";

    /// <summary>Starts every self-billed series; no series of a seller's own may carry it.</summary>
    public const string SelfBilledPrefix = "AF";

    private NumberSeries() => Prefix = LastSeal = "";

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    /// <summary>The legal seller, in whose name the documents are.</summary>
    public Guid SellerId { get; private set; }

    public string Prefix { get; private set; }

    public int Year { get; private set; }

    public int NextNumber { get; private set; }

    public string LastSeal { get; private set; }

    /// <summary>No document of the series may be dated before its last one.</summary>
    public DateOnly? LastIssueDate { get; private set; }

    public bool IsSelfBilled => (Prefix + "-").StartsWith(SelfBilledPrefix + "-", StringComparison.Ordinal);

    /// <summary>An empty series. The prefix comes from <see cref="PrefixFor"/>, or is a seller's own, which may not start with AF.</summary>
    public static NumberSeries Open(Guid sellerId, string prefix, int year) => new()
    {
        Id = Guid.CreateVersion7(), SellerId = sellerId, Prefix = prefix, Year = year, NextNumber = 1,
    };

    /// <summary>
    /// The series a document goes to by default: F invoices, AC deposits, AV credit notes; self-billed ones AF-{SIREN of the
    /// buyer who writes them}, so that two buyers under mandate never give the same number in the name of one seller.
    /// </summary>
    public static string PrefixFor(DocumentKind kind, string? issuerSiren) => kind switch
    {
        DocumentKind.SelfBilled or DocumentKind.SelfBilledCreditNote => $"{SelfBilledPrefix}-{issuerSiren}",
        DocumentKind.Deposit => Deposits,
        DocumentKind.CreditNote or DocumentKind.DepositCreditNote => Credits,
        _ => Invoices,
    };

    public string FormatNext() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{Year:0000}-{NextNumber:000000}");

    internal void Advance(string seal, DateOnly issueDate)
    {
        NextNumber++;
        LastSeal = seal;
        LastIssueDate = issueDate;
    }
}
