using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>The one place where what went wrong over there becomes what our code can handle.</summary>
internal static class StripeErrors
{
    internal static GatewayResult<T> Map<T>(StripeAnswer.Failure failure, bool changes)
    {
        var error = failure.Error;
        if (failure.Status == 402 || error.Type == "card_error")
            return new GatewayResult<T>.Declined(Declined(error.DeclineCode ?? error.Code), error.DeclineCode ?? error.Code);

        var unknown = changes && failure.EarlierUnknown;
        if (failure.Status is 409 or >= 500) return new GatewayResult<T>.Unavailable(Down(error), changes, failure.RetryAfter);
        if (failure.Status == 429) return new GatewayResult<T>.Unavailable(Busy, unknown, failure.RetryAfter);

        // The key was used for something else: that something may have been carried out, so no other key may follow.
        if (error.Type == "idempotency_error") return new GatewayResult<T>.Unavailable(KeyReused(error), changes);

        // Not let in now says nothing of an attempt that was. An account that is not ours answers 403 too, though the key is good.
        var notLetIn = failure.Status == 401 || (failure.Status == 403 && error.Code != "account_invalid");
        if (notLetIn && unknown) return new GatewayResult<T>.Unavailable(NotLetIn(error), true);
        return new GatewayResult<T>.Refused(notLetIn ? NotLetIn(error) : Refused(failure.Status, error), error.Code ?? error.Type);
    }

    internal static GatewayResult<T> Map<T>(StripeAnswer.Silence silence, bool changes) =>
        new GatewayResult<T>.Unavailable(NoAnswer, changes && silence.MayHaveRun);

    internal static GatewayResult<T> Unreadable<T>(bool changes) => new GatewayResult<T>.Unavailable(NoAnswer, changes);

    private static Reason Declined(string? code) => code switch
    {
        "insufficient_funds" => new(
            "payment-insufficient-funds",
            "La banque a refusé le paiement : la provision est insuffisante. Essayez une autre carte ou un autre moyen de paiement.",
            "The bank declined the payment: insufficient funds. Try another card or another means of payment."),
        "expired_card" => new(
            "payment-expired-card",
            "La carte est expirée. Essayez une autre carte.",
            "The card has expired. Try another card."),
        "authentication_required" => new(
            "payment-authentication",
            "La banque demande une authentification qui n'a pas abouti. Recommencez, ou essayez une autre carte.",
            "The bank asks for an authentication that was not completed. Try again, or use another card."),
        _ => new(
            "payment-declined",
            "La banque a refusé le paiement. Essayez une autre carte ou un autre moyen de paiement, ou appelez votre banque.",
            "The bank declined the payment. Try another card or another means of payment, or call your bank."),
    };

    private static Reason Refused(int status, StripeError error) => error.Code switch
    {
        "balance_insufficient" => new(
            "payment-balance-insufficient",
            "Le solde disponible chez le prestataire de paiement ne suffit pas. L'opération sera reprise quand il suffira.",
            "The balance available at the payment provider is too small. The operation is taken up again when it suffices."),
        "charge_already_refunded" => new(
            "payment-already-refunded",
            "Ce paiement est déjà remboursé en totalité.",
            "This payment is refunded in full already."),
        "insufficient_capabilities_for_transfer" => new(
            "payment-account-not-ready",
            "Le compte de l'atelier chez le prestataire de paiement n'est pas encore activé. L'atelier doit terminer son inscription.",
            "The workshop's account at the payment provider is not active yet. The workshop has to finish its registration."),
        "resource_missing" or "account_invalid" => new(
            "payment-not-found",
            $"Le prestataire de paiement ne connaît pas cet objet ({What(error)}). Vérifiez que la clé est celle du bon compte.",
            $"The payment provider does not know this object ({What(error)}). Check that the key belongs to the right account."),
        _ => new(
            "payment-refused",
            $"Le prestataire de paiement a refusé l'opération ({status}, {What(error)}). Rien n'a été changé ; prévenez l'administration du site.",
            $"The payment provider refused the operation ({status}, {What(error)}). Nothing was changed; tell the site's administrators."),
    };

    private static Reason NotLetIn(StripeError error) => new(
        "payment-not-let-in",
        $"Le prestataire de paiement refuse notre clé ({What(error)}). Vérifiez le réglage Payments:SecretKey.",
        $"The payment provider refuses our key ({What(error)}). Check the setting Payments:SecretKey.");

    private static Reason KeyReused(StripeError error) => new(
        "payment-key-reused",
        $"La même opération a été envoyée avec un autre contenu ({What(error)}). Vérifiez chez le prestataire ce qui a été fait avant toute reprise.",
        $"The same operation was sent with another content ({What(error)}). Check with the provider what was done before trying anything again.");

    private static Reason Down(StripeError error) => new(
        "payment-unavailable",
        $"Le prestataire de paiement est en panne pour le moment{Trace(error)}. L'opération sera reprise, sans risque de double paiement.",
        $"The payment provider is out of order for now{Trace(error)}. The operation will be taken up again, with no risk of paying twice.");

    private static Reason Busy { get; } = new(
        "payment-busy",
        "Le prestataire de paiement est très sollicité. L'opération sera reprise dans un instant.",
        "The payment provider is very busy. The operation will be taken up again in a moment.");

    private static Reason NoAnswer { get; } = new(
        "payment-no-answer",
        "Le prestataire de paiement n'a pas répondu. L'opération sera reprise, sans risque de double paiement.",
        "The payment provider did not answer. The operation will be taken up again, with no risk of paying twice.");

    private static string What(StripeError error) =>
        string.Join(", ", new[] { error.Code ?? error.Type, error.Parameter, error.Message, error.RequestId }.Where(t => !string.IsNullOrEmpty(t))) is { Length: > 0 } text
            ? text
            : "no detail";

    private static string Trace(StripeError error) => error.RequestId is null ? "" : $" ({error.RequestId})";
}
