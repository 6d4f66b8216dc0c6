using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TiersLieux.Market.Storage.Auditing;

/// <summary>Append-only: every change of money or rights, who, when, from what to what. The database refuses to change or delete one.</summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    public AuditEntry(DateTime at, Guid actorId, string actor, string subject, Guid subjectId, string what, string? from, string? to)
    {
        Id = Guid.CreateVersion7();
        At = at;
        ActorId = actorId;
        Actor = actor;
        Subject = subject;
        SubjectId = subjectId;
        What = what;
        From = from;
        To = to;
    }

    public Guid Id { get; private set; }

    public DateTime At { get; private set; }

    public Guid ActorId { get; private set; }

    public string Actor { get; private set; } = "";

    /// <summary>Kind of thing changed: order, work-order, invoice, offer, role…</summary>
    public string Subject { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    public string What { get; private set; } = "";

    public string? From { get; private set; }

    public string? To { get; private set; }
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entity)
    {
        entity.ToTable("audit");
        entity.HasKey(a => a.Id);
        entity.HasIndex(a => new { a.Subject, a.SubjectId });
    }
}
