using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>What a document is to say, before it has a number. See <see cref="Invoicing.Issue"/>.</summary>
public sealed record InvoiceDraft
{
    public required DocumentKind Kind { get; init; }

    /// <summary>The legal seller's organisation, whoever writes the document.</summary>
    public required Guid SellerId { get; init; }

    public required Party Seller { get; init; }

    public required Guid BuyerId { get; init; }

    public required Party Buyer { get; init; }

    public required DateOnly IssueDate { get; init; }

    /// <summary>Day of delivery or of the end of the service, where it is not the issue date (BT-72).</summary>
    public DateOnly? SupplyDate { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>"fr" or "en": the language of the labels; mentions of law stay in French.</summary>
    public string Language { get; init; } = "fr";

    public required IReadOnlyList<DraftLine> Lines { get; init; }

    /// <summary>Paid deposits to take off a final invoice.</summary>
    public IReadOnlyList<DepositDeduction> Deposits { get; init; } = [];

    /// <summary>Already paid when the document is made, deposits aside.</summary>
    public Money AlreadyPaid { get; init; } = Money.Zero;

    public Guid? OrderId { get; init; }

    /// <summary>The order's or booking's number (BT-13).</summary>
    public string? OrderReference { get; init; }

    /// <summary>Where the goods go, when it is not the buyer's address.</summary>
    public PostalAddress? DeliveryAddress { get; init; }

    /// <summary>The document that a credit note or a corrective invoice names.</summary>
    public CorrectedInvoice? Corrects { get; init; }

    /// <summary>Set when the document can be paid by bank transfer.</summary>
    public PayeeAccount? Payee { get; init; }
}

/// <summary>A line to be invoiced.</summary>
public sealed record DraftLine
{
    public required string Description { get; init; }

    public string? Detail { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>UN/ECE Recommendation 20.</summary>
    public string Unit { get; init; } = "C62";

    /// <summary>Euros per unit before VAT, up to four decimals.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Off the line, before VAT, positive.</summary>
    public Money Discount { get; init; } = Money.Zero;

    public required SupplyKind Supply { get; init; }

    /// <summary>The offer's rate in percent; it counts only when the seller is taxable.</summary>
    public decimal RatePercent { get; init; } = 20m;

    /// <summary>A treatment frozen earlier (a credit note repeats its invoice's); null takes it from the VAT table.</summary>
    public VatTreatment? Vat { get; init; }
}

/// <summary>The part of a paid deposit invoice, at one rate and kind of supply, that a final invoice takes off.</summary>
public sealed record DepositDeduction(
    Guid DepositInvoiceId, string Number, DateOnly IssueDate, VatTreatment Vat, SupplyKind Supply, Money Basis, Money Tax);

/// <summary>The document that a credit note or corrective invoice names.</summary>
/// <param name="InclTax">Its total with VAT.</param>
/// <param name="AlreadyCredited">What earlier credit notes took back of it.</param>
public sealed record CorrectedInvoice(Guid Id, string Number, DateOnly IssueDate, Money InclTax, Money AlreadyCredited);
