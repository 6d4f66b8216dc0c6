namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>A machine and a time for every operation.</summary>
/// <param name="Makespan">The last end.</param>
/// <param name="Operations">By job, then index.</param>
public sealed record ShopPlan(int Makespan, IReadOnlyList<ShopPlannedOperation> Operations);

/// <summary>Job, index in it, machine and factory count from 0. From start to end the machine is the operation's, suspensions included.</summary>
public readonly record struct ShopPlannedOperation(int Job, int Index, int Machine, int Factory, int Start, int End);
