using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>The provider's payment page for one payment.</summary>
public sealed record CheckoutPage(string SessionId, string Url);

public enum CheckoutState
{
    /// <summary>The page waits for the payer; a declined card leaves it open.</summary>
    Open,

    /// <summary>The payer has agreed, the bank has yet to pay.</summary>
    Processing,

    Paid,

    /// <summary>The payer had agreed and the bank refused; the page is used up.</summary>
    Failed,

    /// <summary>Closed with nothing paid.</summary>
    Expired,
}

/// <summary>How a payment page stands.</summary>
/// <param name="Charge">Present when paid.</param>
/// <param name="FailureCode">The last refusal, where there was one.</param>
public sealed record CheckoutFacts(string SessionId, CheckoutState State, Money Amount, string? PaymentIntentId, PaidCharge? Charge, string? FailureCode);

/// <summary>A charge that succeeded. <see cref="Fee"/> and <see cref="Net"/> are null as long as the provider has not booked it.</summary>
public sealed record PaidCharge(string PaymentIntentId, string ChargeId, Money Amount, Money? Fee, Money? Net);

public sealed record TransferFacts(string TransferId, string AccountId, Money Amount, Money Reversed, string? SourceChargeId);

public sealed record ReversalFacts(string ReversalId, string TransferId, Money Amount);

public sealed record RefundFacts(string RefundId, RefundState State, Money Amount, string? FailureCode = null);

public sealed record PayoutFacts(
    string PayoutId,
    Money Amount,
    DateOnly ArrivalDate,
    PayoutState State,
    bool Automatic,
    string? StatementText,
    string? FailureCode,
    DateTime CreatedAt);

public sealed record AccountFacts(string AccountId, CapabilityState Transfers, bool PayoutsEnabled, IReadOnlyList<string> RequirementsDue);

/// <summary>A page where a workshop tells the provider who it is. Single use; coming back from it proves nothing: read the account.</summary>
public sealed record OnboardingLink(string Url, DateTime ExpiresAt);

/// <summary>What an account holds: ready to pay out or transfer, and on its way.</summary>
public sealed record BalanceFacts(Money Available, Money Pending);
