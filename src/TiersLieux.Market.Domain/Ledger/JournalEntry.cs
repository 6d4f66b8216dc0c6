using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>
/// One balanced entry of one legal person's books. Append-only: a mistake is undone by another entry. Lines are
/// stored first, then <see cref="Posted"/> is set, which the database refuses unless debits equal credits.
/// </summary>
public sealed class JournalEntry
{
    private readonly List<JournalLine> lines = [];

    private JournalEntry() => Journal = EventCode = DocumentReference = Label = "";

    internal JournalEntry(PostingEvent source, JournalSequence sequence, IEnumerable<JournalLine> entryLines, string label, DateTime recordedAt)
        : this()
    {
        Id = Guid.CreateVersion7();
        EntityId = source.EntityId;
        Journal = sequence.Journal;
        Year = sequence.Year;
        Number = sequence.NextNumber;
        Date = source.Date;
        EventCode = source.Code;
        DocumentReference = source.DocumentReference;
        DocumentId = source.DocumentId;
        DocumentDate = source.DocumentDate ?? source.Date;
        Label = label;
        RecordedAt = recordedAt;
        lines.AddRange(entryLines);
    }

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    /// <summary>The organisation whose books these are.</summary>
    public Guid EntityId { get; private set; }

    /// <summary>VE sales, AC purchases, BQ bank, ST Stripe, OD other.</summary>
    public string Journal { get; private set; }

    public int Year { get; private set; }

    /// <summary>Gapless per legal person, journal and year.</summary>
    public int Number { get; private set; }

    /// <summary>Accounting date, Europe/Paris.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>The business event, first column of the posting table.</summary>
    public string EventCode { get; private set; }

    /// <summary>Number of the invoice, id of the Stripe object, reference of the bank line.</summary>
    public string DocumentReference { get; private set; }

    public Guid? DocumentId { get; private set; }

    public DateOnly DocumentDate { get; private set; }

    public string Label { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; private set; }

    public bool Posted { get; private set; }

    public IReadOnlyList<JournalLine> Lines => lines;

    public Money TotalDebit => new(lines.Sum(l => l.Debit.Cents));

    public Money TotalCredit => new(lines.Sum(l => l.Credit.Cents));

    public bool IsBalanced => TotalDebit == TotalCredit;

    /// <summary>Marks the entry as posted, once its lines are stored.</summary>
    public void MarkPosted()
    {
        if (!IsBalanced) throw new InvalidOperationException($"Entry {Journal}-{Year}-{Number} does not balance.");
        Posted = true;
    }
}

/// <summary>One line of an entry: a debit or a credit, never both, never negative.</summary>
public sealed class JournalLine
{
    private JournalLine()
    {
        Account = AccountLabel = Label = "";
        Axes = new Axes();
    }

    internal JournalLine(int order, string account, string accountLabel, PostingParty? auxiliary, string label, Money debit, Money credit, decimal? vatRate, Axes axes)
        : this()
    {
        Id = Guid.CreateVersion7();
        Order = order;
        Account = account;
        AccountLabel = accountLabel;
        AuxiliaryId = auxiliary?.Id;
        AuxiliaryCode = auxiliary?.Code;
        AuxiliaryName = auxiliary?.Name;
        Label = label;
        Debit = debit;
        Credit = credit;
        VatRate = vatRate;
        Axes = axes with { };
    }

    public Guid Id { get; private set; }

    public int Order { get; private set; }

    public string Account { get; private set; }

    public string AccountLabel { get; private set; }

    /// <summary>Customer's or supplier's organisation.</summary>
    public Guid? AuxiliaryId { get; private set; }

    /// <summary>CompAuxNum of the FEC.</summary>
    public string? AuxiliaryCode { get; private set; }

    public string? AuxiliaryName { get; private set; }

    public string Label { get; private set; }

    public Money Debit { get; private set; }

    public Money Credit { get; private set; }

    /// <summary>In percent, on revenue, expense and VAT lines: what a VAT return adds up.</summary>
    public decimal? VatRate { get; private set; }

    public Axes Axes { get; private set; }

    /// <summary>AA, AB…: lines of one account and party that settle each other.</summary>
    public string? Lettering { get; private set; }

    public DateOnly? LetteredOn { get; private set; }

    /// <summary>Debit less credit.</summary>
    public Money Balance => Debit - Credit;

    /// <summary>Letters the line, or takes its letters off with null. Nothing else of a line ever changes.</summary>
    public void Letter(string? letters, DateOnly? on)
    {
        Lettering = letters;
        LetteredOn = letters is null ? null : on;
    }
}
