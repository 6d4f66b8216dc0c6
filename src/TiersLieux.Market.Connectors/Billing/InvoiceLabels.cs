using TiersLieux.Market.Domain.Billing;

namespace TiersLieux.Market.Connectors.Billing;

/// <summary>The labels of a printed document, in its language.</summary>
internal sealed class InvoiceLabels(string language)
{
    private readonly bool english = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public string BilledTo => Say("Facturé à", "Billed to");

    public string DeliveredTo => Say("Livré à", "Delivered to");

    public string IssueDate => Say("Date d'émission", "Issued on");

    public string SupplyDate => Say("Livraison ou fin de prestation", "Supplied on");

    public string DueDate => Say("À régler avant le", "Due on");

    public string Order => Say("Commande", "Order");

    public string Corrects => Say("Document d'origine", "Original document");

    public string Of(string date) => Say($"du {date}", $"of {date}");

    public string VatNumber => Say("TVA", "VAT");

    public string Description => Say("Désignation", "Description");

    public string Quantity => Say("Quantité", "Quantity");

    public string UnitPrice => Say("Prix unitaire HT", "Net unit price");

    public string Vat => Say("TVA", "VAT");

    public string Net => Say("Montant HT", "Net amount");

    public string Basis => Say("Base HT", "Basis");

    public string Rate => Say("Taux", "Rate");

    public string Exempt => Say("Exonéré", "Exempt");

    public string TotalExcl => Say("Total HT", "Total excl. VAT");

    public string TotalVat => Say("Total TVA", "Total VAT");

    public string TotalIncl => Say("Total TTC", "Total incl. VAT");

    public string AlreadyPaid => Say("Déjà réglé", "Already paid");

    public string PayByTransfer => Say("Régler par virement", "Pay by bank transfer");

    public string ScanToPay => Say("Scannez avec l'application de votre banque : montant et référence sont déjà remplis.", "Scan with your banking app: amount and reference are filled in.");

    public string Holder => Say("Titulaire", "Account holder");

    public string Reference => Say("Référence à rappeler", "Reference to quote");

    public string FullyPaid => Say("Rien à régler : ce document est déjà payé.", "Nothing to pay: this document is already paid.");

    public string Mentions => Say("Mentions légales", "Legal notices");

    public string Continued => Say("suite", "continued");

    public string Title(DocumentKind kind) => kind switch
    {
        DocumentKind.Deposit => Say("Facture d'acompte", "Deposit invoice"),
        DocumentKind.CreditNote => Say("Avoir", "Credit note"),
        DocumentKind.DepositCreditNote => Say("Avoir sur acompte", "Deposit credit note"),
        DocumentKind.SelfBilled => Say("Autofacture", "Self-billed invoice"),
        DocumentKind.SelfBilledCreditNote => Say("Avoir sur autofacture", "Self-billed credit note"),
        DocumentKind.Corrective => Say("Facture rectificative", "Corrective invoice"),
        _ => Say("Facture", "Invoice"),
    };

    public string Payable(DocumentKind kind) => kind.IsCredit() ? Say("Montant de l'avoir", "Amount credited") : Say("Net à payer", "Amount due");

    public string Deposit(string number) => Say($"Acompte {number}", $"Deposit {number}");

    public string DepositOf(string date) => Say($"Facture d'acompte du {date}", $"Deposit invoice of {date}");

    public string OfWhichVat(string rate, string basis, string tax) => Say($"{basis} HT + {tax} de TVA à {rate}", $"{basis} excl. VAT + {tax} VAT at {rate}");

    public string Untaxed(string basis) => Say($"{basis} HT, sans TVA", $"{basis} excl. VAT, no VAT");

    public string Discount(string amount) => Say($"Remise de {amount}", $"Discount of {amount}");

    public string Page(int page, int pages) => Say($"Page {page} sur {pages}", $"Page {page} of {pages}");

    public string Unit(string code) => code switch
    {
        "C62" or "H87" => "",
        "HUR" => "h",
        "DAY" => Say("j", "d"),
        "MIN" => "min",
        "KGM" => "kg",
        "MTR" => "m",
        "MTK" => "m²",
        "LTR" => "l",
        _ => code,
    };

    private string Say(string french, string englishText) => english ? englishText : french;
}
