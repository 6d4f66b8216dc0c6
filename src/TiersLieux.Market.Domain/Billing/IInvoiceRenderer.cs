namespace TiersLieux.Market.Domain.Billing;

/// <summary>Draws an issued document for people.</summary>
public interface IInvoiceRenderer
{
    /// <summary>A PDF of one or more A4 pages.</summary>
    byte[] Render(Invoice invoice);
}
