using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>Who sells to whom, when, under which order: what the documents of one sale share.</summary>
public sealed record SaleHeader
{
    public required Guid SellerId { get; init; }

    public required Party Seller { get; init; }

    public required Guid BuyerId { get; init; }

    public required Party Buyer { get; init; }

    public required DateOnly IssueDate { get; init; }

    public DateOnly? SupplyDate { get; init; }

    public DateOnly? DueDate { get; init; }

    public string Language { get; init; } = "fr";

    public Guid? OrderId { get; init; }

    public string? OrderReference { get; init; }

    public PostalAddress? DeliveryAddress { get; init; }

    public PayeeAccount? Payee { get; init; }
}

/// <summary>
/// The drafts of each stage of a sale.
/// <para>
/// How a deposit is taken off: the final invoice shows the whole supply and its whole VAT, and the paid deposits with
/// their VAT as a prepaid amount (BT-113), each named with its number, date, basis and VAT. The VAT that falls due
/// with the final invoice is the whole less that of its deposits, rate by rate, which is what the ledger posts.
/// </para>
/// </summary>
public static class Documents
{
    /// <summary>A deposit invoice for a part of an order, one line per VAT rate and kind of supply.</summary>
    /// <param name="percent">Of the order, above 0 and at most 100.</param>
    public static (InvoiceDraft? Draft, Reason? Refusal) Deposit(
        SaleHeader header, IReadOnlyList<DraftLine> orderLines, decimal percent, VatTable vatTable)
    {
        if (percent is <= 0 or > 100)
            return (null, new Reason("deposit-percent", "L'acompte doit être compris entre 0 et 100 % de la commande.", "The deposit must lie between 0 and 100% of the order.")
            { Field = "percent" });
        var (totals, refusal) = Invoicing.Preview(Draft(DocumentKind.Invoice, header, orderLines), vatTable);
        if (totals is null) return (null, refusal);

        var order = header.OrderReference is { } reference ? $" sur la commande {reference}" : "";
        var lines = totals.VatRows
            .Select(row => (Row: row, Basis: row.Basis * (percent / 100m)))
            .Where(part => !part.Basis.IsZero)
            .Select(part => new DraftLine
            {
                Description = $"Acompte de {BillingText.Rate(percent)}{order}",
                Detail = part.Row.Supply.IsService() ? "Prestations de services" : "Livraison de biens",
                Quantity = 1,
                UnitPrice = part.Basis.Amount,
                Supply = part.Row.Supply,
                RatePercent = part.Row.Vat.RatePercent,
                Vat = part.Row.Vat,
            })
            .ToList();
        return (Draft(DocumentKind.Deposit, header with { SupplyDate = null }, lines), null);
    }

    /// <summary>A sale: the final invoice of an order, less its paid deposits, or the invoice of a booking.</summary>
    /// <param name="paidDeposits">Issued deposit invoices of the same order that were paid and not credited.</param>
    public static InvoiceDraft Sale(
        SaleHeader header, IReadOnlyList<DraftLine> lines, IEnumerable<Invoice>? paidDeposits = null, Money? alreadyPaid = null) =>
        Draft(DocumentKind.Invoice, header, lines) with
        {
            Deposits = [.. (paidDeposits ?? []).SelectMany(Deductions)],
            AlreadyPaid = alreadyPaid ?? Money.Zero,
        };

    /// <summary>What a workshop sold to the consortium, written by the consortium in the workshop's name.</summary>
    public static InvoiceDraft SelfBilled(SaleHeader header, IReadOnlyList<DraftLine> shareLines) =>
        Draft(DocumentKind.SelfBilled, header, shareLines);

    /// <summary>
    /// Takes a whole document back: 503 for a deposit, 381 for an invoice, 261 for a self-billed one. It repeats the
    /// lines with their VAT, whatever the seller's regime is today.
    /// </summary>
    public static InvoiceDraft Credit(Invoice original, DateOnly issueDate, Money? alreadyCredited = null) => new()
    {
        Kind = original.Kind.CreditKind() ?? throw new ArgumentException("A credit note is not credited.", nameof(original)),
        SellerId = original.SellerId,
        Seller = original.Seller,
        BuyerId = original.BuyerId,
        Buyer = original.Buyer,
        IssueDate = issueDate,
        Language = original.Language,
        OrderId = original.OrderId,
        OrderReference = original.OrderReference,
        Corrects = new CorrectedInvoice(original.Id, original.Number, original.IssueDate, original.InclTax,
            alreadyCredited ?? Money.Zero),
        Lines =
        [
            .. original.Lines.OrderBy(l => l.Order).Select(l => new DraftLine
            {
                Description = l.Description,
                Detail = l.Detail,
                Quantity = l.Quantity,
                Unit = l.Unit,
                UnitPrice = l.UnitPrice,
                Discount = l.Discount,
                Supply = l.Supply,
                RatePercent = l.Vat.RatePercent,
                Vat = l.Vat,
            }),
        ],
    };

    /// <summary>
    /// A line whose amount is already known to the cent (a workshop's share). It keeps the quantity when a unit price
    /// of four decimals gives that amount back; otherwise it is one lot, and the detail says how many pieces.
    /// </summary>
    public static DraftLine LineForTotal(string description, decimal quantity, Money total, SupplyKind supply, decimal ratePercent)
    {
        var line = new DraftLine
        {
            Description = description, Quantity = quantity, UnitPrice = decimal.Round(total.Amount / quantity, 4, MidpointRounding.AwayFromZero),
            Supply = supply, RatePercent = ratePercent,
        };
        return InvoiceTotals.NetOf(line) == total
            ? line
            : line with { Quantity = 1, Unit = "C62", UnitPrice = total.Amount, Detail = $"Lot de {BillingText.Number(quantity)} pièces" };
    }

    private static IEnumerable<DepositDeduction> Deductions(Invoice deposit) =>
        deposit.VatRows.OrderBy(r => r.Order)
            .Select(r => new DepositDeduction(deposit.Id, deposit.Number, deposit.IssueDate, r.Vat, r.Supply, r.Basis, r.Tax));

    private static InvoiceDraft Draft(DocumentKind kind, SaleHeader header, IReadOnlyList<DraftLine> lines) => new()
    {
        Kind = kind,
        SellerId = header.SellerId,
        Seller = header.Seller,
        BuyerId = header.BuyerId,
        Buyer = header.Buyer,
        IssueDate = header.IssueDate,
        SupplyDate = header.SupplyDate,
        DueDate = header.DueDate,
        Language = header.Language,
        OrderId = header.OrderId,
        OrderReference = header.OrderReference,
        DeliveryAddress = header.DeliveryAddress,
        Payee = header.Payee,
        Lines = lines,
    };
}
