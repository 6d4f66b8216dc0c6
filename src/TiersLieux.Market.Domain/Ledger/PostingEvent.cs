using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>A customer or supplier as the ledger names it.</summary>
/// <param name="Code">CompAuxNum of the FEC: the SIREN, or a code of the organisation.</param>
public sealed record PostingParty(Guid Id, string Code, string Name);

/// <summary>
/// The amounts of an event at one VAT rate and kind of supply. Events without VAT (fees, payouts) use
/// <see cref="PostingEvent.Amount"/> instead.
/// </summary>
public sealed record PostingAmounts
{
    public SupplyKind Supply { get; init; } = SupplyKind.Goods;

    public decimal VatRate { get; init; }

    public Money Excl { get; init; } = Money.Zero;

    public Money Vat { get; init; } = Money.Zero;

    /// <summary>The paid deposit taken off, before VAT.</summary>
    public Money DepositExcl { get; init; } = Money.Zero;

    /// <summary>VAT of the paid deposit, which fell due when it was paid.</summary>
    public Money DepositVat { get; init; } = Money.Zero;
}

/// <summary>Something that happened, as the posting table reads it.</summary>
public sealed record PostingEvent
{
    /// <summary>First column of the posting table.</summary>
    public required string Code { get; init; }

    /// <summary>The legal person whose books it enters.</summary>
    public required Guid EntityId { get; init; }

    public required DateOnly Date { get; init; }

    public required string DocumentReference { get; init; }

    public Guid? DocumentId { get; init; }

    public DateOnly? DocumentDate { get; init; }

    /// <summary>What happens to the event as a whole: VAT on debits, document paid… (see <see cref="PostingFact"/>).</summary>
    public IReadOnlySet<string> Facts { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<PostingAmounts> Amounts { get; init; } = [];

    /// <summary>The sum that moves, for payments, fees, payouts and transfers.</summary>
    public Money Amount { get; init; } = Money.Zero;

    /// <summary>VAT that the buyer declares itself, on a fee from a foreign supplier.</summary>
    public Money ReverseVat { get; init; } = Money.Zero;

    public PostingParty? Customer { get; init; }

    public PostingParty? Supplier { get; init; }

    public Axes Axes { get; init; } = new();
}

/// <summary>Conditions that a row of the posting table may name.</summary>
public static class PostingFact
{
    /// <summary>Rows for one kind of supply: they look at each <see cref="PostingAmounts"/>, not at the event.</summary>
    public const string Goods = "biens";
    public const string Services = "services";

    /// <summary>The seller opted for VAT on debits; the other way is on receipts.</summary>
    public const string OnDebits = "debits";
    public const string OnReceipts = "encaissements";

    /// <summary>The document taken back had been paid, or not.</summary>
    public const string Paid = "payee";
    public const string Unpaid = "impayee";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>([Goods, Services, OnDebits, OnReceipts, Paid, Unpaid], StringComparer.Ordinal);
}
