namespace TiersLieux.Market.Domain.Billing;

/// <summary>What a document is, by its UNTDID 1001 code (BT-3 of EN 16931).</summary>
public enum DocumentKind
{
    SelfBilledCreditNote = 261,
    Invoice = 380,
    CreditNote = 381,
    Corrective = 384,
    Deposit = 386,
    SelfBilled = 389,
    DepositCreditNote = 503,
}

public static class DocumentKinds
{
    /// <summary>A credit note carries positive amounts and names the document it takes back (BT-25).</summary>
    public static bool IsCredit(this DocumentKind kind) =>
        kind is DocumentKind.CreditNote or DocumentKind.SelfBilledCreditNote or DocumentKind.DepositCreditNote;

    /// <summary>Made by the buyer in the name of the seller, under mandate.</summary>
    public static bool IsSelfBilled(this DocumentKind kind) =>
        kind is DocumentKind.SelfBilled or DocumentKind.SelfBilledCreditNote;

    public static bool IsDeposit(this DocumentKind kind) =>
        kind is DocumentKind.Deposit or DocumentKind.DepositCreditNote;

    /// <summary>The kind that takes a document back, or null for a document that is itself a credit.</summary>
    public static DocumentKind? CreditKind(this DocumentKind kind) => kind switch
    {
        DocumentKind.Invoice or DocumentKind.Corrective => DocumentKind.CreditNote,
        DocumentKind.Deposit => DocumentKind.DepositCreditNote,
        DocumentKind.SelfBilled => DocumentKind.SelfBilledCreditNote,
        _ => null,
    };
}
