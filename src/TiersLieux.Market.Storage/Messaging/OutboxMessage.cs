using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TiersLieux.Market.Storage.Messaging;

/// <summary>Something the world must hear, written in the transaction that caused it and sent by the relay until it succeeds or is dead.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage() { }

    /// <param name="kind">Which handler takes it: <c>mail</c>, <c>transfer</c>, <c>stripe-event</c>…</param>
    /// <param name="key">Unique per kind: writing the same message twice is one message.</param>
    public OutboxMessage(string kind, string key, string payload, DateTime now, DateTime? dueAt = null)
    {
        Id = Guid.CreateVersion7();
        Kind = kind;
        Key = key;
        Payload = payload;
        CreatedAt = now;
        DueAt = dueAt ?? now;
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public string Key { get; private set; } = "";

    /// <summary>JSON.</summary>
    public string Payload { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>Not before; moved on by back-off, and by the lease of a relay that is handling it.</summary>
    public DateTime DueAt { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public DateTime? DoneAt { get; private set; }

    /// <summary>Given up; shown on a page, from where it can be replayed.</summary>
    public DateTime? DeadAt { get; private set; }

    public int Version { get; private set; }

    public void Lease(DateTime until)
    {
        DueAt = until;
        Attempts++;
    }

    public void Done(DateTime now)
    {
        DoneAt = now;
        LastError = null;
    }

    /// <summary>Tries again after 2^attempts seconds, at most an hour; dead after <see cref="OutboxRelay.MaxAttempts"/>.</summary>
    public void Failed(string error, DateTime now)
    {
        LastError = error.Length > 2000 ? error[..2000] : error;
        if (Attempts >= OutboxRelay.MaxAttempts) DeadAt = now;
        else DueAt = now.AddSeconds(Math.Min(3600, Math.Pow(2, Attempts)));
    }

    public void Replay(DateTime now)
    {
        DeadAt = null;
        Attempts = 0;
        DueAt = now;
    }
}

/// <summary>A message from outside, stored before it is handled; the source's own id makes a second delivery the same row.</summary>
public sealed class InboxMessage
{
    private InboxMessage() { }

    public InboxMessage(string source, string eventId, string type, string payload, DateTime now)
    {
        Id = Guid.CreateVersion7();
        Source = source;
        EventId = eventId;
        Type = type;
        Payload = payload;
        ReceivedAt = now;
    }

    public Guid Id { get; private set; }

    public string Source { get; private set; } = "";

    public string EventId { get; private set; } = "";

    public string Type { get; private set; } = "";

    public string Payload { get; private set; } = "";

    public DateTime ReceivedAt { get; private set; }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> entity)
    {
        entity.ToTable("outbox");
        entity.HasKey(m => m.Id);
        entity.HasIndex(m => new { m.Kind, m.Key }).IsUnique();
        entity.HasIndex(m => m.DueAt).HasFilter("done_at IS NULL AND dead_at IS NULL").HasDatabaseName("ix_outbox_open");
    }
}

internal sealed class InboxConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> entity)
    {
        entity.ToTable("inbox");
        entity.HasKey(m => m.Id);
        entity.HasIndex(m => new { m.Source, m.EventId }).IsUnique();
    }
}
