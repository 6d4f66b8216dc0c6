using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>What came of a bank file: taken whole, or refused whole with the line of the fault.</summary>
/// <param name="Read">Movements in the file.</param>
/// <param name="Refused">Files refused: 0 or 1. Nothing of a refused file is kept.</param>
/// <param name="Matched">Movements matched at once, because they were certain.</param>
/// <param name="FaultLine">Line of the file, from 1; 0 when the file as a whole is at fault.</param>
[GenerateSerializer, Immutable]
public sealed record ImportAnswer(
    [property: Id(0)] int Read,
    [property: Id(1)] int New,
    [property: Id(2)] int AlreadyKnown,
    [property: Id(3)] int Refused,
    [property: Id(4)] int Matched,
    [property: Id(5)] int FaultLine,
    [property: Id(6)] Refusal? Refusal)
{
    public bool IsDone => Refusal is null;

    public static ImportAnswer No(Refusal refusal, int faultLine = 0) => new(0, 0, 0, 1, 0, faultLine, refusal);
}

/// <summary>Where reconciliation stands.</summary>
/// <param name="Matched">Movements that this round matched.</param>
/// <param name="Suggested">Open movements with at least one suggestion.</param>
/// <param name="Open">Open movements in all.</param>
[GenerateSerializer, Immutable]
public sealed record ReconcileAnswer([property: Id(0)] int Matched, [property: Id(1)] int Suggested, [property: Id(2)] int Open);
