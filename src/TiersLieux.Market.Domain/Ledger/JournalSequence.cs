namespace TiersLieux.Market.Domain.Ledger;

/// <summary>The entry counter of one legal person, journal and year; stored in the transaction of the entry.</summary>
public sealed class JournalSequence
{
    private JournalSequence() => Journal = "";

    public Guid Id { get; private set; }

    public int Version { get; private set; }

    public Guid EntityId { get; private set; }

    public string Journal { get; private set; }

    public int Year { get; private set; }

    public int NextNumber { get; private set; }

    public static JournalSequence Open(Guid entityId, string journal, int year) =>
        new() { Id = Guid.CreateVersion7(), EntityId = entityId, Journal = journal, Year = year, NextNumber = 1 };

    internal void Advance() => NextNumber++;
}
