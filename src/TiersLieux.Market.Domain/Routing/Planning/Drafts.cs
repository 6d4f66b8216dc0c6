namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>A run of an operation as placed, in minutes of the <see cref="PlanningClock"/>.</summary>
/// <param name="Index">Of the operation in its line.</param>
/// <param name="Quantity">Pieces made in it.</param>
/// <param name="Use">Hundredths of a person's minute per day.</param>
internal sealed record OperationDraft(int Index, Candidate Candidate, decimal Quantity, int Start, int End, (int Start, int End)[] Segments, (int Day, int Amount)[] Use);

/// <summary>A lot as placed.</summary>
/// <param name="Operations">In the order of the routing; several of a step when machines share it.</param>
internal sealed record LotDraft(LineModel Model, decimal Quantity, IReadOnlyList<OperationDraft> Operations, int End, int Delivered, long Cents, int Km);
