using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>What came of telling an entity what happened.</summary>
public abstract record StateChange
{
    private StateChange()
    {
    }

    /// <summary>The entity now says so; save it.</summary>
    public sealed record Changed : StateChange;

    /// <summary>It was known already (a webhook twice, or late): nothing to save, nothing to do.</summary>
    public sealed record Unchanged : StateChange;

    /// <summary>It cannot be; the entity is as it was.</summary>
    public sealed record Refused(Reason Reason) : StateChange;

    internal static StateChange Yes { get; } = new Changed();

    internal static StateChange Same { get; } = new Unchanged();

    internal static StateChange No(Reason reason) => new Refused(reason);
}
