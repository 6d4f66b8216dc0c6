using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Web.Components.Basics;

namespace TiersLieux.Market.Web.Orders;

/// <summary>States and kinds as people read them.</summary>
public static class Wordings
{
    public static Text Name(this PlanKind kind) => kind switch
    {
        PlanKind.Fastest => new("Le plus rapide", "The fastest"),
        PlanKind.Cheapest => new("Le moins cher", "The cheapest"),
        PlanKind.Nearest => new("Le plus proche", "The nearest"),
        _ => new("L'équilibré", "The balanced one"),
    };

    /// <summary>As the API and addresses write it.</summary>
    public static string Code(this PlanKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Only the names of <see cref="Code"/>; a number is no name.</summary>
    public static PlanKind? PlanKindOf(string? code)
    {
        foreach (var kind in Enum.GetValues<PlanKind>())
        {
            if (string.Equals(kind.Code(), code?.Trim(), StringComparison.OrdinalIgnoreCase)) return kind;
        }

        return null;
    }

    public static Text Name(this OrderState state) => state switch
    {
        OrderState.Holding => new("Réservation en cours", "Being reserved"),
        OrderState.AwaitingDeposit => new("Acompte à payer", "Deposit to pay"),
        OrderState.Confirming => new("Confirmation en cours", "Being confirmed"),
        OrderState.InProduction => new("En fabrication", "In production"),
        OrderState.Delivered => new("Réception à signer", "Receipt to sign"),
        OrderState.Received => new("Facture en préparation", "Invoice on its way"),
        OrderState.AwaitingBalance => new("Solde à payer", "Balance to pay"),
        OrderState.Settling => new("Payée, ateliers en cours de paiement", "Paid, workshops being paid"),
        OrderState.Completed => new("Terminée", "Completed"),
        _ => new("Annulée", "Cancelled"),
    };

    public static Tone Tone(this OrderState state) => state switch
    {
        OrderState.AwaitingDeposit or OrderState.Delivered or OrderState.AwaitingBalance => Components.Basics.Tone.Waiting,
        OrderState.Completed or OrderState.Settling => Components.Basics.Tone.Good,
        OrderState.Cancelled => Components.Basics.Tone.Neutral,
        _ => Components.Basics.Tone.Info,
    };

    public static Text Name(this WorkOrderState state) => state switch
    {
        WorkOrderState.Planned => new("Prévu", "Planned"),
        WorkOrderState.Tentative => new("Prévu si la nouvelle date convient", "Planned if the new date suits"),
        WorkOrderState.Proposed => new("Attend la réponse de l'atelier", "Waiting for the workshop's answer"),
        WorkOrderState.Accepted => new("Accepté", "Accepted"),
        WorkOrderState.InProgress => new("En cours", "In progress"),
        WorkOrderState.Done => new("Terminé", "Done"),
        WorkOrderState.Declined => new("Refusé, replanifié ailleurs", "Declined, planned elsewhere"),
        _ => new("Remplacé", "Replaced"),
    };

    public static Tone Tone(this WorkOrderState state) => state switch
    {
        WorkOrderState.Proposed => Components.Basics.Tone.Waiting,
        WorkOrderState.Accepted or WorkOrderState.InProgress => Components.Basics.Tone.Info,
        WorkOrderState.Done => Components.Basics.Tone.Good,
        _ => Components.Basics.Tone.Neutral,
    };

    public static Text Name(this DocumentKind kind) => kind switch
    {
        DocumentKind.Deposit => new("Facture d'acompte", "Deposit invoice"),
        DocumentKind.Invoice => new("Facture", "Invoice"),
        DocumentKind.SelfBilled => new("Autofacture", "Self-billed invoice"),
        DocumentKind.Corrective => new("Facture rectificative", "Corrective invoice"),
        DocumentKind.DepositCreditNote => new("Avoir sur acompte", "Deposit credit note"),
        DocumentKind.SelfBilledCreditNote => new("Avoir autofacturé", "Self-billed credit note"),
        _ => new("Avoir", "Credit note"),
    };

    public static Text Name(this PaymentPurpose purpose) => purpose switch
    {
        PaymentPurpose.Deposit => new("Acompte", "Deposit"),
        PaymentPurpose.Balance => new("Solde", "Balance"),
        _ => new("Réservation", "Booking"),
    };

    public static Text Name(this PaymentState state) => state switch
    {
        PaymentState.Created or PaymentState.Started => new("page de paiement ouverte", "payment page open"),
        PaymentState.Processing => new("la banque confirme", "the bank is confirming"),
        PaymentState.Succeeded => new("payé", "paid"),
        PaymentState.Failed => new("refusé", "refused"),
        PaymentState.Cancelled => new("abandonné", "given up"),
        PaymentState.Refunding => new("remboursement en cours", "refund under way"),
        _ => new("remboursé", "refunded"),
    };
}
