using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Payments;

/// <summary>The refusals of this area.</summary>
internal static class PaymentReasons
{
    internal static Reason CannotMove<TState>(TState from, TState to)
        where TState : struct, Enum => new(
            "payment-state",
            $"Cette opération ne peut pas passer de « {from} » à « {to} ». Rechargez la page pour voir où elle en est.",
            $"This operation cannot go from “{from}” to “{to}”. Reload the page to see where it stands.");

    internal static Reason OtherReference(string kept, string given) => new(
        "payment-other-reference",
        $"Cette opération est déjà connue sous « {kept} » ; « {given} » en serait une seconde. Prévenez la trésorière ou le trésorier.",
        $"This operation is already known as “{kept}”; “{given}” would be a second one. Tell the treasurer.");

    internal static Reason OtherAmount(Money expected, Money given) => new(
        "payment-amount-differs",
        $"Le montant reçu ({Fr(given)}) n'est pas celui attendu ({Fr(expected)}). À vérifier dans la page de trésorerie.",
        $"The amount received ({given}) is not the one expected ({expected}). Check it on the treasury page.");

    internal static Reason OverRefund(Money left) => new(
        "refund-too-large",
        $"Le remboursement dépasse ce qui reste de ce paiement : {Fr(left)} au plus.",
        $"The refund exceeds what is left of this payment: {left} at most.") { Field = "amount" };

    internal static Reason OverReversal(Money left) => new(
        "reversal-too-large",
        $"La reprise dépasse ce qui reste de ce reversement : {Fr(left)} au plus.",
        $"The reversal exceeds what is left of this transfer: {left} at most.") { Field = "amount" };

    internal static Reason NotCovered(Money missing) => new(
        "share-not-covered",
        $"Les paiements reçus ne couvrent pas la part de l'atelier : il manque {Fr(missing)}. Attendez le solde du client, ou payez la différence par virement.",
        $"The payments received do not cover the workshop's share: {missing} is missing. Wait for the customer's balance, or pay the difference by bank transfer.");

    private static string Fr(Money money) => FormattableString.Invariant($"{money.Amount:0.00}").Replace('.', ',') + (money.Currency == "EUR" ? " €" : " " + money.Currency);
}
