using TiersLieux.Market.Domain.Billing;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Where a document is read. A self-billed one names its seller: its number alone may be that of two workshops.</summary>
public static class DocumentLinks
{
    public static string Data(string number, DocumentKind kind, string? sellerSiren) => $"/api/v1/invoices/{number}{Query(kind, sellerSiren)}";

    public static string Pdf(string number, DocumentKind kind, string? sellerSiren) => $"/api/v1/invoices/{number}.pdf{Query(kind, sellerSiren)}";

    private static string Query(DocumentKind kind, string? sellerSiren) => kind.IsSelfBilled() && sellerSiren is not null ? $"?seller={sellerSiren}" : "";
}
