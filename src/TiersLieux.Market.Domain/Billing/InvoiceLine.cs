using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>One line of an issued document. Written once, with its document.</summary>
public sealed class InvoiceLine
{
    private InvoiceLine()
    {
        Description = "";
        Unit = "";
        Vat = VatTreatment.Standard(0);
    }

    internal InvoiceLine(int order, DraftLine draft, VatTreatment vat, Money net) : this()
    {
        Id = Guid.CreateVersion7();
        Order = order;
        Description = draft.Description;
        Detail = draft.Detail;
        Quantity = draft.Quantity;
        Unit = draft.Unit;
        UnitPrice = draft.UnitPrice;
        Discount = draft.Discount;
        Supply = draft.Supply;
        Vat = vat with { };
        Net = net;
    }

    public Guid Id { get; private set; }

    /// <summary>From 1 (BT-126).</summary>
    public int Order { get; private set; }

    public string Description { get; private set; }

    public string? Detail { get; private set; }

    public decimal Quantity { get; private set; }

    /// <summary>UN/ECE Recommendation 20: C62 piece, HUR hour, DAY day, KGM kilogram, MTR metre.</summary>
    public string Unit { get; private set; }

    /// <summary>Euros per unit before VAT, up to four decimals (BT-146).</summary>
    public decimal UnitPrice { get; private set; }

    /// <summary>Taken off the line before VAT, positive (BT-136).</summary>
    public Money Discount { get; private set; }

    public SupplyKind Supply { get; private set; }

    public VatTreatment Vat { get; private set; }

    /// <summary>Before VAT, to the cent (BT-131).</summary>
    public Money Net { get; private set; }
}

/// <summary>
/// The VAT of one category and rate (BG-23), and the part of it that belongs to each kind of supply.
/// One row per category, rate, exemption and kind of supply; rows of one rate add up to its rounded VAT.
/// </summary>
public sealed class InvoiceVat
{
    private InvoiceVat() => Vat = VatTreatment.Standard(0);

    internal InvoiceVat(int order, VatTreatment vat, SupplyKind supply, Money basis, Money tax) : this()
    {
        Id = Guid.CreateVersion7();
        Order = order;
        Vat = vat with { };
        Supply = supply;
        Basis = basis;
        Tax = tax;
    }

    public Guid Id { get; private set; }

    public int Order { get; private set; }

    public VatTreatment Vat { get; private set; }

    public SupplyKind Supply { get; private set; }

    public Money Basis { get; private set; }

    public Money Tax { get; private set; }
}

/// <summary>A deposit taken off a final invoice: one row per deposit document, rate and kind of supply.</summary>
public sealed class InvoiceDeposit
{
    private InvoiceDeposit()
    {
        Number = "";
        Vat = VatTreatment.Standard(0);
    }

    internal InvoiceDeposit(int order, DepositDeduction deduction) : this()
    {
        Id = Guid.CreateVersion7();
        Order = order;
        DepositInvoiceId = deduction.DepositInvoiceId;
        Number = deduction.Number;
        IssueDate = deduction.IssueDate;
        Vat = deduction.Vat with { };
        Supply = deduction.Supply;
        Basis = deduction.Basis;
        Tax = deduction.Tax;
    }

    public Guid Id { get; private set; }

    public int Order { get; private set; }

    public Guid DepositInvoiceId { get; private set; }

    public string Number { get; private set; }

    public DateOnly IssueDate { get; private set; }

    public VatTreatment Vat { get; private set; }

    public SupplyKind Supply { get; private set; }

    public Money Basis { get; private set; }

    public Money Tax { get; private set; }

    public Money InclTax => Basis + Tax;
}
