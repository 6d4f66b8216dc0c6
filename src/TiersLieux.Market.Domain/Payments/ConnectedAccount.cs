namespace TiersLieux.Market.Domain.Payments;

/// <summary>Whether a workshop's account may receive transfers.</summary>
public enum CapabilityState
{
    /// <summary>Not asked for, or the provider still wants something from the workshop.</summary>
    Inactive,

    /// <summary>The provider is checking.</summary>
    Pending,

    Active,
}

/// <summary>An organisation's account at the provider, where its share of orders arrives.</summary>
public sealed class ConnectedAccount
{
    private ConnectedAccount()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public Guid OrganisationId { get; private set; }

    public string IdempotencyKey { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary><c>acct_…</c>; null until the provider has made it.</summary>
    public string? StripeId { get; private set; }

    public CapabilityState Transfers { get; private set; }

    public bool PayoutsEnabled { get; private set; }

    /// <summary>What the provider still asks the workshop for, in its own words.</summary>
    public IReadOnlyList<string> RequirementsDue { get; private set; } = [];

    /// <summary>When the provider was last asked; what it said before may no longer hold.</summary>
    public DateTime? ReadAt { get; private set; }

    public OperationKey Operation => new(IdempotencyKey, CreatedAt);

    public bool CanReceive => StripeId is not null && Transfers == CapabilityState.Active;

    public static ConnectedAccount Create(Guid organisationId, DateTime now)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        return new ConnectedAccount
        {
            Id = id,
            OrganisationId = organisationId,
            IdempotencyKey = OperationKey.For("account", id, 1),
            CreatedAt = now,
        };
    }

    /// <summary>What the provider says now; always a change, if only of <see cref="ReadAt"/>.</summary>
    public StateChange Update(AccountFacts facts, DateTime now)
    {
        if (StripeId is not null && StripeId != facts.AccountId) return StateChange.No(PaymentReasons.OtherReference(StripeId, facts.AccountId));
        ReadAt = now;
        StripeId = facts.AccountId;
        Transfers = facts.Transfers;
        PayoutsEnabled = facts.PayoutsEnabled;
        RequirementsDue = facts.RequirementsDue;
        return StateChange.Yes;
    }
}
