using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>Acceptance of one plan of a quote.</summary>
/// <param name="Street">Where in the commune of the quote, if the customer said.</param>
[GenerateSerializer, Immutable]
public sealed record AcceptPlan(
    [property: Id(0)] Guid PersonId,
    [property: Id(1)] Guid QuoteId,
    [property: Id(2)] PlanKind Plan,
    [property: Id(3)] string? Street);

/// <summary>
/// The owner of one order's intent: it holds capacity, confirms it, follows production and has everybody invoiced and paid. Its key is the order's id,
/// which the caller derives from the request, so that asking twice is one order. Each step can be done again after a kill.
/// </summary>
public interface IOrderGrain : IGrainWithGuidKey
{
    /// <summary>Places the order and holds its capacity; returns its number.</summary>
    Task<Outcome<string>> Accept(AcceptPlan command);

    /// <summary>The payment page of what is due now (deposit or balance): an address at the provider.</summary>
    Task<Outcome<string>> Pay(Guid personId);

    /// <summary>The provider says that a payment of this order has succeeded.</summary>
    Task PaymentSucceeded(Guid paymentId);

    Task<Outcome> Cancel(Guid personId);

    Task<Outcome> AcceptWork(Guid personId, Guid workOrderId);

    /// <summary>The workshop says no; the work is planned elsewhere at once.</summary>
    Task<Outcome> DeclineWork(Guid personId, Guid workOrderId, string reason);

    /// <summary>Progress in totals: pieces good and rejected so far.</summary>
    Task<Outcome> ReportWork(Guid personId, Guid workOrderId, decimal done, decimal rejected, string? note);

    Task<Outcome> FinishWork(Guid personId, Guid workOrderId);

    /// <summary>
    /// The customer's word on the later date that was proposed: agreed, it is the new promise; refused, the order is cancelled and its deposit refunded.
    /// Refused with <c>work-begun</c> when something is made already, and when the proposal is another by now.
    /// </summary>
    Task<Outcome> AnswerLaterDate(Guid personId, DateOnly promiseDate, bool agrees);

    /// <summary>A machine is down from then until then: what the order needs of it is planned again.</summary>
    Task<Outcome> MachineBroken(Guid machineId, DateTime from, DateTime until);

    /// <summary>The customer signs for what arrived.</summary>
    Task<Outcome> SignReceipt(Guid personId, string name, string? reserve);

    /// <summary>
    /// Gives work its earlier times, all of it or none, in one transaction. Refused when the order or its work has changed since it was read, or the time
    /// is taken.
    /// </summary>
    Task<Outcome> Advance(AdvanceOrder command);

    /// <summary>Does what is due: the sweep calls it, and it is safe at any time.</summary>
    Task Continue();
}
