namespace TiersLieux.Market.Domain.Network;

/// <summary>A human being who signs in. What signing in needs (password, passkeys) is kept by Identity under the same id.</summary>
public sealed class Person
{
    private Person() { }

    public Person(Guid id, string email, string displayName, string language, Guid? organisationId)
    {
        Id = id;
        Email = email;
        DisplayName = displayName;
        Language = language;
        OrganisationId = organisationId;
    }

    public Guid Id { get; private set; }

    public string Email { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>fr or en: language of mails and of the first page.</summary>
    public string Language { get; private set; } = "fr";

    /// <summary>The organisation the person acts for, unless chosen otherwise.</summary>
    public Guid? OrganisationId { get; private set; }

    public bool IsFictitious { get; init; }
}
