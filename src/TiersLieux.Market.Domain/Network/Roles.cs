namespace TiersLieux.Market.Domain.Network;

public enum Role
{
    Buyer,
    Artisan,
    PlaceManager,
    Animator,
    Treasurer,
    Administrator,
}

/// <summary>What a role is valid for.</summary>
public enum RoleScope
{
    Organisation,
    Place,
    Circle,
    Consortium,
}

/// <summary>A role of a person in an organisation, a place, a circle or the whole consortium.</summary>
public sealed class RoleGrant
{
    private RoleGrant() { }

    public RoleGrant(Guid id, Guid personId, Role role, RoleScope scope, Guid? scopeId)
    {
        Id = id;
        PersonId = personId;
        Role = role;
        Scope = scope;
        ScopeId = scopeId;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Role Role { get; private set; }

    public RoleScope Scope { get; private set; }

    /// <summary>Id of the organisation, place or circle; null for the consortium.</summary>
    public Guid? ScopeId { get; private set; }
}

/// <summary>Who asks: a person with the roles held now. Every rule is decided on this, on the server.</summary>
public sealed record Actor(Guid PersonId, string Name, Guid? OrganisationId, IReadOnlyList<ActorRole> Roles)
{
    /// <summary>The program itself: sweeps, webhooks, the relay.</summary>
    public static Actor System { get; } = new(Guid.Empty, "système", null, [new ActorRole(Role.Administrator, RoleScope.Consortium, null)]);

    /// <summary>A visitor who has not signed in.</summary>
    public static Actor Anonymous { get; } = new(Guid.Empty, "", null, []);

    public bool IsAnonymous => PersonId == Guid.Empty && Roles.Count == 0;

    /// <summary>Of the consortium; nobody administers a part of it.</summary>
    public bool IsAdministrator => Roles.Any(r => r is { Role: Role.Administrator, Scope: RoleScope.Consortium });

    public bool Has(Role role) => Roles.Any(r => r.Role == role);

    /// <summary>Holds the role for this very scope, or is the consortium's administrator.</summary>
    public bool Has(Role role, RoleScope scope, Guid scopeId) =>
        IsAdministrator || Roles.Any(r => r.Role == role && (r.Scope == RoleScope.Consortium || (r.Scope == scope && r.ScopeId == scopeId)));

    /// <summary>Acts for the organisation.</summary>
    public bool ActsFor(Guid organisationId) =>
        OrganisationId == organisationId || Roles.Any(r => r.Scope == RoleScope.Organisation && r.ScopeId == organisationId);
}

public sealed record ActorRole(Role Role, RoleScope Scope, Guid? ScopeId);
