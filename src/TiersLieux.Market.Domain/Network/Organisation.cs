namespace TiersLieux.Market.Domain.Network;

public enum OrganisationKind
{
    Company,
    Association,
    PublicBody,
    Person,
}

/// <summary>A legal person or a private person: member, customer, or both.</summary>
public sealed class Organisation
{
    private Organisation() { }

    public Organisation(Guid id, string code, string name, OrganisationKind kind, VatRegime vatRegime, Address address, string email)
    {
        Id = id;
        Code = code;
        Name = name;
        Kind = kind;
        VatRegime = vatRegime;
        Address = address;
        Email = email;
    }

    public Guid Id { get; private set; }

    /// <summary>Stable key of the seed tables and of imports.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public OrganisationKind Kind { get; private set; }

    public VatRegime VatRegime { get; private set; }

    public Address Address { get; private set; } = null!;

    public string Email { get; private set; } = "";

    /// <summary>SARL, association loi 1901, entreprise individuelle…; printed on invoices.</summary>
    public string LegalForm { get; init; } = "";

    /// <summary>Share capital as printed, for companies.</summary>
    public string? Capital { get; init; }

    /// <summary>Trade register and its town, as printed.</summary>
    public string? TradeRegister { get; init; }

    public string? Siren { get; init; }

    /// <summary>Establishment number (14 digits) of the seat.</summary>
    public string? Siret { get; init; }

    public string? VatNumber { get; init; }

    public string? Iban { get; init; }

    /// <summary>Visibly fictitious: a demo account, never a real body.</summary>
    public bool IsFictitious { get; init; }

    /// <summary>The legal person that sells on behalf of the network and keeps its money.</summary>
    public bool IsConsortiumLead { get; init; }

    /// <summary>Prefix of the series in which the consortium issues this workshop's self-billed invoices.</summary>
    public string? SelfBillingPrefix { get; init; }

    /// <summary>Day the self-billing mandate was signed; none, no self-billed invoice.</summary>
    public DateOnly? SelfBillingMandate { get; init; }

    /// <summary>A customer who may pay on 30 days and confirms orders without a deposit.</summary>
    public bool HasApprovedTerms { get; private set; }

    public int Version { get; private set; }

    public bool IsBusiness => Kind != OrganisationKind.Person;

    public void ApproveTerms() => HasApprovedTerms = true;
}
