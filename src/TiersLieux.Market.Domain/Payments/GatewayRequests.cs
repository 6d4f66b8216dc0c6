using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// One payment page. All of it must be the same each time it is sent under the same key: take it from stored values.
/// </summary>
/// <param name="OrderReference">Groups the charges and transfers of an order at the provider, and is what people see there (CMD-2026-000123).</param>
/// <param name="Lines">At least one; they add up to the amount.</param>
/// <param name="SuccessUrl">Where the payer lands after paying; it proves nothing: read the checkout.</param>
public sealed record CheckoutRequest(
    OperationKey Key,
    Guid PaymentId,
    string OrderReference,
    IReadOnlyList<CheckoutLine> Lines,
    string CustomerEmail,
    Uri SuccessUrl,
    Uri CancelUrl,
    DateTime ExpiresAt,
    PaymentMeans Means = PaymentMeans.Card,
    string Language = "fr")
{
    public Money Amount => Lines.Skip(1).Aggregate(Lines[0].Amount, (sum, line) => sum + line.Amount);
}

/// <param name="Label">What the payer reads, with the quantity in words where it matters.</param>
/// <param name="Amount">Of the whole line, all taxes included, positive.</param>
public sealed record CheckoutLine(string Label, Money Amount);

[Flags]
public enum PaymentMeans
{
    Card = 1,
    SepaDebit = 2,
}

public sealed record TransferRequest(
    OperationKey Key,
    Guid TransferId,
    string AccountId,
    Money Amount,
    string SourceChargeId,
    string OrderReference);

public sealed record ReversalRequest(OperationKey Key, Guid ReversalId, string TransferId, Money Amount);

public sealed record RefundRequest(OperationKey Key, Guid RefundId, string ChargeId, Money Amount);

/// <param name="Email">Of the person who will fill in the provider's form.</param>
public sealed record AccountRequest(OperationKey Key, Guid OrganisationId, string LegalName, string Email);

/// <param name="Key">One per link: links are used once, so a new wish needs a new key.</param>
/// <param name="ReturnUrl">Where the workshop lands when done, or when it gave up.</param>
/// <param name="RefreshUrl">Where it lands when the link was used or too old: make another.</param>
public sealed record OnboardingRequest(OperationKey Key, string AccountId, Uri ReturnUrl, Uri RefreshUrl);
