using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>What came of a call to the payment provider. Nothing else can come of it: no exception but cancellation.</summary>
public abstract record GatewayResult<T>
{
    private GatewayResult()
    {
    }

    public sealed record Done(T Value) : GatewayResult<T>;

    /// <summary>The payer's bank or card said no; the payer can try another means.</summary>
    /// <param name="Reason">To show to the payer.</param>
    /// <param name="DeclineCode">The provider's code (<c>insufficient_funds</c>, <c>generic_decline</c>…), if it gave one.</param>
    public sealed record Declined(Reason Reason, string? DeclineCode) : GatewayResult<T>;

    /// <summary>
    /// The provider will not do it, now and under this key: repeating the same call gives the same answer.
    /// Something has to change first (the request, the balance, an account's capability), and then the key too.
    /// </summary>
    /// <param name="Reason">To show to the treasurer.</param>
    /// <param name="Code">The provider's code (<c>balance_insufficient</c>, <c>resource_missing</c>…), if it gave one.</param>
    public sealed record Refused(Reason Reason, string? Code) : GatewayResult<T>;

    /// <summary>No answer that settles it. Repeat the same call later, with the same key and the same content.</summary>
    /// <param name="Reason">To show to whoever waits.</param>
    /// <param name="OutcomeUnknown">True when the provider may have done it all the same; only the same key makes a repeat safe.</param>
    /// <param name="RetryAfter">How long the provider asked to wait, if it said so.</param>
    public sealed record Unavailable(Reason Reason, bool OutcomeUnknown, TimeSpan? RetryAfter = null) : GatewayResult<T>;
}
