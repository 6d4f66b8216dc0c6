using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>What happened to the rows of one table.</summary>
/// <param name="Known">Already in the database; left as they are there.</param>
public sealed record SeedCount(string Table, int Read, int Inserted, int Known);

/// <summary>What is wrong where.</summary>
/// <param name="Line">In the file, the header being line 1; 0 when the file as a whole is at fault.</param>
/// <param name="Column">Name of the column; empty when the row as a whole is at fault.</param>
public sealed record SeedFault(string File, int Line, string Column, Reason Reason);

public abstract record SeedResult
{
    private SeedResult()
    {
    }

    public sealed record Loaded(IReadOnlyList<SeedCount> Tables) : SeedResult
    {
        public int Inserted => Tables.Sum(t => t.Inserted);
    }

    /// <summary>Nothing was stored.</summary>
    /// <param name="Faults">At least one.</param>
    public sealed record Refused(IReadOnlyList<SeedFault> Faults) : SeedResult;
}
