using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Web.Orders;

/// <summary>In which quality somebody looks at an order.</summary>
public enum OrderAccess
{
    /// <summary>The customer's people: everything but what the workshops are paid.</summary>
    Customer,

    /// <summary>A workshop that makes part of it: its own work and its own documents.</summary>
    Workshop,

    /// <summary>Treasurer and administrator: everything.</summary>
    Staff,
}

/// <summary>A line of the list of orders.</summary>
/// <param name="Title">Of the first line.</param>
/// <param name="MoreLines">How many lines come after the first.</param>
/// <param name="Later">A later date that waits for the customer's word.</param>
public sealed record OrderSummary(
    Guid Id, string Number, DateTime CreatedAt, OrderState State, DateOnly PromiseDate, Money InclTax, Money Deposit, string Title, decimal Quantity, string Unit, int MoreLines, DateOnly? Later);

/// <summary>The head of an issued document.</summary>
public sealed record DocumentHead(Guid Id, string Number, DocumentKind Kind, DateOnly IssueDate, Money InclTax, Money Payable, string? SellerSiren);

/// <summary>A payment as its payer may see it.</summary>
public sealed record PaymentHead(Guid Id, PaymentPurpose Purpose, PaymentState State, Money Amount, DateTime CreatedAt, DateTime? SettledAt);

/// <summary>One order for one viewer; what the viewer may not see is not in it.</summary>
/// <param name="WorkOrders">All that the viewer may see, replaced ones included.</param>
/// <param name="Expected">Paris date on which it arrives as planned now, where that is sooner than promised; null otherwise.</param>
/// <param name="Due">What is to be paid now; zero when nothing is.</param>
public sealed record OrderView(
    Order Order,
    OrderAccess Access,
    IReadOnlyList<WorkOrder> WorkOrders,
    IReadOnlyList<DocumentHead> Documents,
    IReadOnlyList<PaymentHead> Payments,
    IReadOnlyList<OrderEvent> Events,
    DeliveryNote? Note,
    WorkshopSites Sites,
    Commune? Delivery,
    DateOnly? Expected,
    Money Due)
{
    public bool SeesPrices => Access != OrderAccess.Workshop;

    /// <summary>A payment has been made at the provider and its outcome is not known here yet.</summary>
    public bool PaymentPending => Payments.Any(p => p.State == PaymentState.Processing);
}
