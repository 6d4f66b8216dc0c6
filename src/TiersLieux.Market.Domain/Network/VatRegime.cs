namespace TiersLieux.Market.Domain.Network;

/// <summary>How a seller stands towards VAT.</summary>
public enum VatRegime
{
    /// <summary>Taxable; VAT on services falls due when they are paid.</summary>
    Normal = 1,

    /// <summary>Taxable, opted for debits: VAT on services falls due with the invoice.</summary>
    NormalOnDebits = 2,

    /// <summary>Franchise en base, art. 293 B of the CGI.</summary>
    Franchise = 3,

    /// <summary>Non-profit body exempt under art. 261-7-1° of the CGI.</summary>
    ExemptAssociation = 4,
}
