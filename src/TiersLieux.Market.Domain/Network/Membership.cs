namespace TiersLieux.Market.Domain.Network;

/// <summary>A person's membership of a place, dated; it is in force on [From, Until].</summary>
public sealed class Membership
{
    private Membership() { }

    public Membership(Guid id, Guid personId, Guid placeId, DateOnly from, DateOnly until)
    {
        Id = id;
        PersonId = personId;
        PlaceId = placeId;
        From = from;
        Until = until;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid PlaceId { get; private set; }

    public DateOnly From { get; private set; }

    public DateOnly Until { get; private set; }

    public bool InForce(DateOnly day) => From <= day && day <= Until;
}

/// <summary>The right to use a kind of machine, granted by a training or a manager of a place, with an end.</summary>
public sealed class Credential
{
    private Credential() { }

    public Credential(Guid id, Guid personId, string kind, Guid grantedByPlaceId, DateOnly from, DateOnly until)
    {
        Id = id;
        PersonId = personId;
        Kind = kind;
        GrantedByPlaceId = grantedByPlaceId;
        From = from;
        Until = until;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>The kind of machine, as resources name it.</summary>
    public string Kind { get; private set; } = "";

    public Guid GrantedByPlaceId { get; private set; }

    public DateOnly From { get; private set; }

    public DateOnly Until { get; private set; }

    public bool InForce(DateOnly day) => From <= day && day <= Until;
}
