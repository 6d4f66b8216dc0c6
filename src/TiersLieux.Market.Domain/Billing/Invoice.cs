using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// An issued document of any kind. It never changes: a mistake is corrected by another document that names it
/// (art. 286 I 3° bis CGI). Only <see cref="Invoicing.Issue"/> makes one.
/// </summary>
public sealed class Invoice
{
    private readonly List<InvoiceLine> lines = [];
    private readonly List<InvoiceVat> vatRows = [];
    private readonly List<InvoiceDeposit> deposits = [];
    private readonly List<InvoiceMention> mentions = [];

    private Invoice()
    {
        Series = Number = Frame = Language = Seal = PreviousSeal = "";
        Seller = Buyer = null!;
    }

    internal Invoice(
        InvoiceDraft draft, NumberSeries series, string frame, InvoiceTotals totals, IEnumerable<InvoiceMention> texts,
        string? paymentReference, DateTime issuedAt) : this()
    {
        Id = Guid.CreateVersion7();
        Kind = draft.Kind;
        Series = series.Prefix;
        Year = series.Year;
        Sequence = series.NextNumber;
        Number = series.FormatNext();
        IssueDate = draft.IssueDate;
        SupplyDate = draft.SupplyDate;
        DueDate = draft.DueDate;
        Frame = frame;
        Language = draft.Language;
        SellerId = draft.SellerId;
        Seller = draft.Seller.Copy();
        BuyerId = draft.BuyerId;
        Buyer = draft.Buyer.Copy();
        OrderId = draft.OrderId;
        OrderReference = draft.OrderReference;
        DeliveryAddress = draft.DeliveryAddress is { } place ? place with { } : null;
        CorrectsId = draft.Corrects?.Id;
        CorrectsNumber = draft.Corrects?.Number;
        CorrectsIssueDate = draft.Corrects?.IssueDate;
        VatOnDebits = draft.Seller.Regime == VatRegime.NormalOnDebits;
        Payee = draft.Payee is { } account ? account with { } : null;
        PaymentReference = paymentReference;
        lines.AddRange(totals.Lines);
        vatRows.AddRange(totals.VatRows);
        deposits.AddRange(draft.Deposits.Select((d, i) => new InvoiceDeposit(i + 1, d)));
        mentions.AddRange(texts);
        ExclTax = totals.ExclTax;
        Tax = totals.Tax;
        InclTax = totals.InclTax;
        Prepaid = totals.Prepaid;
        Payable = totals.Payable;
        IssuedAt = issuedAt;
        PreviousSeal = series.LastSeal;
        Seal = InvoiceSeal.Compute(this);
    }

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    public DocumentKind Kind { get; private set; }

    /// <summary>Prefix of its series; unique with seller, year and sequence.</summary>
    public string Series { get; private set; }

    public int Year { get; private set; }

    public int Sequence { get; private set; }

    /// <summary>"F-2026-000123" (BT-1); with year and the seller's SIREN unique everywhere.</summary>
    public string Number { get; private set; }

    public DateOnly IssueDate { get; private set; }

    public DateOnly? SupplyDate { get; private set; }

    public DateOnly? DueDate { get; private set; }

    /// <summary>Billing frame (BT-23): B goods, S services, M mixed, then 1 filed, 2 already paid, 4 final after deposit.</summary>
    public string Frame { get; private set; }

    public string Language { get; private set; }

    public Guid SellerId { get; private set; }

    public Party Seller { get; private set; }

    public Guid BuyerId { get; private set; }

    public Party Buyer { get; private set; }

    public Guid? OrderId { get; private set; }

    public string? OrderReference { get; private set; }

    public PostalAddress? DeliveryAddress { get; private set; }

    /// <summary>The document that this one credits or corrects (BT-25).</summary>
    public Guid? CorrectsId { get; private set; }

    public string? CorrectsNumber { get; private set; }

    public DateOnly? CorrectsIssueDate { get; private set; }

    public bool VatOnDebits { get; private set; }

    public PayeeAccount? Payee { get; private set; }

    /// <summary>ISO 11649 reference to quote in a transfer (BT-83).</summary>
    public string? PaymentReference { get; private set; }

    public IReadOnlyList<InvoiceLine> Lines => lines;

    public IReadOnlyList<InvoiceVat> VatRows => vatRows;

    public IReadOnlyList<InvoiceDeposit> Deposits => deposits;

    public IReadOnlyList<InvoiceMention> Mentions => mentions;

    /// <summary>Σ line nets (BT-109).</summary>
    public Money ExclTax { get; private set; }

    /// <summary>Σ VAT per rate (BT-110).</summary>
    public Money Tax { get; private set; }

    /// <summary>BT-112.</summary>
    public Money InclTax { get; private set; }

    /// <summary>Deposits with their VAT, and what was paid before (BT-113).</summary>
    public Money Prepaid { get; private set; }

    /// <summary>BT-115.</summary>
    public Money Payable { get; private set; }

    /// <summary>UTC, whole microseconds.</summary>
    public DateTime IssuedAt { get; private set; }

    /// <summary>SHA-256 over everything the document says and the seal before it, lower-case hexadecimal.</summary>
    public string Seal { get; private set; }

    /// <summary>Seal of the document before it in its series; empty for the first.</summary>
    public string PreviousSeal { get; private set; }

    public bool IsSelfBilled => Kind.IsSelfBilled();

    /// <summary>The VAT table as printed: one row per category, rate and exemption (BG-23).</summary>
    public IReadOnlyList<(VatTreatment Vat, Money Basis, Money Tax)> VatBreakdown =>
    [
        .. vatRows.OrderBy(r => r.Order)
            .GroupBy(r => (r.Vat.Category, r.Vat.RatePercent, r.Vat.ExemptionCode))
            .Select(g => (g.First().Vat, new Money(g.Sum(r => r.Basis.Cents)), new Money(g.Sum(r => r.Tax.Cents)))),
    ];
}

/// <summary>A sentence printed on a document, kept with it.</summary>
public sealed class InvoiceMention
{
    private InvoiceMention() => Subject = Text = "";

    internal InvoiceMention(int order, string subject, string text) : this()
    {
        Id = Guid.CreateVersion7();
        Order = order;
        Subject = subject;
        Text = text;
    }

    public Guid Id { get; private set; }

    public int Order { get; private set; }

    /// <summary>UNTDID 4451 (BT-21): PMT indemnity, PMD penalties, AAB discount terms, REG legal, TXD tax.</summary>
    public string Subject { get; private set; }

    public string Text { get; private set; }
}
