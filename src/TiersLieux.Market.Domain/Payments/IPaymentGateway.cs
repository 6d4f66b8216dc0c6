namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// The payment provider. The consortium takes the customer's payment, then transfers each workshop's share from it; it bears
/// the fees, refunds and disputes. What changes something carries the key of a stored operation: store first, then call, then
/// store the answer; after an unknown outcome or a crash the same call again is safe, however late. An
/// <c>account</c> argument acts for a connected account; null for the consortium.
/// </summary>
public interface IPaymentGateway
{
    Task<GatewayResult<CheckoutPage>> StartCheckout(CheckoutRequest request, CancellationToken cancellation = default);

    Task<GatewayResult<CheckoutFacts>> ReadCheckout(string sessionId, CancellationToken cancellation = default);

    /// <summary>Closes a page, so that nobody can pay on it any more. The answer is how it stands: it may have been paid before it closed.</summary>
    Task<GatewayResult<CheckoutFacts>> CloseCheckout(string sessionId, CancellationToken cancellation = default);

    /// <summary>Moves a workshop's share of a charge. Refused beyond the charge, and while the workshop's account is not ready.</summary>
    Task<GatewayResult<TransferFacts>> Transfer(TransferRequest request, CancellationToken cancellation = default);

    Task<GatewayResult<ReversalFacts>> ReverseTransfer(ReversalRequest request, CancellationToken cancellation = default);

    /// <summary>Gives money back to the payer, from the consortium's balance; transfers are reversed before, by a call of their own.</summary>
    Task<GatewayResult<RefundFacts>> Refund(RefundRequest request, CancellationToken cancellation = default);

    Task<GatewayResult<RefundFacts>> ReadRefund(string refundId, CancellationToken cancellation = default);

    Task<GatewayResult<PayoutFacts>> ReadPayout(string payoutId, string? account = null, CancellationToken cancellation = default);

    /// <summary>Payouts created since an instant, oldest first.</summary>
    Task<GatewayResult<IReadOnlyList<PayoutFacts>>> ListPayouts(DateTime since, string? account = null, CancellationToken cancellation = default);

    /// <summary>What an automatic payout is made of, oldest first, its own movement included. Refused for a manual one: nobody knows.</summary>
    Task<GatewayResult<IReadOnlyList<BalanceTransaction>>> ListPayoutContents(string payoutId, string? account = null, CancellationToken cancellation = default);

    /// <summary>Every movement created since an instant, oldest first.</summary>
    Task<GatewayResult<IReadOnlyList<BalanceTransaction>>> ListBalanceTransactions(DateTime since, string? account = null, CancellationToken cancellation = default);

    Task<GatewayResult<BalanceFacts>> ReadBalance(string? account = null, CancellationToken cancellation = default);

    Task<GatewayResult<AccountFacts>> CreateAccount(AccountRequest request, CancellationToken cancellation = default);

    Task<GatewayResult<AccountFacts>> ReadAccount(string accountId, CancellationToken cancellation = default);

    Task<GatewayResult<OnboardingLink>> StartOnboarding(OnboardingRequest request, CancellationToken cancellation = default);
}
