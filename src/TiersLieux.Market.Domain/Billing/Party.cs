using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Billing;

public enum PartyKind
{
    /// <summary>A business or an association that buys as one.</summary>
    Business = 1,
    PublicBody = 2,
    Consumer = 3,
}

/// <summary>A postal address as printed on a document.</summary>
public sealed record PostalAddress
{
    public required string Street { get; init; }

    public string? Complement { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string CountryCode { get; init; } = "FR";
}

/// <summary>
/// Seller or buyer as it stood on the day of the document: everything the document prints about it. A frozen copy,
/// so that a later change of address or capital alters no issued document.
/// </summary>
public sealed record Party
{
    public required string Name { get; init; }

    public PartyKind Kind { get; init; } = PartyKind.Business;

    /// <summary>"Association loi 1901", "SARL", "Entrepreneur individuel"…</summary>
    public string? LegalForm { get; init; }

    /// <summary>As printed: "10 000 €", "capital variable"…</summary>
    public string? ShareCapital { get; init; }

    /// <summary>As printed: "RCS Lille 000 000 000", "RNA W000000000".</summary>
    public string? Registration { get; init; }

    /// <summary>Nine digits.</summary>
    public string? Siren { get; init; }

    /// <summary>Fourteen digits.</summary>
    public string? Siret { get; init; }

    public string? VatNumber { get; init; }

    public required PostalAddress Address { get; init; }

    public VatRegime Regime { get; init; } = VatRegime.Normal;

    public string? Email { get; init; }

    /// <summary>A copy of its own for each document, since a document owns its parties.</summary>
    internal Party Copy() => this with { Address = Address with { } };
}

/// <summary>The bank account that a document asks to be paid to.</summary>
public sealed record PayeeAccount
{
    public required string Holder { get; init; }

    /// <summary>Without spaces.</summary>
    public required string Iban { get; init; }

    public string? Bic { get; init; }
}
