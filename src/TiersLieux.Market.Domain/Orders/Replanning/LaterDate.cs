namespace TiersLieux.Market.Domain.Orders.Replanning;

/// <summary>A plan that is later than promised: the customer is asked, and time for it is held meanwhile.</summary>
/// <param name="AnswerBy">Until when, UTC.</param>
/// <param name="IsAsked">Whether all its time is held and the customer knows.</param>
/// <param name="Kept">The work orders that would lose work.</param>
public sealed record LaterDate(DateOnly PromiseDate, DateTime AnswerBy, bool IsAsked, IReadOnlyList<KeptPart> Kept);

/// <summary>What a work order keeps when the order is planned again; nothing means that it is replaced.</summary>
public sealed record KeptPart(Guid WorkOrder, IReadOnlyList<WorkOrderOperation> Operations);
